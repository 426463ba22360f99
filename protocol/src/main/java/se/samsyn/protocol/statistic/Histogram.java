package se.samsyn.protocol.statistic;

import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** How many there are of each whole number from zero: adds up over members, and gives exact percentiles of all of them together. */
public final class Histogram {
    private static final int PERCENT = 100;

    /** Only of numbers that there are some of: a single one may be huge. */
    private final NavigableMap<Integer, Long> counts = new TreeMap<>();

    private long size;

    /**
     * Counts a number so many times more.
     *
     * @param number zero or more
     * @param times zero or more
     */
    public void add(int number, long times) {
        if (number < 0) {
            throw new IllegalArgumentException("a histogram counts numbers from zero, not " + number);
        }
        if (times < 0) {
            throw new IllegalArgumentException("a histogram counts upwards, not by " + times);
        }
        if (times > 0) {
            counts.merge(number, times, Math::addExact);
            size = Math.addExact(size, times);
        }
    }

    /** How many there are of all numbers together. */
    public long size() {
        return size;
    }

    /**
     * The smallest number that so many percent are not above (nearest rank): of an even number of them the median is the lower of the two
     * in the middle.
     *
     * @param percent 1 to 100
     * @return empty if there is none at all
     */
    public OptionalInt percentile(int percent) {
        if (percent < 1 || percent > PERCENT) {
            throw new IllegalArgumentException("no percentile: " + percent);
        }
        // size * percent / 100, rounded up, in steps that cannot overflow
        long rank = size / PERCENT * percent + (size % PERCENT * percent + PERCENT - 1) / PERCENT;
        long seen = 0;
        for (Map.Entry<Integer, Long> count : counts.entrySet()) {
            seen += count.getValue();
            if (seen >= rank) {
                return OptionalInt.of(count.getKey());
            }
        }
        return OptionalInt.empty();
    }
}
