package se.samsyn.node.release;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import se.samsyn.node.log.Appender;
import se.samsyn.node.log.LogEntry;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.protect.Draft;
import se.samsyn.node.protect.Protection;
import se.samsyn.node.protect.Protector;
import se.samsyn.node.protect.RememberingProtector;
import se.samsyn.node.protect.Waits;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.release.OwnReleases.Revision;
import se.samsyn.node.release.OwnReleases.Subject;
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
    /** Why a node does not release although its rule or its people say so. */
    static final String WAITS_FOR_OFFICER =
            "the federation root does not let this node's own publisher key sign summaries: it waits for the officer"
                    + " (samsyn release export; release sign where that key is; release import)";

    private final StoredLog log;
    private final FederationRoot root;
    private final OwnWord word;
    private final RecordSource records;
    private final Map<String, Integer> minimumPersons;
    private final InstantSource clock;
    private final RandomGenerator salts;
    private final OwnReleases own;
    private final RememberingProtector protector = new RememberingProtector();

    /**
     * Releases what there are records of.
     *
     * @param appender to the node's own log
     * @param definitions all versions that are kept, to read what was released before
     * @param salts gives bytes that nobody can foresee
     */
    public Releaser(
            StoredLog log,
            Appender appender,
            RootChain chain,
            Collection<DatasetDefinition> definitions,
            SigningKey publisher,
            RecordSource records,
            Map<String, Integer> minimumPersons,
            InstantSource clock,
            RandomGenerator salts,
            FailPoints failPoints) {
        this.log = log;
        this.root = chain.newest();
        this.word = new OwnWord(appender, root, publisher, failPoints);
        this.records = records;
        this.minimumPersons = Map.copyOf(minimumPersons);
        this.clock = clock;
        this.salts = salts;
        this.own = new OwnReleases(log, chain, definitions);
    }

    /** Logs that the node works under the federation root, unless it has said so of this version. */
    public synchronized void acceptRoot() {
        own.refresh();
        if (own.acceptedRoot() < root.version()) {
            word.append(List.of(LogEntry.inline(word.sign(new RootAccepted(log.node(), root.version(), root.hash())))));
        }
    }

    /** Logs evidence that a key signed two histories. */
    public void tell(Evidence evidence) {
        tell(version -> new EvidenceStatement(log.node(), version, evidence));
    }

    /** Logs a statement that is all in its entry; refuses a kind that the federation root does not let this node's key sign. */
    public synchronized void tell(LongFunction<Statement> statement) {
        Statement told = statement.apply(root.version());
        word.requireMay(told.kind());
        word.append(List.of(LogEntry.inline(word.sign(told))));
    }

    /**
     * Releases by rule every period of a dataset that has records or was released before, may be released today and has changed. A rule
     * does not say that there is nothing: the records may be yet to come. What was withdrawn, or
     * released under an older version of the definition, stays so until a person releases it anew.
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
                        && !own.waitsForPerson(Subject.of(definition, period)),
                !maySignSummaries());
    }

    /**
     * Releases what a person asks for, those periods too of which there is nothing to tell.
     *
     * @param periods to release, held or withdrawn ones too; if none are named, all but those
     * @param held periods that are released only if they are named
     * @throws RefutedException if the federation root leaves the signing of summaries to another key
     */
    public synchronized ReleaseReport release(DatasetDefinition definition, Set<Period> periods, Set<Period> held) {
        if (!maySignSummaries()) {
            throw new RefutedException(WAITS_FOR_OFFICER);
        }
        own.refresh();
        return release(
                definition,
                (period, hasRecords) -> periods.isEmpty()
                        ? !held.contains(period) && !own.isWithdrawn(Subject.of(definition, period))
                        : periods.contains(period),
                false);
    }

    /**
     * Releases exactly the drafts that a person was shown, or nothing.
     *
     * @param shown by period: the hash of the draft, or nothing if she was shown that there is nothing new to say
     * @throws RefutedException if one is not what would be released now
     */
    synchronized ReleaseReport release(DatasetDefinition definition, Map<Period, Optional<Hash>> shown) {
        for (PeriodDraft now : drafts(definition)) {
            Optional<Hash> hash = shown.getOrDefault(now.period(), now.hash());
            if (!now.hash().equals(hash)) {
                String what = definition.dataset() + " " + now.period();
                throw new RefutedException("the draft of " + what + " is not the one that was shown, "
                        + hash.map(Hash::toHex).orElse(ReleaseDesk.UNCHANGED) + ": "
                        + now.hash()
                                .map(other -> "records, or what was released, changed since, and it is now " + other)
                                .orElse("there is nothing to release now")
                        + ". Nothing was released; see samsyn release show " + what);
            }
        }
        return shown.values().stream().anyMatch(Optional::isPresent)
                ? release(definition, shown.keySet(), Set.of())
                : new ReleaseReport(definition.dataset(), List.of(), shown.size(), Map.of(), 0, Map.of());
    }

    /** What could be released of each period today, those too of which there is nothing new to say. */
    List<PeriodDraft> drafts(DatasetDefinition definition) {
        return drafts(definition, records);
    }

    /** As {@link #drafts(DatasetDefinition)}, if the records were others. */
    synchronized List<PeriodDraft> drafts(DatasetDefinition definition, RecordSource others) {
        own.refresh();
        return drafts(definition, new Tabulator().tabulate(definition, others), (period, hasRecords) -> true);
    }

    /** What could be released of a period today; throws {@link RefutedException} if it has not ended, and nothing can be. */
    synchronized PeriodDraft draft(DatasetDefinition definition, Period period) {
        own.refresh();
        Map<Period, Tabulation> tabulations = new Tabulator().tabulate(definition, records);
        return drafts(definition, tabulations, (each, hasRecords) -> each.equals(period)).stream()
                .findFirst()
                .orElseThrow(() -> new RefutedException(
                        definition.dataset() + " " + period + " cannot be released yet: the period has not ended"));
    }

    /** The newest release of a period as it reads under the definition, unless it was retracted or cannot be compared. */
    synchronized Optional<Summary> released(DatasetDefinition definition, Period period) {
        own.refresh();
        return own.released(Subject.of(definition, period), definition);
    }

    /** Tells whether the federation root lets the node's own key sign summaries. */
    boolean maySignSummaries() {
        return word.maySay(SummaryStatement.KIND);
    }

    /**
     * A release for another machine to sign.
     *
     * @throws RefutedException if there is nothing to release, or it has to wait
     */
    synchronized UnsignedRelease unsigned(DatasetDefinition definition, Period period) {
        PeriodDraft draft = draft(definition, period);
        if (draft.protection() instanceof Waits waits) {
            throw new RefutedException(definition.dataset() + " " + period + " has to wait: " + waits.reason());
        }
        return unsigned(
                draft,
                draft.draft()
                        .orElseThrow(() -> new RefutedException(
                                "there is nothing new to say of " + definition.dataset() + " " + period)));
    }

    /**
     * Appends a release that was signed elsewhere.
     *
     * @return what it says
     * @throws RefutedException if no publisher key of this node that may sign summaries signed it, or it is not of the draft and the
     *     release before it as they are now
     */
    synchronized SummaryStatement append(SignedRelease release, List<DatasetDefinition> definitions) {
        if (!(SignedStatement.verify(release.entry(), root, log.node()).statement()
                instanceof SummaryStatement statement)) {
            throw new RefutedException("what was signed releases no summary; nothing was released");
        }
        UnsignedRelease.requireNamed(statement, release.body());
        DatasetDefinition definition = ReleaseDesk.find(definitions, statement.dataset(), Set.of(statement.period()));
        PeriodDraft draft = draft(definition, statement.period());
        Summary summary = new UnsignedRelease(statement, release.body()).summary(definition);
        boolean sameHead = statement.supersedes().equals(draft.head().map(Revision::leafHash));
        if (!sameHead
                || !statement.definition().equals(definition.hash())
                || !draft.hash().equals(Optional.of(draft.hash(summary.content())))) {
            throw new RefutedException(
                    "what was signed of " + statement.dataset() + " " + statement.period()
                            + " is not what would be released now: "
                            + (sameHead ? "the records" : "what was released before")
                            + " changed since it was exported. Nothing was released; export it again, have it signed, and import that");
        }
        word.append(List.of(LogEntry.release(release.entry(), release.body())));
        return statement;
    }

    private ReleaseReport release(
            DatasetDefinition definition, BiPredicate<Period, Boolean> which, boolean waitsForOfficer) {
        Map<Period, Tabulation> tabulations = new Tabulator().tabulate(definition, records);
        List<PeriodDraft> drafts = drafts(definition, tabulations, which);
        List<LogEntry> entries = new ArrayList<>();
        List<String> released = new ArrayList<>();
        Map<String, String> waiting = new TreeMap<>();
        Map<String, Integer> cells = new TreeMap<>();
        for (PeriodDraft each : drafts) {
            String period = each.period().toString();
            if (each.protection() instanceof Waits waits) {
                waiting.put(period, waits.reason());
            } else if (each.draft().isPresent() && waitsForOfficer) {
                waiting.put(period, WAITS_FOR_OFFICER);
            } else if (each.draft().isPresent()) {
                UnsignedRelease unsigned = unsigned(each, each.draft().get());
                entries.add(LogEntry.release(word.sign(unsigned.statement()), unsigned.body()));
                released.add(period);
                each.draft()
                        .get()
                        .explanations()
                        .forEach(cell -> cells.merge(cell.reason().words(), 1, Integer::sum));
            }
        }
        word.append(entries);
        long notYet = tabulations.keySet().stream()
                .filter(period -> !definition.period().mayRelease(period, today()))
                .count();
        int unchanged = drafts.size() - entries.size() - waiting.size();
        return new ReleaseReport(definition.dataset(), released, unchanged, waiting, (int) notYet, cells);
    }

    private List<PeriodDraft> drafts(
            DatasetDefinition definition, Map<Period, Tabulation> tabulations, BiPredicate<Period, Boolean> which) {
        NavigableSet<Period> periods = new TreeSet<>(definition.period().expected(today()));
        periods.addAll(own.periods(definition.dataset()));
        periods.removeIf(period -> !which.test(period, tabulations.containsKey(period)));
        return periods.stream()
                .map(period -> new PeriodDraft(
                        log.node(),
                        definition,
                        period,
                        protect(definition, period, tabulations),
                        own.newest(Subject.of(definition, period)),
                        own.isWithdrawn(Subject.of(definition, period)),
                        own.olderVersion(Subject.of(definition, period)),
                        tabulations.containsKey(period)))
                .toList();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), CALENDAR);
    }

    /** Tells whether any period of a dataset was released before. */
    public synchronized boolean hasReleased(DatasetDefinition definition) {
        own.refresh();
        return !own.periods(definition.dataset()).isEmpty();
    }

    /**
     * Withdraws releases of a period: their bodies are deleted here, and by every peer that sees the retractions.
     *
     * @param replacedOnly leaves the newest release as it is
     * @return how many were withdrawn
     * @throws RefutedException if there is nothing to withdraw, or the node's own key may not say so
     */
    public synchronized int retract(DatasetDefinition definition, Period period, boolean replacedOnly) {
        if (!word.maySay(Retraction.KIND)) {
            throw new RefutedException(
                    "the federation root does not let this node's own publisher key sign retractions;"
                            + " nothing was retracted. Write them to a file for the officer to sign: samsyn release retract "
                            + definition.dataset() + " " + period + " -o FILE");
        }
        List<LogEntry> entries = retractions(definition, period, replacedOnly).withdrawals().stream()
                .map(each -> LogEntry.retraction(
                        word.sign(each.statement()), each.statement().sha256()))
                .toList();
        word.append(entries);
        return entries.size();
    }

    /**
     * What would withdraw releases of a period.
     *
     * @param replacedOnly leaves the newest release as it is
     * @throws RefutedException if there is nothing to withdraw
     */
    synchronized UnsignedRetractions retractions(DatasetDefinition definition, Period period, boolean replacedOnly) {
        own.refresh();
        return own.retractions(Subject.of(definition, period), replacedOnly, root.version());
    }

    /**
     * Appends retractions that were signed elsewhere, all or none.
     *
     * @return what they withdraw
     * @throws RefutedException if no publisher key of this node that may sign retractions signed one, or it is of no release that stands
     */
    synchronized List<SummaryStatement> append(SignedRetractions retractions) {
        own.refresh();
        List<SummaryStatement> withdrawn = own.withdrawnBy(retractions, root);
        word.append(IntStream.range(0, withdrawn.size())
                .mapToObj(i -> LogEntry.retraction(
                        retractions.entries().get(i), withdrawn.get(i).sha256()))
                .toList());
        return withdrawn;
    }

    private Protection protect(DatasetDefinition definition, Period period, Map<Period, Tabulation> tabulations) {
        Tabulation tabulation = tabulations.getOrDefault(period, Tabulator.empty(definition, period));
        int raisedK = minimumPersons.getOrDefault(definition.dataset(), Protector.NOT_RAISED);
        List<Summary> earlier;
        try {
            earlier = own.earlier(Subject.of(definition, period));
        } catch (RefutedException e) {
            return new Waits(String.valueOf(e.getMessage()));
        }
        return protector.protect(definition, tabulation, raisedK, earlier);
    }

    /** A statement of a draft, with a body that has a salt of its own. */
    private UnsignedRelease unsigned(PeriodDraft period, Draft draft) {
        DatasetDefinition definition = period.definition();
        byte[] salt = new byte[Salt.LENGTH];
        salts.nextBytes(salt);
        byte[] body =
                new Summary(log.node(), definition.dataset(), period.period(), Salt.of(salt), draft.content()).encode();
        SummaryStatement statement = new SummaryStatement(
                log.node(),
                root.version(),
                definition.dataset(),
                definition.hash(),
                period.period(),
                Hash.sha256(body),
                body.length,
                period.head().map(Revision::leafHash));
        return new UnsignedRelease(statement, body);
    }
}
