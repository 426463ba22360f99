package se.samsyn.protocol.statistic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is known of a calculated number, rounded to a fixed number of decimals: a known one to the nearest, the ends of an interval
 * outwards, so that they still hold.
 *
 * @param high empty if nothing is known of how large it is
 */
public record DecimalFigure(BigDecimal low, Optional<BigDecimal> high) {
    public DecimalFigure {
        if (high.isPresent() && high.get().compareTo(low) < 0) {
            throw new IllegalArgumentException("no figure: " + low + " to " + high.get());
        }
    }

    /** A number that is known. */
    public static DecimalFigure exactly(BigDecimal number) {
        return new DecimalFigure(number, Optional.of(number));
    }

    /** Whether the number is known. */
    public boolean isExact() {
        return high.isPresent() && high.get().compareTo(low) == 0;
    }

    /** As a {@link Figure}'s, with decimals in texts: {@code {"exact":"1.25"}}. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (isExact()) {
            return json.put("exact", low.toPlainString());
        }
        return high.map(most -> json.put("from", low.toPlainString()).put("to", most.toPlainString()))
                .orElseGet(() -> json.put("atLeast", low.toPlainString()));
    }
}
