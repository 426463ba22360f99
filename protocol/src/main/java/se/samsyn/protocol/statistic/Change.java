package se.samsyn.protocol.statistic;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** How much a number has changed, in percent of what it was. */
public final class Change {
    /** Decimals of a change in percent. */
    public static final int SCALE = 1;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Change() {}

    /**
     * The change from one number to a later one.
     *
     * @return empty if the earlier one was nothing, of which there is no percentage; without an upper bound where the earlier one may have
     *     been nothing, or the later one may be anything
     */
    public static Optional<DecimalFigure> percent(Figure earlier, Figure later) {
        if (earlier.isExact() && earlier.low() == 0) {
            return Optional.empty();
        }
        if (earlier.isExact() && later.isExact()) {
            BigDecimal change = percent(earlier.low(), later.low(), RoundingMode.HALF_EVEN);
            return Optional.of(DecimalFigure.exactly(change));
        }
        BigDecimal low = earlier.high().isEmpty()
                ? HUNDRED.negate().setScale(SCALE)
                : percent(earlier.high().getAsLong(), later.low(), RoundingMode.FLOOR);
        boolean isBounded = earlier.low() > 0 && later.high().isPresent();
        return Optional.of(new DecimalFigure(
                low,
                isBounded
                        ? Optional.of(percent(earlier.low(), later.high().getAsLong(), RoundingMode.CEILING))
                        : Optional.empty()));
    }

    private static BigDecimal percent(long earlier, long later, RoundingMode rounding) {
        return BigDecimal.valueOf(later)
                .subtract(BigDecimal.valueOf(earlier))
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(earlier), SCALE, rounding);
    }
}
