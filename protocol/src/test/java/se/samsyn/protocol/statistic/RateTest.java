package se.samsyn.protocol.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateTest {
    @Test
    void isRoundedToTheNearestWhereTheNumberIsKnown() {
        assertThat(Rate.of(new Figure.Exact(1), 300_000)).isEqualTo(decimals("0.33", "0.33"));
        assertThat(Rate.of(new Figure.Exact(2), 300_000)).isEqualTo(decimals("0.67", "0.67"));
        assertThat(Rate.of(new Figure.Exact(0), 1)).isEqualTo(decimals("0.00", "0.00"));
    }

    @Test
    void isRoundedOutwardsWhereItIsNot() {
        assertThat(Rate.of(new Figure.Interval(1, 2), 300_000)).isEqualTo(decimals("0.33", "0.67"));
        assertThat(Rate.of(new Figure.Interval(2, 4), 300_000)).isEqualTo(decimals("0.66", "1.34"));
        assertThat(Rate.of(new Figure.AtLeast(2), 300_000))
                .isEqualTo(new DecimalFigure(new BigDecimal("0.66"), Optional.empty()));
    }

    @Test
    void holdsTheTrueRateOfEveryNumberWithinTheBounds() {
        Random random = new Random(20_261_123);
        for (int i = 0; i < 2_000; i++) {
            long low = random.nextInt(1_000);
            long high = low + 1 + random.nextInt(50);
            long inhabitants = 1L + random.nextInt(3_000_000);
            DecimalFigure rate = Rate.of(new Figure.Interval(low, high), inhabitants);
            for (long number = low; number <= high; number++) {
                BigDecimal exact = BigDecimal.valueOf(number * Rate.PER)
                        .divide(BigDecimal.valueOf(inhabitants), MathContext.DECIMAL128);
                assertThat(exact).isBetween(rate.low(), rate.high().orElseThrow());
            }
        }
    }

    @Test
    void standsTheLargestAmounts() {
        long most = (1L << 53) - 1;
        assertThat(Rate.of(new Figure.Exact(most), 1).low())
                .isEqualByComparingTo(BigDecimal.valueOf(most).multiply(BigDecimal.valueOf(Rate.PER)));
    }

    @Test
    void needsInhabitants() {
        assertThatThrownBy(() -> Rate.of(new Figure.Exact(1), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static DecimalFigure decimals(String low, String high) {
        return new DecimalFigure(new BigDecimal(low), Optional.of(new BigDecimal(high)));
    }
}
