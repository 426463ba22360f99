package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.statistic.Bounds;

/**
 * A national figure with its honesty attached: {@link Exact}, an {@link Interval}, or {@link AtLeast} (DESIGN section
 * 6).
 */
public sealed interface Figure {
    /** The same for calculations. */
    Bounds bounds();

    /** {@code {"exact":n}}, {@code {"from":a,"to":b}} or {@code {"atLeast":n}}. */
    ObjectNode json();

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
        public Bounds bounds() {
            return Bounds.exactly(value);
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("exact", value);
        }
    }

    /** Some part is told only together with others; both ends are possible values. */
    record Interval(long from, long to) implements Figure {
        @Override
        public Bounds bounds() {
            return Bounds.between(from, to);
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("from", from).put("to", to);
        }
    }

    /** Some part is not told at all. */
    record AtLeast(long value) implements Figure {
        @Override
        public Bounds bounds() {
            return Bounds.atLeast(value);
        }

        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("atLeast", value);
        }
    }
}
