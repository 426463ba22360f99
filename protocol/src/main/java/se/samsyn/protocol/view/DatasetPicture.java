package se.samsyn.protocol.view;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DatasetVersions;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.CarryOver;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Register;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.Roster;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.Tables;

/**
 * All members' live summaries of one dataset, kept merged under the newest version of its definition: what a new one changes is taken away
 * and put in at once.
 */
final class DatasetPicture {
    /** Numbers that one view may work out. */
    static final int MAX_FIGURES = 4_000_000;

    private final DatasetVersions versions;
    private final DatasetDefinition definition;
    private final Map<Hash, CarryOver> carryOvers = new HashMap<>();
    private final Map<String, TableCells> cellsByTable = new HashMap<>();
    private final Optional<RegisterMerge> register;
    private final Optional<RosterMerge> roster;
    private final Map<String, Map<Period, Verdict>> verdicts = new HashMap<>();

    /** @param versions the newest of which is what is asked about */
    DatasetPicture(DatasetVersions versions) {
        this.versions = versions;
        this.definition = versions.newest();
        this.register = definition.register().map(RegisterMerge::new);
        this.roster = definition.roster().map(rule -> new RosterMerge(rule, definition.groupings()));
        for (Table table : definition.tables()) {
            cellsByTable.put(table.name(), new TableCells(table));
        }
    }

    /** The newest version of the definition. */
    DatasetDefinition definition() {
        return definition;
    }

    /** All versions of the definition that are kept. */
    DatasetVersions versions() {
        return versions;
    }

    /**
     * How what was told under a version reads under the newest.
     *
     * @param told hash of a version that is kept
     */
    CarryOver carryOver(Hash told) {
        return carryOvers.computeIfAbsent(
                told, hash -> CarryOver.between(versions.get(hash).orElseThrow(), definition));
    }

    /** The version of the definition that a member's part of a period is told under, where it counts. */
    Optional<Integer> version(String node, Period period) {
        return verdicts.getOrDefault(node, Map.of()).get(period) instanceof Verdict.Accepted accepted
                ? Optional.of(accepted.told().version())
                : Optional.empty();
    }

    /** Puts a verdict in the place of the one before. */
    void replace(String node, Period period, Verdict verdict) {
        Verdict before = verdicts.computeIfAbsent(node, key -> new HashMap<>()).put(period, verdict);
        Optional<SummaryContent> old = content(before);
        Optional<SummaryContent> now = content(verdict);
        for (Published published : published(old)) {
            cells(published.table().name()).subtract(period, published);
        }
        for (Published published : published(now)) {
            cells(published.table().name()).add(period, published);
        }
        register.ifPresent(merge -> merge.replace(node, rows(old), rows(now)));
        roster.ifPresent(merge -> merge.replace(
                node, period, now.isPresent() && now.get() instanceof Roster one ? one.rows() : List.of()));
    }

    /** A member's state for a period and, in a dataset of tables, a table. */
    Standing standing(String node, Period period, Optional<String> table, LocalDate today) {
        Verdict verdict = verdicts.getOrDefault(node, Map.of()).get(period);
        if (verdict != null) {
            return verdict.standing(table);
        }
        boolean late = today.isAfter(definition.period().due(period));
        return Standing.of(late ? MemberState.MISSING : MemberState.AWAITED);
    }

    /** What counts of a member's table in a period; empty where it told nothing or withholds the table. */
    Optional<Published> published(String node, Period period, String table) {
        return published(content(verdicts.getOrDefault(node, Map.of()).get(period))).stream()
                .filter(one -> one.table().name().equals(table))
                .findFirst();
    }

    /** A member's newest release that counts, or that of one period. */
    Optional<Map.Entry<Period, Verdict.Accepted>> newestAccepted(String node, Optional<Period> period) {
        Map<Period, Verdict.Accepted> accepted = new TreeMap<>();
        verdicts.getOrDefault(node, Map.of()).forEach((each, verdict) -> {
            if (verdict instanceof Verdict.Accepted one
                    && period.map(each::equals).orElse(true)) {
                accepted.put(each, one);
            }
        });
        return accepted.entrySet().stream().max(Map.Entry.comparingByKey());
    }

    /** The last of these periods of which a member told its part. */
    Optional<Period> newestTold(String node, List<Period> periods, LocalDate today) {
        return periods.stream()
                .filter(period ->
                        standing(node, period, Optional.empty(), today).state().isTold())
                .reduce((before, period) -> period);
    }

    /** A member's newest releases that were rejected, by period. */
    List<RejectedSummary> rejected(String node) {
        List<RejectedSummary> rejected = new ArrayList<>();
        new TreeMap<>(verdicts.getOrDefault(node, Map.of())).forEach((period, verdict) -> {
            if (verdict instanceof Verdict.NotCounted notCounted) {
                notCounted
                        .standing()
                        .reason()
                        .ifPresent(reason ->
                                rejected.add(new RejectedSummary(node, definition.dataset(), period, reason)));
            }
        });
        return rejected;
    }

    /** @throws MalformedException if the view would have more than {@link #MAX_FIGURES} */
    void checkFigures(ViewQuery query, List<Axis> axes, int periods) {
        long measures = query.table()
                .flatMap(definition::table)
                .map(table -> table.measures().size())
                .orElse(1);
        long figures = Math.multiplyExact(Math.multiplyExact(Axis.groups(axes), periods), measures);
        if (figures > MAX_FIGURES) {
            throw new MalformedException("the view would have " + figures + " figures, more than " + MAX_FIGURES
                    + ": ask for fewer periods or attributes");
        }
    }

    Figures figures(ViewQuery query, List<Period> periods) {
        int[] grouped = query.group().stream()
                .mapToInt(name -> definition.groupings().stream()
                        .map(Dimension::name)
                        .toList()
                        .indexOf(name))
                .toArray();
        if (roster.isPresent()) {
            return roster.get().count(periods, grouped, query.byRegion());
        }
        if (register.isPresent()) {
            return register.get().columns().count(periods, grouped, query.byRegion());
        }
        return cells(query.table().orElseThrow()).figures(periods);
    }

    /** Whether every one of these members told its part of each of these periods. */
    boolean isWhole(Collection<String> nodes, List<Period> periods, Optional<String> table, LocalDate today) {
        return nodes.stream()
                .allMatch(node -> periods.stream()
                        .allMatch(period ->
                                standing(node, period, table, today).state().isTold()));
    }

    /** What the rows of a view are divided by. */
    List<Axis> axes(ViewQuery query) {
        List<Axis> axes = new ArrayList<>();
        query.table()
                .flatMap(definition::table)
                .ifPresent(table -> table.dimensions()
                        .forEach(dimension -> axes.add(
                                new Axis(dimension.name(), dimension.codes().codes()))));
        query.group()
                .forEach(name -> definition.groupings().stream()
                        .filter(grouping -> grouping.name().equals(name))
                        .forEach(grouping -> axes.add(
                                new Axis(grouping.name(), grouping.codes().codes()))));
        if (query.byRegion()) {
            List<Code> regions = register.map(merge -> merge.columns().regions())
                    .or(() -> roster.map(RosterMerge::regions))
                    .orElse(List.of());
            axes.add(new Axis(definition.places().orElseThrow().name(), regions));
        }
        return List.copyOf(axes);
    }

    /** The trials of these periods on which members disagree, by their smallest numbers. */
    List<MergedTrial> disputed(Collection<Period> periods) {
        return disputed().stream()
                .filter(trial -> periods.contains(trial.year().period()))
                .toList();
    }

    /** All trials on which members disagree, by their smallest numbers. */
    List<MergedTrial> disputed() {
        return register.stream().flatMap(merge -> merge.disputed().stream()).toList();
    }

    /** The trials of these periods, by their smallest numbers. */
    List<MergedTrial> trials(Collection<Period> periods) {
        return register.stream()
                .flatMap(merge -> merge.trials().stream())
                .filter(trial -> periods.contains(trial.year().period()))
                .toList();
    }

    /** The rows of a roster in these periods. */
    List<ListedRow> listed(Collection<Period> periods) {
        return roster.map(merge -> merge.rows(periods)).orElse(List.of());
    }

    /** Of each thing of a roster its newest row in these periods. */
    List<ListedRow> newest(Collection<Period> periods) {
        return roster.map(merge -> merge.newest(periods)).orElse(List.of());
    }

    /** How many trials are of no known year. */
    long trialsOfUnknownYear() {
        return register.map(merge -> merge.columns().count(List.of(Period.UNKNOWN), new int[0], false))
                .map(figures -> figures.totals[0])
                .orElse(0L);
    }

    private TableCells cells(String table) {
        TableCells cells = cellsByTable.get(table);
        if (cells == null) {
            throw new IllegalStateException("dataset " + definition.dataset() + " has no table " + table);
        }
        return cells;
    }

    private static Optional<SummaryContent> content(@Nullable Verdict verdict) {
        return verdict instanceof Verdict.Accepted accepted ? accepted.read() : Optional.empty();
    }

    private static List<Published> published(Optional<SummaryContent> content) {
        if (content.isPresent() && content.get() instanceof Tables tables) {
            return tables.tables().stream()
                    .filter(Published.class::isInstance)
                    .map(Published.class::cast)
                    .toList();
        }
        return List.of();
    }

    private static List<RegisterRow> rows(Optional<SummaryContent> content) {
        return content.isPresent() && content.get() instanceof Register one ? one.rows() : List.of();
    }
}
