package se.samsyn.protocol.statistic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;
import se.samsyn.protocol.json.CanonicalJson;

/**
 * A figure with its honesty attached: {@link Exact}, an {@link Interval}, or {@link AtLeast} (DESIGN section 6). It is a number of zero or
 * more.
 */
public sealed interface Figure {
    /** The least that it can be. */
    long low();

    /** The most that it can be; empty if nothing is known of how large it is. */
    OptionalLong high();

    /** {@code {"exact":n}}, {@code {"from":a,"to":b}} or {@code {"atLeast":n}}. */
    ObjectNode json();

    /** Whether the number is known. */
    default boolean isExact() {
        return high().isPresent() && high().getAsLong() == low();
    }

    /** The figure of both together. */
    default Figure plus(Figure other) {
        if (high().isEmpty() || other.high().isEmpty()) {
            return of(low() + other.low(), 0, false);
        }
        long least = low() + other.low();
        return of(least, high().getAsLong() + other.high().getAsLong() - least, true);
    }

    /**
     * The figure of what is known.
     *
     * @param lower what is told for certain
     * @param width how much more it can be, because of pools
     * @param complete whether every member told its part
     */
    static Figure of(long lower, long width, boolean complete) {
        if (lower > CanonicalJson.MAX_INTEGER) {
            // absurd amounts by one member must not silence the whole view
            return new AtLeast(CanonicalJson.MAX_INTEGER);
        }
        if (!complete || lower + width > CanonicalJson.MAX_INTEGER) {
            return new AtLeast(lower);
        }
        return width == 0 ? new Exact(lower) : new Interval(lower, lower + width);
    }

    /** All parts are told. */
    record Exact(long value) implements Figure {
        @Override
        public long low() {
            return value;
        }

        @Override
        public OptionalLong high() {
            return OptionalLong.of(value);
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("exact", value);
        }
    }

    /** Some part is told only together with others; both ends are possible values. */
    record Interval(long from, long to) implements Figure {
        @Override
        public long low() {
            return from;
        }

        @Override
        public OptionalLong high() {
            return OptionalLong.of(to);
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
        }
    }

    /** Some part is not told at all. */
    record AtLeast(long value) implements Figure {
        @Override
        public long low() {
            return value;
        }

        @Override
        public OptionalLong high() {
            return OptionalLong.empty();
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("atLeast", value);
        }
    }
}
