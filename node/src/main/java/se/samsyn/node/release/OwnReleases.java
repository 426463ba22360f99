package se.samsyn.node.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.log.StoredLog;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.Summary;

/** What the node itself has released so far: for each dataset and period every revision, read from its own log. */
final class OwnReleases {
    private final StoredLog log;
    private final LogStatements statements;
    private final Map<Subject, List<Revision>> revisions = new HashMap<>();

    /** What a summary is about. */
    record Subject(String dataset, Period period) {}

    /** A release: the index and leaf hash of its entry, and the hash of its body. */
    record Revision(long index, Hash leafHash, Hash sha256) {}

    OwnReleases(StoredLog log, RootChain chain) {
        this.log = log;
        this.statements = new LogStatements(chain, log.node());
    }

    /** The newest version of the federation root that the log says was accepted, 0 if none. */
    long acceptedRoot() {
        return statements.roots().newestAccepted();
    }

    /** Takes in what the log has got since the last time. */
    void refresh() {
        long size = log.head().size();
        for (byte[] entry : log.entries(statements.size(), size)) {
            VerifiedStatement verified = statements.next(entry);
            if (verified.statement() instanceof SummaryStatement summary) {
                revisions
                        .computeIfAbsent(new Subject(summary.dataset(), summary.period()), subject -> new ArrayList<>())
                        .add(new Revision(statements.size() - 1, verified.leafHash(), summary.sha256()));
            }
        }
    }

    /** The newest release of a period, retracted or not. */
    Optional<Revision> newest(Subject subject) {
        List<Revision> list = revisions.getOrDefault(subject, List.of());
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }

    /**
     * What would withdraw the releases of a period that stand.
     *
     * @param replacedOnly leaves out the newest release
     * @param rootVersion that the statements are made under
     * @throws RefutedException if there are none
     */
    UnsignedRetractions retractions(Subject subject, boolean replacedOnly, long rootVersion) {
        Optional<Revision> kept = replacedOnly ? newest(subject) : Optional.empty();
        List<UnsignedRetractions.Withdrawal> withdrawals = revisions.getOrDefault(subject, List.of()).stream()
                .filter(revision -> stands(revision) && !kept.equals(Optional.of(revision)))
                .map(revision -> UnsignedRetractions.Withdrawal.of(
                        new Retraction(log.node(), rootVersion, revision.sha256(), revision.leafHash()),
                        entry(revision)))
                .toList();
        if (withdrawals.isEmpty()) {
            throw new RefutedException("there is no " + (replacedOnly ? "replaced release" : "released summary")
                    + " of " + subject.dataset() + " " + subject.period() + " to retract");
        }
        return new UnsignedRetractions(withdrawals);
    }

    /**
     * What signed retractions withdraw, in their order.
     *
     * @throws RefutedException if one is not signed by a publisher key of this node that may, or withdraws no release that stands
     */
    List<SummaryStatement> withdrawnBy(SignedRetractions retractions, FederationRoot root) {
        List<SummaryStatement> withdrawn = new ArrayList<>();
        for (byte[] entry : retractions.entries()) {
            if (!(SignedStatement.verify(entry, root, log.node()).statement() instanceof Retraction retraction)) {
                throw new RefutedException("what was signed is no retraction; nothing was retracted");
            }
            withdrawn.add(revisions.values().stream()
                    .flatMap(List::stream)
                    .filter(revision -> revision.leafHash().equals(retraction.supersedes())
                            && revision.sha256().equals(retraction.sha256())
                            && stands(revision))
                    .findFirst()
                    .map(this::entry)
                    .map(SignedStatement::unverified)
                    .map(SummaryStatement.class::cast)
                    .filter(release -> !withdrawn.contains(release))
                    .orElseThrow(
                            () -> new RefutedException("what was signed withdraws no release that stands here: body "
                                    + retraction.sha256() + "; nothing was retracted")));
        }
        return withdrawn;
    }

    private boolean stands(Revision revision) {
        return log.body(revision.sha256()).isPresent();
    }

    private byte[] entry(Revision revision) {
        return log.entries(revision.index(), revision.index() + 1).get(0);
    }

    /** Every earlier summary of a period whose body was not retracted, oldest first. */
    List<Summary> earlier(Subject subject, DatasetDefinition definition) {
        List<Summary> summaries = new ArrayList<>();
        for (Revision revision : revisions.getOrDefault(subject, List.of())) {
            log.body(revision.sha256()).ifPresent(body -> summaries.add(Summary.parse(body, definition)));
        }
        return summaries;
    }

    /** The periods of a dataset of which anything was released. */
    List<Period> periods(String dataset) {
        return revisions.keySet().stream()
                .filter(subject -> subject.dataset().equals(dataset))
                .map(Subject::period)
                .sorted()
                .toList();
    }
}
