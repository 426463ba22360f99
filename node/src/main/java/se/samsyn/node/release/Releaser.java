package se.samsyn.node.release;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.function.BiPredicate;
import se.samsyn.node.log.LogEntry;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.protect.Draft;
import se.samsyn.node.protect.Protection;
import se.samsyn.node.protect.Protector;
import se.samsyn.node.protect.Unchanged;
import se.samsyn.node.protect.Waits;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.release.OwnReleases.Revision;
import se.samsyn.node.release.OwnReleases.Subject;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.witness.Evidence;

/**
 * Releases drafts: wraps each in a summary with a fresh salt, signs the statement that names it with the publisher key, and appends both
 * to the node's log. One release runs at a time. All periods that may be released are looked at, those without records too: a member
 * that has nothing says so.
 */
public final class Releaser {
    private static final ZoneOffset CALENDAR = ZoneOffset.UTC;
    private static final int BATCH_SIZE = 256;

    private final StoredLog log;
    private final Sequencer sequencer;
    private final FederationRoot root;
    private final SigningKey publisher;
    private final RecordSource records;
    private final Map<String, Integer> minimumPersons;
    private final InstantSource clock;
    private final FailPoints failPoints;
    private final SecureRandom random = new SecureRandom();
    private final OwnReleases own;

    public Releaser(
            StoredLog log,
            Sequencer sequencer,
            RootChain chain,
            SigningKey publisher,
            RecordSource records,
            Map<String, Integer> minimumPersons,
            InstantSource clock,
            FailPoints failPoints) {
        this.log = log;
        this.sequencer = sequencer;
        this.root = chain.newest();
        this.publisher = publisher;
        this.records = records;
        this.minimumPersons = Map.copyOf(minimumPersons);
        this.clock = clock;
        this.failPoints = failPoints;
        this.own = new OwnReleases(log, chain);
    }

    /** Logs that the node works under the federation root, unless it has said so of this version. */
    public synchronized void acceptRoot() {
        own.refresh();
        if (own.acceptedRoot() < root.version()) {
            append(List.of(LogEntry.inline(sign(new RootAccepted(log.node(), root.version(), root.hash())))));
        }
    }

    /**
     * Logs evidence that a key signed two histories.
     *
     * @throws RefutedException if the federation root does not let this node's publisher key sign evidence
     */
    public synchronized void tell(Evidence evidence) {
        if (!root.maySign(publisher.verifierKey(), EvidenceStatement.KIND)) {
            throw new RefutedException("the federation root does not let "
                    + publisher.verifierKey().ref() + " sign statements of kind " + EvidenceStatement.KIND
                    + "; propose a version whose `may` line for that key has it");
        }
        append(List.of(LogEntry.inline(sign(new EvidenceStatement(log.node(), root.version(), evidence)))));
    }

    /**
     * Releases by rule every period of a dataset that has records or was released before, may be released today and has changed. A rule
     * does not say that there is nothing: the records may be yet to come. What was withdrawn stays so until a person releases it anew.
     *
     * @param held periods that the rule leaves out
     */
    public synchronized ReleaseReport releaseByRule(DatasetDefinition definition, Set<Period> held) {
        own.refresh();
        Set<Period> released = Set.copyOf(own.periods(definition.dataset()));
        return release(
                definition,
                (period, hasRecords) -> (hasRecords || released.contains(period))
                        && !held.contains(period)
                        && !isWithdrawn(definition, period));
    }

    /**
     * Releases what a person asks for, those periods too of which there is nothing to tell.
     *
     * @param periods to release, held or withdrawn ones too; if none are named, all but those
     * @param held periods that are released only if they are named
     */
    public synchronized ReleaseReport release(DatasetDefinition definition, Set<Period> periods, Set<Period> held) {
        own.refresh();
        return release(
                definition,
                (period, hasRecords) -> periods.isEmpty()
                        ? !held.contains(period) && !isWithdrawn(definition, period)
                        : periods.contains(period));
    }

    private ReleaseReport release(DatasetDefinition definition, BiPredicate<Period, Boolean> which) {
        Map<Period, Tabulation> tabulations = new Tabulator().tabulate(definition, records);
        LocalDate today = LocalDate.ofInstant(clock.instant(), CALENDAR);
        NavigableSet<Period> periods = new TreeSet<>(definition.period().expected(today));
        periods.addAll(own.periods(definition.dataset()));
        periods.removeIf(period -> !which.test(period, tabulations.containsKey(period)));
        List<LogEntry> entries = new ArrayList<>();
        List<String> released = new ArrayList<>();
        Map<String, String> waiting = new TreeMap<>();
        Map<String, Integer> cells = new TreeMap<>();
        for (Period period : periods) {
            Protection protection = protect(definition, period, tabulations);
            if (protection instanceof Draft draft) {
                entries.add(entry(definition, period, draft));
                released.add(period.toString());
                count(draft, cells);
            } else if (protection instanceof Waits waits) {
                waiting.put(period.toString(), waits.reason());
            } else if (protection instanceof Unchanged unchanged && isWithdrawn(definition, period)) {
                entries.add(entry(definition, period, unchanged.draft()));
                released.add(period.toString());
                count(unchanged.draft(), cells);
            }
        }
        append(entries);
        long notYet = tabulations.keySet().stream()
                .filter(period -> !definition.period().mayRelease(period, today))
                .count();
        int unchanged = periods.size() - entries.size() - waiting.size();
        return new ReleaseReport(definition.dataset(), released, unchanged, waiting, (int) notYet, cells);
    }

    private static void count(Draft draft, Map<String, Integer> cells) {
        draft.explanations().forEach(cell -> cells.merge(cell.reason().words(), 1, Integer::sum));
    }

    private boolean isWithdrawn(DatasetDefinition definition, Period period) {
        return own.newest(new Subject(definition.dataset(), period))
                .filter(revision -> log.body(revision.sha256()).isEmpty())
                .isPresent();
    }

    /** Tells whether any period of a dataset was released before. */
    public synchronized boolean hasReleased(DatasetDefinition definition) {
        own.refresh();
        return !own.periods(definition.dataset()).isEmpty();
    }

    /**
     * Withdraws the newest release of a period: its body is deleted here, and by every peer that sees the retraction.
     *
     * @throws RefutedException if nothing was released, or it is withdrawn already
     */
    public synchronized void retract(DatasetDefinition definition, Period period) {
        own.refresh();
        Revision newest = own.newest(new Subject(definition.dataset(), period))
                .filter(revision -> log.body(revision.sha256()).isPresent())
                .orElseThrow(() -> new RefutedException(
                        "there is no released summary of " + definition.dataset() + " " + period + " to retract"));
        Retraction retraction = new Retraction(log.node(), root.version(), newest.sha256(), newest.leafHash());
        append(List.of(LogEntry.retraction(sign(retraction), newest.sha256())));
    }

    private Protection protect(DatasetDefinition definition, Period period, Map<Period, Tabulation> tabulations) {
        Tabulation tabulation = tabulations.getOrDefault(period, Tabulator.empty(definition, period));
        List<Summary> earlier = own.earlier(new Subject(definition.dataset(), period), definition);
        return Protector.protect(
                definition,
                tabulation,
                minimumPersons.getOrDefault(definition.dataset(), Protector.NOT_RAISED),
                earlier);
    }

    private LogEntry entry(DatasetDefinition definition, Period period, Draft draft) {
        byte[] body = new Summary(log.node(), definition.dataset(), period, newSalt(), draft.content()).encode();
        SummaryStatement statement = new SummaryStatement(
                log.node(),
                root.version(),
                definition.dataset(),
                definition.hash(),
                period,
                Hash.sha256(body),
                body.length,
                own.newest(new Subject(definition.dataset(), period)).map(Revision::leafHash));
        return LogEntry.release(sign(statement), body);
    }

    private Salt newSalt() {
        byte[] bytes = new byte[Salt.LENGTH];
        random.nextBytes(bytes);
        return Salt.of(bytes);
    }

    private byte[] sign(Statement statement) {
        return failPoints.around(FailPoint.SIGN_STATEMENT, () -> SignedStatement.sign(statement, publisher));
    }

    private void append(List<LogEntry> entries) {
        for (int from = 0; from < entries.size(); from += BATCH_SIZE) {
            try {
                sequencer
                        .append(entries.subList(from, Math.min(entries.size(), from + BATCH_SIZE)))
                        .join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }
}
