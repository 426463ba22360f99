package se.samsyn.node.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.view.BodySource;

/**
 * What a picture takes from a stored log. Statements are verified once more as they are read from the store: nothing unverified reaches a
 * figure.
 */
final class LogReading {
    private final FederationRoot root;
    private final StoredLog log;

    LogReading(FederationRoot root, StoredLog log) {
        this.root = root;
        this.log = log;
    }

    /** The statements with indices from {@code from}, inclusive, to {@code to}, exclusive. */
    List<VerifiedStatement> statements(long from, long to) {
        List<VerifiedStatement> statements = new ArrayList<>();
        for (byte[] entry : log.entries(from, to)) {
            statements.add(SignedStatement.verify(entry, root, log.node(), from + statements.size()));
        }
        return statements;
    }

    /**
     * The bodies as they are now. One that is gone must have been retracted, by an entry that the picture may not have taken: a lost one is
     * never taken for a withdrawn one.
     *
     * @param taken entries that the picture takes; it knows itself what they retract
     */
    BodySource bodies(long taken) {
        return new Bodies(taken);
    }

    private final class Bodies implements BodySource {
        private final Set<Hash> retracted = new HashSet<>();
        private long readSize;

        Bodies(long taken) {
            this.readSize = taken;
        }

        @Override
        public Optional<byte[]> body(Hash sha256) {
            Optional<byte[]> body = log.body(sha256);
            if (body.isEmpty() && !isRetracted(sha256)) {
                throw new StoreException(
                        "body " + sha256 + " of " + log.origin() + " is missing from the store and was not retracted: "
                                + "it is damaged; stop the node and run samsyn fsck");
            }
            return body;
        }

        private boolean isRetracted(Hash sha256) {
            if (!retracted.contains(sha256)) {
                // a retraction is stored together with the deletion, so that it is there by now
                List<VerifiedStatement> more = statements(readSize, log.head().size());
                more.stream()
                        .map(VerifiedStatement::statement)
                        .filter(Retraction.class::isInstance)
                        .forEach(statement -> retracted.add(((Retraction) statement).sha256()));
                readSize += more.size();
            }
            return retracted.contains(sha256);
        }
    }
}
