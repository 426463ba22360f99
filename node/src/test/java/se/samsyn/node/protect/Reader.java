package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An attacker who tries every table of whole numbers that agrees with what he has read. Slow and simple on purpose: it
 * shares no thought with the attack that the protector itself makes.
 */
final class Reader {
    /** "These cells have this sum." */
    record Equation(Set<Integer> cells, long sum) {}

    private final List<Integer> cells;
    private final Map<Integer, Long> least;
    private final Map<Integer, Long> most;
    private final List<Equation> equations;
    private final long[] tried;
    private final long[] lowest;
    private final long[] highest;
    private long found;

    private Reader(List<Integer> cells, Map<Integer, Long> least, Map<Integer, Long> most, List<Equation> equations) {
        this.cells = cells;
        this.least = least;
        this.most = most;
        this.equations = equations;
        this.tried = new long[cells.size()];
        this.lowest = new long[cells.size()];
        this.highest = new long[cells.size()];
        Arrays.fill(lowest, Long.MAX_VALUE);
        Arrays.fill(highest, Long.MIN_VALUE);
    }

    /**
     * The width of each cell's range over all tables that agree with the equations, the first of which is about all of
     * the cells.
     *
     * @param least what each cell is at the least
     * @param most what it is at the most, where more is known than the sum
     */
    static List<Long> widths(
            List<Integer> cells, Map<Integer, Long> least, Map<Integer, Long> most, List<Equation> equations) {
        Reader reader = new Reader(cells, least, most, equations);
        reader.tryAll(0, equations.get(0).sum());
        if (reader.found == 0) {
            throw new AssertionError("no table agrees with what was published: " + equations);
        }
        List<Long> widths = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            widths.add(reader.highest[i] - reader.lowest[i]);
        }
        return widths;
    }

    private void tryAll(int index, long rest) {
        if (index == cells.size()) {
            if (rest == 0 && equations.stream().allMatch(this::holds)) {
                keep();
            }
            return;
        }
        int cell = cells.get(index);
        long last = Math.min(rest, most.getOrDefault(cell, rest));
        for (long value = least.getOrDefault(cell, 0L); value <= last; value++) {
            tried[index] = value;
            tryAll(index + 1, rest - value);
        }
    }

    private boolean holds(Equation equation) {
        long sum = 0;
        for (int i = 0; i < tried.length; i++) {
            sum += equation.cells().contains(cells.get(i)) ? tried[i] : 0;
        }
        return sum == equation.sum();
    }

    private void keep() {
        found++;
        for (int i = 0; i < tried.length; i++) {
            lowest[i] = Math.min(lowest[i], tried[i]);
            highest[i] = Math.max(highest[i], tried[i]);
        }
    }
}
