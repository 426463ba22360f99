package se.samsyn.protocol.statement;

import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.VerifierKey;

/**
 * A statement that one of the node's publisher keys signed and may sign.
 *
 * @param publisher the key that signed it
 * @param leafHash of its entry, by which later statements name it
 */
public record VerifiedStatement(Statement statement, VerifierKey publisher, Hash leafHash) {}
