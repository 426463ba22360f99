package se.samsyn.cli.bench;

import java.util.Optional;

/**
 * One row of what a benchmark prints.
 *
 * @param what was measured
 * @param unit such as {@code 1/s} or {@code ms}; {@code ratio} where two measurements of a round were divided
 * @param spread over the rounds
 * @param goal that the median is held against, such as {@code at least 0.6}
 */
public record Measured(String what, String unit, Spread spread, Optional<String> goal) {
    static final String RATIO = "ratio";
    static final String PER_SECOND = "1/s";
    static final String MILLIS = "ms";

    static Measured of(String what, String unit, Spread spread) {
        return new Measured(what, unit, spread, Optional.empty());
    }

    Measured withGoal(String text) {
        return new Measured(what, unit, spread, Optional.of(text));
    }
}
