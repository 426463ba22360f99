/**
 * Append-only Merkle logs (RFC 6962 and 9162; C2SP tlog-checkpoint and tlog-tiles): heads, proofs, tiles and entry
 * bundles.
 */
@NullMarked
package se.samsyn.protocol.tlog;

import org.jspecify.annotations.NullMarked;
