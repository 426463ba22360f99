/**
 * Disclosure control: the only door out of the private side. Raw tables come in, drafts that may be released go out.
 */
@NullMarked
package se.samsyn.node.protect;

import org.jspecify.annotations.NullMarked;
