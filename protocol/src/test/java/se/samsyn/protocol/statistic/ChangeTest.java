package se.samsyn.protocol.statistic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangeTest {
    @Test
    void isInPercentOfTheEarlierNumber() {
        assertThat(Change.percent(Bounds.exactly(292), Bounds.exactly(216))).contains(decimals("-26.0", "-26.0"));
        assertThat(Change.percent(Bounds.exactly(2), Bounds.exactly(5))).contains(decimals("150.0", "150.0"));
        assertThat(Change.percent(Bounds.exactly(3), Bounds.exactly(0))).contains(decimals("-100.0", "-100.0"));
    }

    @Test
    void isNotSaidOfNothing() {
        assertThat(Change.percent(Bounds.exactly(0), Bounds.exactly(5))).isEmpty();
        assertThat(Change.percent(Bounds.exactly(0), Bounds.atLeast(0))).isEmpty();
    }

    @Test
    void hasNoUpperEndWhereTheEarlierMayHaveBeenNothingOrTheLaterMayBeAnything() {
        assertThat(Change.percent(Bounds.between(0, 4), Bounds.exactly(2))).contains(atLeast("-50.0"));
        assertThat(Change.percent(Bounds.exactly(4), Bounds.atLeast(5))).contains(atLeast("25.0"));
        assertThat(Change.percent(Bounds.atLeast(4), Bounds.atLeast(5))).contains(atLeast("-100.0"));
    }

    @Test
    void hasNoLowerEndButAllWhereTheEarlierMayHaveBeenAnything() {
        assertThat(Change.percent(Bounds.atLeast(4), Bounds.exactly(5))).contains(decimals("-100.0", "25.0"));
    }

    @Test
    void holdsTheTrueChangeOfEveryTwoNumbersWithinTheBounds() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 500; i++) {
            long earlierLow = 1L + random.nextInt(100);
            long earlierHigh = earlierLow + random.nextInt(12);
            long laterLow = random.nextInt(100);
            long laterHigh = laterLow + 1 + random.nextInt(12);
            DecimalBounds change = Change.percent(
                            Bounds.between(earlierLow, earlierHigh), Bounds.between(laterLow, laterHigh))
                    .orElseThrow();
            for (long earlier = earlierLow; earlier <= earlierHigh; earlier++) {
                for (long later = laterLow; later <= laterHigh; later++) {
                    BigDecimal exact = BigDecimal.valueOf(100 * (later - earlier))
                            .divide(BigDecimal.valueOf(earlier), MathContext.DECIMAL128);
                    assertThat(exact).isBetween(change.low(), change.high().orElseThrow());
                }
            }
        }
    }

    private static DecimalBounds decimals(String low, String high) {
        return new DecimalBounds(new BigDecimal(low), Optional.of(new BigDecimal(high)));
    }

    private static DecimalBounds atLeast(String low) {
        return new DecimalBounds(new BigDecimal(low), Optional.empty());
    }
}
