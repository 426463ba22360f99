/**
 * Witnessing (C2SP tlog-cosignature and tlog-witness): cosignatures, the quorum that makes a checkpoint count, and
 * the request for one.
 */
@NullMarked
package se.samsyn.protocol.witness;

import org.jspecify.annotations.NullMarked;
