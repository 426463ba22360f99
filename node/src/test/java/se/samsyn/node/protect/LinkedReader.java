package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Table;

/**
 * Reads several tables that share dimensions, and what was told of them before, and looks for a cell that he comes to
 * know more exactly than promised. Of the truth he takes which earlier numbers still hold, nothing else.
 */
final class LinkedReader {
    /** More than any value in these tests, and what is not known at all is at most this. */
    private static final long ANYTHING = 20_000;

    private static final int PERSONS = 0;
    private static final int ITEMS = 2;
    private static final int AMOUNT = 3;

    private final LinkedCare care;
    private final List<Table> tables;
    private final long[][][] truth;
    private int questions;
    private int open;

    /** What is told of one table: its exact cells (the others are zero) and which are pooled; nothing if withheld. */
    record Told(Map<Integer, long[]> exact, Set<Integer> pooled, long[] pool) {}

    LinkedReader(LinkedCare care) {
        this.care = care;
        this.tables = care.definition().tables();
        this.truth = new long[tables.size()][][];
        for (int table = 0; table < tables.size(); table++) {
            truth[table] = new long[tables.get(table).shape().cells()][];
            for (int position = 0; position < truth[table].length; position++) {
                truth[table][position] = care.values(tables.get(table), position);
            }
        }
    }

    int questions() {
        return questions;
    }

    int open() {
        return open;
    }

    /** What would be told if only cells that may not be published were pooled, and nothing were looked at together. */
    List<Optional<Told>> careless() {
        List<Optional<Told>> told = new ArrayList<>();
        for (int table = 0; table < tables.size(); table++) {
            Set<Integer> pooled = new TreeSet<>();
            Map<Integer, long[]> exact = new HashMap<>();
            for (int position = 0; position < truth[table].length; position++) {
                if (isUnsafe(table, position)) {
                    pooled.add(position);
                } else {
                    exact.put(position, truth[table][position]);
                }
            }
            told.add(Optional.of(new Told(exact, pooled, sum(table, pooled))));
        }
        return told;
    }

    private boolean isUnsafe(int table, int position) {
        long[] values = truth[table][position];
        long largest = care.amounts(tables.get(table), position).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        boolean isDominated = !care.countsItself() && largest * 100 > values[AMOUNT] * 85;
        return values[PERSONS] > 0 && (values[PERSONS] < TestDefinitions.K || isDominated);
    }

    /** The first cell that is known more exactly than promised after a release, and was not before. */
    Optional<String> find(List<Optional<Told>> now, List<List<Optional<Told>>> earlier) {
        Knowledge after = new Knowledge(now, earlier);
        Knowledge before = earlier.isEmpty() ? null : new Knowledge(List.of(), earlier);
        for (int table = 0; table < tables.size(); table++) {
            Set<Integer> hidden =
                    now.get(table).isPresent() ? now.get(table).get().pooled() : told(table, earlier);
            for (int position : hidden) {
                Optional<String> found = find(after, before, table, position);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        open += after.open();
        questions += after.questions();
        return Optional.empty();
    }

    /** The cells of a table that is withheld now, if an earlier revision told something of it. */
    private Set<Integer> told(int table, List<List<Optional<Told>>> earlier) {
        Set<Integer> positions = new TreeSet<>();
        if (earlier.stream().anyMatch(revision -> revision.get(table).isPresent())) {
            for (int position = 0; position < truth[table].length; position++) {
                positions.add(position);
            }
        }
        return positions;
    }

    private Optional<String> find(Knowledge after, Knowledge before, int table, int position) {
        int measures = truth[table][position].length;
        for (int measure = 0; measure < measures; measure++) {
            boolean isAmount = !care.countsItself() && measure == AMOUNT;
            boolean isShare = isAmount || (!care.countsItself() && measure == ITEMS);
            long value = truth[table][position][measure];
            long required = isShare ? (value * 15 + 99) / 100 : TestDefinitions.K;
            Set<String> readers =
                    isAmount ? care.amounts(tables.get(table), position).keySet() : Set.of("");
            for (String reader : readers) {
                if (isFound(after, before, reader, after.number(table, measure, position), required)) {
                    return Optional.of(describe(table, position, measure, reader));
                }
            }
        }
        int parts = care.countsItself() ? measures : ITEMS;
        for (int outer = 0; outer < parts; outer++) {
            for (int inner = outer + 1; inner < parts; inner++) {
                if (isFound(after, before, "", after.difference(table, outer, inner, position), TestDefinitions.K)) {
                    return Optional.of(describe(table, position, outer, "less its part " + inner));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isFound(Knowledge after, Knowledge before, String reader, int number, long required) {
        Bounds bounds = after.of(reader);
        long[] range = bounds.range(number, required);
        boolean isZero = range[0] == 0 && range[1] == 0;
        if (range[1] - range[0] >= required || isZero) {
            return false;
        }
        if (before == null) {
            return true;
        }
        // the same numbers were counted before
        Bounds old = before.of(reader);
        long[] oldRange = old.range(number, required);
        return !old.isLastOpen() && range[1] - range[0] < oldRange[1] - oldRange[0];
    }

    private String describe(int table, int position, int measure, String reader) {
        return "table " + tables.get(table).name() + " "
                + tables.get(table).shape().codes(position) + " measure " + measure + " " + reader;
    }

    private long[] sum(int table, Set<Integer> positions) {
        long[] sum = new long[truth[table][0].length];
        for (int position : positions) {
            for (int measure = 0; measure < sum.length; measure++) {
                sum[measure] += truth[table][position][measure];
            }
        }
        return sum;
    }

    /** A number for every cell of every table and measure, with all that is told of it. */
    private final class Knowledge {
        private final Bounds bounds = new Bounds();
        private final int[][][] numbers = new int[tables.size()][][];
        private final Map<String, Integer> differences = new HashMap<>();
        private final Map<String, Bounds> byReader = new HashMap<>();

        Knowledge(List<Optional<Told>> now, List<List<Optional<Told>>> earlier) {
            for (int table = 0; table < tables.size(); table++) {
                numbers[table] = new int[truth[table].length][];
                for (int position = 0; position < truth[table].length; position++) {
                    numbers[table][position] = new int[truth[table][position].length];
                    for (int measure = 0; measure < numbers[table][position].length; measure++) {
                        numbers[table][position][measure] = bounds.number(0, ANYTHING);
                    }
                }
            }
            Set<Integer> told = new TreeSet<>();
            for (int table = 0; table < tables.size(); table++) {
                for (List<Optional<Told>> revision : earlier) {
                    if (revision.get(table).isPresent()) {
                        told.add(table);
                        addStillTrue(table, revision.get(table).get());
                    }
                }
                if (!now.isEmpty() && now.get(table).isPresent()) {
                    told.add(table);
                    addStillTrue(table, now.get(table).get());
                    addOrder(table, now.get(table).get());
                }
            }
            addParts();
            addLinks(told);
        }

        int number(int table, int measure, int position) {
            return numbers[table][position][measure];
        }

        int difference(int table, int outer, int inner, int position) {
            return differences.get(table + " " + outer + " " + inner + " " + position);
        }

        Bounds of(String reader) {
            return byReader.computeIfAbsent(reader, this::withOwn);
        }

        int questions() {
            return byReader.values().stream().mapToInt(Bounds::questions).sum();
        }

        int open() {
            return byReader.values().stream().mapToInt(Bounds::open).sum();
        }

        private Bounds withOwn(String reader) {
            long[] own = new long[count()];
            for (int table = 0; table < tables.size() && !reader.isEmpty(); table++) {
                for (int position = 0; position < truth[table].length; position++) {
                    own[number(table, AMOUNT, position)] =
                            care.amounts(tables.get(table), position).getOrDefault(reader, 0L);
                }
            }
            return bounds.withLows(own);
        }

        private int count() {
            int count = differences.size();
            for (int[][] table : numbers) {
                for (int[] cell : table) {
                    count += cell.length;
                }
            }
            return count;
        }

        private void addStillTrue(int table, Told told) {
            for (int position = 0; position < truth[table].length; position++) {
                long[] exact = told.exact().getOrDefault(position, new long[truth[table][position].length]);
                for (int measure = 0; measure < exact.length; measure++) {
                    int number = number(table, measure, position);
                    long value = truth[table][position][measure];
                    if (told.pooled().contains(position)) {
                        boolean isWhole = measure == PERSONS || (!care.countsItself() && measure == ITEMS);
                        bounds.sum(List.of(number), List.of(), isWhole ? Math.min(1, value) : 0, ANYTHING);
                    } else if (exact[measure] == value) {
                        bounds.sum(List.of(number), List.of(), value, value);
                    }
                }
            }
            long[] sum = sum(table, told.pooled());
            for (int measure = 0; measure < sum.length; measure++) {
                if (sum[measure] == told.pool()[measure] && !told.pooled().isEmpty()) {
                    int index = measure;
                    List<Integer> together = told.pooled().stream()
                            .map(position -> number(table, index, position))
                            .toList();
                    bounds.sum(together, List.of(), sum[measure], sum[measure]);
                }
            }
        }

        /** The smallest are pooled first. */
        private void addOrder(int table, Told told) {
            long smallest = told.exact().keySet().stream()
                    .mapToLong(position -> truth[table][position][PERSONS])
                    .filter(persons -> persons > 0)
                    .min()
                    .orElse(ANYTHING);
            for (int position : told.pooled()) {
                if (truth[table][position][PERSONS] <= smallest) {
                    bounds.sum(List.of(number(table, PERSONS, position)), List.of(), 0, smallest);
                }
            }
        }

        private void addParts() {
            for (int table = 0; table < tables.size(); table++) {
                for (int position = 0; position < truth[table].length; position++) {
                    int parts = care.countsItself() ? ITEMS + 1 : ITEMS;
                    for (int outer = 0; outer < parts; outer++) {
                        for (int inner = outer + 1; inner < parts; inner++) {
                            int rest = bounds.number(0, ANYTHING);
                            bounds.sum(
                                    List.of(number(table, inner, position), rest),
                                    List.of(number(table, outer, position)),
                                    0,
                                    0);
                            differences.put(table + " " + outer + " " + inner + " " + position, rest);
                        }
                    }
                    if (!care.countsItself()) {
                        bounds.sum(
                                List.of(number(table, ITEMS, position)),
                                List.of(number(table, PERSONS, position)),
                                0,
                                ANYTHING);
                    }
                }
            }
        }

        private void addLinks(Set<Integer> told) {
            for (int one = 0; one < tables.size(); one++) {
                for (int other = 0; other < tables.size(); other++) {
                    if (one != other && told.contains(one) && told.contains(other)) {
                        addLinks(one, other);
                    }
                }
            }
        }

        private void addLinks(int one, int other) {
            Map<List<String>, List<Integer>> first = groups(one, other);
            Map<List<String>, List<Integer>> second = groups(other, one);
            first.forEach((codes, positions) -> {
                for (int measure = 0; measure < truth[one][0].length; measure++) {
                    int index = measure;
                    List<Integer> here =
                            positions.stream().map(at -> number(one, index, at)).toList();
                    List<Integer> there = second.get(codes).stream()
                            .map(at -> number(other, index, at))
                            .toList();
                    boolean adds = care.countsItself() || measure == ITEMS || measure == AMOUNT;
                    if (adds) {
                        bounds.sum(here, there, 0, 0);
                    } else {
                        here.forEach(cell -> bounds.sum(there, List.of(cell), 0, Long.MAX_VALUE / 4));
                    }
                }
            });
        }

        private Map<List<String>, List<Integer>> groups(int table, int beside) {
            List<Dimension> dimensions = tables.get(table).dimensions();
            Map<List<String>, List<Integer>> groups = new HashMap<>();
            for (int position = 0; position < truth[table].length; position++) {
                List<String> codes = new ArrayList<>();
                for (int i = 0; i < dimensions.size(); i++) {
                    if (tables.get(beside).dimensions().contains(dimensions.get(i))) {
                        codes.add(tables.get(table).shape().codes(position).get(i));
                    }
                }
                groups.computeIfAbsent(codes, any -> new ArrayList<>()).add(position);
            }
            return groups;
        }
    }
}
