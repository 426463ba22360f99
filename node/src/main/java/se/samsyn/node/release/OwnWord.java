package se.samsyn.node.release;

import java.util.List;
import java.util.concurrent.CompletionException;
import se.samsyn.node.log.Appender;
import se.samsyn.node.log.LogEntry;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;

/**
 * How the node says something: signed with its own publisher key, in its own log.
 *
 * @param failPoints of each signature
 */
record OwnWord(Appender appender, FederationRoot root, SigningKey publisher, FailPoints failPoints) {
    private static final int BATCH_SIZE = 256;

    /** Tells whether the federation root lets the key sign statements of a kind. */
    boolean maySay(String kind) {
        return root.maySign(publisher.verifierKey(), kind);
    }

    /**
     * Refuses what the key may not sign.
     *
     * @throws RefutedException saying what to do
     */
    void requireMay(String kind) {
        if (!maySay(kind)) {
            throw new RefutedException("the federation root does not let "
                    + publisher.verifierKey().ref() + " sign statements of kind " + kind
                    + "; propose a version whose `may` line for that key has it");
        }
    }

    /** The entry that says something. */
    byte[] sign(Statement statement) {
        return failPoints.around(FailPoint.SIGN_STATEMENT, () -> SignedStatement.sign(statement, publisher));
    }

    /** Appends entries in their order, and returns once they are on the disk. */
    void append(List<LogEntry> entries) {
        for (int from = 0; from < entries.size(); from += BATCH_SIZE) {
            try {
                appender.append(entries.subList(from, Math.min(entries.size(), from + BATCH_SIZE)))
                        .join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }
}
