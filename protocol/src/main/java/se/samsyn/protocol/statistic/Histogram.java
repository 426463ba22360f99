package se.samsyn.protocol.statistic;

import java.util.OptionalInt;

/** How many there are of each whole number from zero: adds up over members, and gives exact percentiles of all of them together. */
public final class Histogram {
    private static final int PERCENT = 100;

    private final long[] counts;
    private long size;

    /**
     * An empty one.
     *
     * @param bins numbers from zero to one less than this have a count
     */
    public Histogram(int bins) {
        this.counts = new long[bins];
    }

    /**
     * Counts a number so many times more.
     *
     * @param times zero or more
     */
    public void add(int number, long times) {
        if (times < 0) {
            throw new IllegalArgumentException("a histogram counts upwards, not by " + times);
        }
        counts[number] = Math.addExact(counts[number], times);
        size = Math.addExact(size, times);
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
        for (int number = 0; number < counts.length; number++) {
            seen += counts[number];
            if (seen > 0 && seen >= rank) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }
}
