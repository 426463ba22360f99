package se.samsyn.protocol.statement;

import java.util.Optional;
import java.util.function.Function;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

/**
 * What a log's statements must say of earlier ones, whatever they are about: a log that breaks this is refused by
 * everybody's verifier.
 */
public final class StatementOrder {
    private StatementOrder() {}

    /**
     * Verifies a log's next statement against those before it.
     *
     * @param earlier gives the statement of an earlier entry of the same log by the entry's leaf hash
     * @throws RefutedException if the same entry is in the log already, or it supersedes what is no earlier summary,
     *     or retracts a summary under the hash of another's body
     */
    public static void verify(VerifiedStatement next, Function<Hash, Optional<Statement>> earlier) {
        if (earlier.apply(next.leafHash()).isPresent()) {
            throw new RefutedException("the entry with leaf hash " + next.leafHash() + " is in the log already");
        }
        if (next.statement() instanceof SummaryStatement summary
                && summary.supersedes().isPresent()) {
            requireSummary(summary.supersedes().get(), earlier);
        }
        if (next.statement() instanceof Retraction retraction) {
            SummaryStatement retracted = requireSummary(retraction.supersedes(), earlier);
            if (!retracted.sha256().equals(retraction.sha256())) {
                throw new RefutedException("retraction names body " + retraction.sha256() + ", but the summary that it "
                        + "supersedes has body " + retracted.sha256());
            }
        }
    }

    private static SummaryStatement requireSummary(Hash leafHash, Function<Hash, Optional<Statement>> earlier) {
        if (earlier.apply(leafHash).orElse(null) instanceof SummaryStatement summary) {
            return summary;
        }
        throw new RefutedException("supersedes " + leafHash + ", which is no earlier summary of this log");
    }
}
