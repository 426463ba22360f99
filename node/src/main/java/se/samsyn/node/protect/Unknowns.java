package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import se.samsyn.node.protect.Situation.Link;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.FieldCondition;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.CellValue;
import se.samsyn.protocol.summary.MeasureNesting;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.TableLink;

/**
 * What a reader of published tables does not know, and all that he knows about it: each pooled cell is an unknown for
 * each measure, and whatever is published is an equation or an inequality between unknowns. {@link Attack} says what he
 * is thought to know and why.
 */
final class Unknowns {
    /** So much more than it is stands for any number, where no sum is told: the solver finds no end otherwise. */
    private static final long FAR = 1_000_000;

    private final Situation situation;
    private final Set<Measure> measures;
    private final Map<Cell, Integer> indices = new LinkedHashMap<>();
    private final WholeNumbers numbers = new WholeNumbers();

    /** One measure of one cell; all three are indices. */
    record Cell(int table, int measure, int position) {}

    private Unknowns(Situation situation, Set<Measure> measures) {
        this.situation = situation;
        this.measures = measures;
    }

    /**
     * What would be unknown after a release.
     *
     * @param measures those to look at; what ties them to others is left out
     * @param withHistory for somebody who has read the earlier revisions as well
     */
    static Unknowns afterRelease(Situation situation, Pattern pattern, Set<Measure> measures, boolean withHistory) {
        Unknowns unknowns = new Unknowns(situation, measures);
        Set<Integer> silent = new HashSet<>();
        for (int table = 0; table < pattern.tables(); table++) {
            boolean isOld = pattern.isWithheld(table);
            NavigableSet<Integer> cells = isOld && withHistory ? unknowns.oldCells(table) : pattern.pooled(table);
            if (isOld && cells.isEmpty()) {
                silent.add(table);
            }
            for (int position : cells) {
                long most = isOld ? FAR : unknowns.largest(pattern, table, position);
                boolean isFilled = !isOld || unknowns.wasPooled(table, position);
                unknowns.add(table, position, withHistory, isFilled, most);
            }
        }
        for (int table = 0; table < pattern.tables(); table++) {
            unknowns.addSum(table, pattern.pooled(table));
        }
        unknowns.addTies(withHistory, silent);
        return unknowns;
    }

    /** What was unknown before the release. */
    static Unknowns beforeRelease(Situation situation, Set<Measure> measures) {
        Unknowns unknowns = new Unknowns(situation, measures);
        Set<Integer> silent = new HashSet<>();
        for (int table = 0; table < situation.raws().size(); table++) {
            NavigableSet<Integer> cells = unknowns.oldCells(table);
            if (cells.isEmpty()) {
                silent.add(table);
            }
            for (int position : cells) {
                unknowns.add(table, position, true, unknowns.wasPooled(table, position), FAR);
            }
        }
        unknowns.addTies(true, silent);
        return unknowns;
    }

    WholeNumbers numbers() {
        return numbers;
    }

    /** Hands over what was found of fewer unknowns, the others as they truly are. */
    void tryExamples(WholeNumbers target, Collection<Map<Cell, Long>> candidates) {
        List<long[]> complete = new ArrayList<>();
        for (Map<Cell, Long> candidate : candidates) {
            long[] example = new long[target.size()];
            indices.forEach((cell, index) -> example[index] = candidate.getOrDefault(cell, target.truth(index)));
            complete.add(example);
        }
        target.tryExamples(complete);
    }

    /** What was found, by cell. */
    List<Map<Cell, Long>> examples(WholeNumbers source) {
        List<Map<Cell, Long>> examples = new ArrayList<>();
        for (long[] example : source.examples()) {
            Map<Cell, Long> byCell = new HashMap<>();
            indices.forEach((cell, index) -> byCell.put(cell, example[index]));
            examples.add(byCell);
        }
        return examples;
    }

    Set<Cell> cells() {
        return indices.keySet();
    }

    /** The index of a cell among the numbers, or -1 where it is not unknown, or not looked at. */
    int index(Cell cell) {
        return indices.getOrDefault(cell, -1);
    }

    /** All cells of a table of which an earlier revision told something; none where that would be too many. */
    private NavigableSet<Integer> oldCells(int table) {
        int cells = situation.table(table).shape().cells();
        boolean isOld = !situation.earlierPublished(table).isEmpty() && cells <= WholeNumbers.MAX_UNKNOWNS;
        return isOld ? new TreeSet<>(IntStream.range(0, cells).boxed().toList()) : new TreeSet<>();
    }

    private void add(int table, int position, boolean withHistory, boolean isFilled, long most) {
        Table definition = situation.table(table);
        for (int measure = 0; measure < definition.measures().size(); measure++) {
            if (measures.contains(definition.measures().get(measure))) {
                long value = situation.value(table, measure, position);
                long low = isFilled ? least(table, measure, value) : 0;
                long high = measure == definition.personsIndex() ? most : WholeNumbers.NO_BOUND;
                if (most == FAR) {
                    high = 2 * value + FAR;
                }
                if (value == 0 && isAlwaysZero(definition, measure, position)) {
                    high = 0;
                }
                if (withHistory && isTold(situation, table, measure, position)) {
                    low = value;
                    high = value;
                }
                indices.put(new Cell(table, measure, position), numbers.unknown(low, high, value));
            }
        }
    }

    private boolean wasPooled(int table, int position) {
        return situation.earlierPublished(table).stream()
                .anyMatch(earlier -> earlier.pooled().contains(position));
    }

    /** What is pooled holds something, or it would not be: of persons and of records one at least. */
    private long least(int table, int measure, long value) {
        Measure one = situation.table(table).measures().get(measure);
        boolean isSum = one.aggregate() == Aggregate.SUM
                && measure != situation.table(table).personsIndex();
        boolean isPart = one.only().isPresent()
                || one.except().isPresent()
                || one.within().isPresent();
        return isSum || isPart ? 0 : Math.min(1, value);
    }

    /** Whether the definition says that no record of this cell counts: credit notes are of one category only. */
    private static boolean isAlwaysZero(Table table, int measure, int position) {
        Measure one = table.measures().get(measure);
        for (int i = 0; i < table.dimensions().size(); i++) {
            String field = table.dimensions().get(i).field();
            String code = table.shape().codes(position).get(i);
            boolean isKnown = !code.equals(CodeList.UNKNOWN) && !code.equals(CodeList.UNKNOWN_PLACE);
            boolean isLeftOut = one.only()
                            .filter(only -> only.field().equals(field))
                            .filter(only -> !only.holds(code))
                            .isPresent()
                    || one.except()
                            .filter(except -> except.field().equals(field))
                            .filter((FieldCondition except) -> except.holds(code))
                            .isPresent();
            if (isKnown && isLeftOut) {
                return true;
            }
        }
        return false;
    }

    /** Whether an earlier revision published a cell's value, and it is the same now. */
    static boolean isTold(Situation situation, int table, int measure, int position) {
        long value = situation.value(table, measure, position);
        return situation.earlierPublished(table).stream()
                .anyMatch(earlier -> earlier.at(position) instanceof CellValue.Exact exact
                        && exact.values().get(measure) == value);
    }

    /**
     * The most persons that a reader takes a pooled cell to have, as the smallest are pooled first: as many as the
     * smallest published one has in the table, or in one of the cell's groups.
     */
    private long largest(Pattern pattern, int table, int position) {
        int persons = situation.table(table).personsIndex();
        long own = situation.value(table, persons, position);
        OptionalLong inTable = smallest(table, persons, pattern.published(table));
        if (inTable.isPresent() && inTable.getAsLong() >= own) {
            return inTable.getAsLong();
        }
        long most = WholeNumbers.NO_BOUND;
        for (Link link : situation.links()) {
            if (link.touches(table) && link.hasMargins()) {
                int group = link.group(table, position);
                NavigableSet<Integer> beside = pattern.published(table);
                beside.removeIf(other -> link.group(table, other) != group);
                OptionalLong inGroup = smallest(table, persons, beside);
                if (inGroup.isPresent() && inGroup.getAsLong() >= own) {
                    most = Math.min(most, inGroup.getAsLong());
                }
            }
        }
        return most;
    }

    private OptionalLong smallest(int table, int measure, Collection<Integer> positions) {
        return positions.stream()
                .mapToLong(position -> situation.value(table, measure, position))
                .min();
    }

    private void addTies(boolean withHistory, Set<Integer> silent) {
        for (int table = 0; table < situation.raws().size(); table++) {
            if (withHistory) {
                addStillTrueSums(table);
            }
            addNesting(table);
        }
        for (Link link : situation.links()) {
            if (!silent.contains(link.first()) && !silent.contains(link.second())) {
                addLink(link);
            }
        }
    }

    private void addSum(int table, Collection<Integer> positions) {
        for (int measure = 0; measure < situation.table(table).measures().size(); measure++) {
            addSum(table, measure, positions);
        }
    }

    private void addSum(int table, int measure, Collection<Integer> positions) {
        numbers.known(unknown(table, measure, positions), List.of());
    }

    private void addStillTrueSums(int table) {
        for (Published earlier : situation.earlierPublished(table)) {
            earlier.pool().ifPresent(pool -> {
                for (int measure = 0;
                        measure < situation.table(table).measures().size();
                        measure++) {
                    if (sum(table, measure, pool.positions()) == pool.values().get(measure)) {
                        addSum(table, measure, pool.positions());
                    }
                }
            });
        }
    }

    private void addNesting(int table) {
        for (MeasureNesting.Pair pair : new MeasureNesting(situation.table(table)).pairs()) {
            for (Cell cell : List.copyOf(indices.keySet())) {
                int outer = index(new Cell(table, pair.outer(), cell.position()));
                if (cell.table() == table && cell.measure() == pair.inner() && outer >= 0) {
                    numbers.atMost(List.of(index(cell)), List.of(outer), 0);
                }
            }
        }
    }

    private void addLink(Link link) {
        Map<Integer, List<Integer>> first = byGroup(link, link.first());
        Map<Integer, List<Integer>> second = byGroup(link, link.second());
        Set<Integer> groups = new TreeSet<>(first.keySet());
        groups.addAll(second.keySet());
        for (int group : groups) {
            List<Integer> one = first.getOrDefault(group, List.of());
            List<Integer> other = second.getOrDefault(group, List.of());
            for (TableLink.SharedMeasure shared : link.ties().measures()) {
                if (shared.adds()) {
                    numbers.known(
                            unknown(link.first(), shared.first(), one), unknown(link.second(), shared.second(), other));
                } else {
                    addNoneIsMore(link.first(), shared.first(), one, link.second(), shared.second(), other);
                    addNoneIsMore(link.second(), shared.second(), other, link.first(), shared.first(), one);
                }
            }
        }
    }

    /** No cell of one table has more different persons than the cells of the other, where the same records are, together. */
    private void addNoneIsMore(
            int table, int measure, List<Integer> positions, int other, int otherMeasure, List<Integer> together) {
        List<Integer> unknown = unknown(other, otherMeasure, together);
        long known = 0;
        for (int position : together) {
            boolean isKnown = index(new Cell(other, otherMeasure, position)) < 0;
            known += isKnown ? situation.value(other, otherMeasure, position) : 0;
        }
        for (int position : positions) {
            int index = index(new Cell(table, measure, position));
            if (index >= 0) {
                numbers.atMost(List.of(index), unknown, known);
            } else {
                numbers.atMost(List.of(), unknown, known - situation.value(table, measure, position));
            }
        }
    }

    /** The cells that hold something or are unknown. */
    private Map<Integer, List<Integer>> byGroup(Link link, int table) {
        NavigableSet<Integer> positions =
                new TreeSet<>(situation.raws().get(table).filled());
        indices.keySet().stream().filter(cell -> cell.table() == table).forEach(cell -> positions.add(cell.position()));
        Map<Integer, List<Integer>> groups = new HashMap<>();
        for (int position : positions) {
            groups.computeIfAbsent(link.group(table, position), any -> new ArrayList<>())
                    .add(position);
        }
        return groups;
    }

    private List<Integer> unknown(int table, int measure, Collection<Integer> positions) {
        return positions.stream()
                .map(position -> index(new Cell(table, measure, position)))
                .filter(index -> index >= 0)
                .toList();
    }

    private long sum(int table, int measure, Collection<Integer> positions) {
        return positions.stream()
                .mapToLong(position -> situation.value(table, measure, position))
                .sum();
    }
}
