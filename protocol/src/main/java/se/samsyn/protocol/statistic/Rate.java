package se.samsyn.protocol.statistic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** How many there are for each so many inhabitants. */
public final class Rate {
    /** What rates are counted for: so many inhabitants. */
    public static final int PER = 100_000;

    /** Decimals of a rate. */
    public static final int SCALE = 2;

    private Rate() {}

    /**
     * A number for each {@link #PER} inhabitants.
     *
     * @param inhabitants at least one
     * @throws IllegalArgumentException if there are none
     */
    public static DecimalFigure of(Figure number, long inhabitants) {
        if (inhabitants < 1) {
            throw new IllegalArgumentException("a rate needs inhabitants, not " + inhabitants);
        }
        if (number.isExact()) {
            BigDecimal rate = rate(number.low(), inhabitants, RoundingMode.HALF_EVEN);
            return DecimalFigure.exactly(rate);
        }
        return new DecimalFigure(
                rate(number.low(), inhabitants, RoundingMode.FLOOR),
                number.high().isEmpty()
                        ? Optional.empty()
                        : Optional.of(rate(number.high().getAsLong(), inhabitants, RoundingMode.CEILING)));
    }

    private static BigDecimal rate(long number, long inhabitants, RoundingMode rounding) {
        return BigDecimal.valueOf(number)
                .multiply(BigDecimal.valueOf(PER))
                .divide(BigDecimal.valueOf(inhabitants), SCALE, rounding);
    }
}
