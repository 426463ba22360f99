package se.samsyn.node.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.log.StoredLog;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DatasetVersions;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.CarryOver;
import se.samsyn.protocol.summary.Summary;

/** What the node itself has released so far: for each dataset and period every revision, read from its own log. */
final class OwnReleases {
    private final StoredLog log;
    private final LogStatements statements;
    private final Map<String, DatasetVersions> versions;
    private final Map<Subject, List<Revision>> revisions = new HashMap<>();

    /** What a summary is about. */
    record Subject(String dataset, Period period) {
        static Subject of(DatasetDefinition definition, Period period) {
            return new Subject(definition.dataset(), period);
        }
    }

    /** A release: the index and leaf hash of its entry, the hash of its body, and of the definition that it is under. */
    record Revision(long index, Hash leafHash, Hash sha256, Hash definition) {}

    /** @param definitions all versions that are kept */
    OwnReleases(StoredLog log, RootChain chain, Collection<DatasetDefinition> definitions) {
        this.log = log;
        this.versions = DatasetVersions.of(definitions);
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
                        .add(new Revision(
                                statements.size() - 1, verified.leafHash(), summary.sha256(), summary.definition()));
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

    /** Whether no rule releases a period again: it was withdrawn, or released under an older version of the definition. */
    boolean waitsForPerson(Subject subject) {
        return isWithdrawn(subject) || olderVersion(subject).isPresent();
    }

    /** Whether the newest release of a period was retracted. */
    boolean isWithdrawn(Subject subject) {
        return newest(subject).filter(revision -> !stands(revision)).isPresent();
    }

    /** The older version of the definition that the newest release of a period is under; none if it is the newest, or was retracted. */
    Optional<Integer> olderVersion(Subject subject) {
        return newest(subject)
                .filter(this::stands)
                .map(Revision::definition)
                .flatMap(hash -> Optional.ofNullable(versions.get(subject.dataset()))
                        .flatMap(kept -> kept.get(hash).filter(told -> !hash.equals(kept.newestHash()))))
                .map(DatasetDefinition::version);
    }

    /**
     * What the newest release of a period tells, as far as it can be read under a version of the definition; nothing if it was retracted.
     *
     * @throws RefutedException if the definition that it was made under is not kept here
     */
    Optional<Summary> released(Subject subject, DatasetDefinition asked) {
        return newest(subject)
                .filter(this::stands)
                .flatMap(revision -> summary(subject, revision)
                        .flatMap(summary -> CarryOver.between(definition(subject, revision), asked)
                                .read(summary.content())
                                .map(content -> new Summary(
                                        summary.node(),
                                        summary.dataset(),
                                        summary.period(),
                                        summary.salt(),
                                        content))));
    }

    /**
     * Every earlier summary of a period whose body was not retracted, oldest first, each read by the version of the definition that it was
     * made under.
     *
     * @throws RefutedException if that is not kept here: nobody can tell then what a new release would tell beside it
     */
    List<Summary> earlier(Subject subject) {
        return revisions.getOrDefault(subject, List.of()).stream()
                .flatMap(revision -> summary(subject, revision).stream())
                .toList();
    }

    private Optional<Summary> summary(Subject subject, Revision revision) {
        return log.body(revision.sha256()).map(body -> Summary.parse(body, definition(subject, revision)));
    }

    private DatasetDefinition definition(Subject subject, Revision revision) {
        return Optional.ofNullable(versions.get(subject.dataset()))
                .flatMap(kept -> kept.get(revision.definition()))
                .orElseThrow(() -> new RefutedException("it was released under definition " + revision.definition()
                        + ", which is not among the definitions here: put that version's file back into datasets/"));
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
