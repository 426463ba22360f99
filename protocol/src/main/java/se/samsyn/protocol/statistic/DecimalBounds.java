package se.samsyn.protocol.statistic;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is known of a calculated number, rounded to a fixed number of decimals: a known one to the nearest, bounds outwards, so that they
 * still hold.
 *
 * @param high empty if nothing is known of how large it is
 */
public record DecimalBounds(BigDecimal low, Optional<BigDecimal> high) {
    public DecimalBounds {
        if (high.isPresent() && high.get().compareTo(low) < 0) {
            throw new IllegalArgumentException("no bounds: " + low + " to " + high);
        }
    }

    /** Whether the number is known. */
    public boolean isExact() {
        return high.isPresent() && high.get().compareTo(low) == 0;
    }
}
