package se.samsyn.protocol.statistic;

import java.util.OptionalLong;

/**
 * What is known of a number of zero or more: it is at least {@code low} and at most {@code high}; both are possible.
 *
 * @param high empty if nothing is known of how large it is
 */
public record Bounds(long low, OptionalLong high) {
    public Bounds {
        if (low < 0 || (high.isPresent() && high.getAsLong() < low)) {
            throw new IllegalArgumentException("no bounds: " + low + " to " + high);
        }
    }

    /** A number that is known. */
    public static Bounds exactly(long number) {
        return new Bounds(number, OptionalLong.of(number));
    }

    public static Bounds between(long low, long high) {
        return new Bounds(low, OptionalLong.of(high));
    }

    public static Bounds atLeast(long low) {
        return new Bounds(low, OptionalLong.empty());
    }

    /** Whether the number is known. */
    public boolean isExact() {
        return high.isPresent() && high.getAsLong() == low;
    }
}
