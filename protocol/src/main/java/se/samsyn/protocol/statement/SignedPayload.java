package se.samsyn.protocol.statement;

import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.VerifierKey;

/**
 * What one of the node's publisher keys signed as an entry of its log, not read yet.
 *
 * @param publisher the key
 * @param payload the signed bytes
 * @param leafHash of the entry
 */
public record SignedPayload(VerifierKey publisher, byte[] payload, Hash leafHash) {}
