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
        return of(number, inhabitants, PER);
    }

    /**
     * A number for each so many inhabitants.
     *
     * @param inhabitants at least one
     * @param per what it is counted for
     * @throws IllegalArgumentException if there are none
     */
    public static DecimalFigure of(Figure number, long inhabitants, int per) {
        if (inhabitants < 1) {
            throw new IllegalArgumentException("a rate needs inhabitants, not " + inhabitants);
        }
        if (number.isExact()) {
            BigDecimal rate = rate(number.low(), inhabitants, per, RoundingMode.HALF_EVEN);
            return DecimalFigure.exactly(rate);
        }
        return new DecimalFigure(
                rate(number.low(), inhabitants, per, RoundingMode.FLOOR),
                number.high().isEmpty()
                        ? Optional.empty()
                        : Optional.of(rate(number.high().getAsLong(), inhabitants, per, RoundingMode.CEILING)));
    }

    private static BigDecimal rate(long number, long inhabitants, int per, RoundingMode rounding) {
        return BigDecimal.valueOf(number)
                .multiply(BigDecimal.valueOf(per))
                .divide(BigDecimal.valueOf(inhabitants), SCALE, rounding);
    }
}
