package se.samsyn.node.view;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.view.BodySource;

/**
 * What a picture takes from a stored log. Statements are verified once more as they are read from the store: nothing unverified reaches a
 * figure.
 */
final class LogReading {
    private final RootChain chain;
    private final StoredLog log;
    private LogStatements verifier;

    LogReading(RootChain chain, StoredLog log) {
        this.chain = chain;
        this.log = log;
        this.verifier = new LogStatements(chain, log.node());
    }

    /** The statements with indices from {@code from}, inclusive, to {@code to}, exclusive. */
    List<VerifiedStatement> statements(long from, long to) {
        if (verifier.size() != from) {
            // after a failure: which version of the root counts there is for the entries before to say
            verifier = new LogStatements(chain, log.node());
            log.entries(0, from).forEach(verifier::next);
        }
        return log.entries(from, to).stream().map(verifier::next).toList();
    }

    /**
     * The bodies as they are now. One that is gone must have been retracted, by an entry that the picture may not have taken: a lost one is
     * never taken for a withdrawn one. What the entries read so far retract, the picture knows itself.
     */
    BodySource bodies() {
        return new Bodies(verifier.copy());
    }

    private final class Bodies implements BodySource {
        private final Set<Hash> retracted = new HashSet<>();
        private final LogStatements later;

        Bodies(LogStatements later) {
            this.later = later;
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
                for (byte[] entry : log.entries(later.size(), log.head().size())) {
                    if (later.next(entry).statement() instanceof Retraction retraction) {
                        retracted.add(retraction.sha256());
                    }
                }
            }
            return retracted.contains(sha256);
        }
    }
}
