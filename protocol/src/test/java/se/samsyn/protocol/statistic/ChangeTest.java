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
        assertThat(Change.percent(new Figure.Exact(292), new Figure.Exact(216))).contains(decimals("-26.0", "-26.0"));
        assertThat(Change.percent(new Figure.Exact(2), new Figure.Exact(5))).contains(decimals("150.0", "150.0"));
        assertThat(Change.percent(new Figure.Exact(3), new Figure.Exact(0))).contains(decimals("-100.0", "-100.0"));
    }

    @Test
    void isNotSaidOfNothing() {
        assertThat(Change.percent(new Figure.Exact(0), new Figure.Exact(5))).isEmpty();
        assertThat(Change.percent(new Figure.Exact(0), new Figure.AtLeast(0))).isEmpty();
    }

    @Test
    void hasNoUpperEndWhereTheEarlierMayHaveBeenNothingOrTheLaterMayBeAnything() {
        assertThat(Change.percent(new Figure.Interval(0, 4), new Figure.Exact(2)))
                .contains(atLeast("-50.0"));
        assertThat(Change.percent(new Figure.Exact(4), new Figure.AtLeast(5))).contains(atLeast("25.0"));
        assertThat(Change.percent(new Figure.AtLeast(4), new Figure.AtLeast(5))).contains(atLeast("-100.0"));
    }

    @Test
    void hasNoLowerEndButAllWhereTheEarlierMayHaveBeenAnything() {
        assertThat(Change.percent(new Figure.AtLeast(4), new Figure.Exact(5))).contains(decimals("-100.0", "25.0"));
    }

    @Test
    void holdsTheTrueChangeOfEveryTwoNumbersWithinTheBounds() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 500; i++) {
            long earlierLow = 1L + random.nextInt(100);
            long earlierHigh = earlierLow + random.nextInt(12);
            long laterLow = random.nextInt(100);
            long laterHigh = laterLow + 1 + random.nextInt(12);
            DecimalFigure change = Change.percent(
                            new Figure.Interval(earlierLow, earlierHigh), new Figure.Interval(laterLow, laterHigh))
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

    private static DecimalFigure decimals(String low, String high) {
        return new DecimalFigure(new BigDecimal(low), Optional.of(new BigDecimal(high)));
    }

    private static DecimalFigure atLeast(String low) {
        return new DecimalFigure(new BigDecimal(low), Optional.empty());
    }
}
