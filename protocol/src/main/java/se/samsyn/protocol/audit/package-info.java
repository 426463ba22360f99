/**
 * The auditor's side: a bundle with all that a view rests on, and its verification from nothing but the hash of the federation root's first
 * version.
 *
 * <p>{@link se.samsyn.protocol.audit.AuditBundle} holds files by name, as a folder or a container; {@link
 * se.samsyn.protocol.audit.BundleVerifier} runs every check over them, and {@link se.samsyn.protocol.audit.VerificationReport} says what
 * came
 * out: all that is refuted and not only the first, and what is only attested or cannot be checked apart from what is verified.
 */
@NullMarked
package se.samsyn.protocol.audit;

import org.jspecify.annotations.NullMarked;
