package se.samsyn.protocol.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private final Random random = new Random(20_261_123);

    @Test
    void givesTheNumberThatAPercentageIsNotAbove() {
        Histogram histogram = new Histogram();
        for (int number = 1; number <= 10; number++) {
            histogram.add(number, 1);
        }

        assertThat(histogram.percentile(10)).hasValue(1);
        assertThat(histogram.percentile(50)).hasValue(5);
        assertThat(histogram.percentile(51)).hasValue(6);
        assertThat(histogram.percentile(100)).hasValue(10);
    }

    @Test
    void hasNoPercentileOfNothing() {
        assertThat(new Histogram().percentile(50)).isEmpty();
    }

    @Test
    void equalsTheSortedListByNearestRank() {
        for (int i = 0; i < 300; i++) {
            int[] numbers = random.ints(1 + random.nextInt(400), 0, 60).toArray();
            Histogram histogram = new Histogram();
            for (int number : numbers) {
                histogram.add(number, 1);
            }
            Arrays.sort(numbers);
            for (int percent = 1; percent <= 100; percent++) {
                int rank = (int) Math.ceil(percent / 100.0 * numbers.length - 1e-9);
                assertThat(histogram.percentile(percent)).hasValue(numbers[Math.max(1, rank) - 1]);
            }
        }
    }

    @Test
    void doesNotCareHowItsPartsWereAddedUp() {
        Histogram parts = new Histogram();
        Histogram whole = new Histogram();
        for (int i = 0; i < 50; i++) {
            int number = random.nextInt(10);
            parts.add(number, 2);
            parts.add(number, 3);
            whole.add(number, 5);
        }

        assertThat(parts.size()).isEqualTo(whole.size());
        assertThat(parts.percentile(75)).isEqualTo(whole.percentile(75));
    }

    @Test
    void isRightForNumbersNearTheEndOfWhatCanBeCounted() {
        Histogram histogram = new Histogram();
        histogram.add(0, Long.MAX_VALUE / 2);
        histogram.add(2, Long.MAX_VALUE / 2 - 1);

        assertThat(histogram.percentile(50)).hasValue(0);
        assertThat(histogram.percentile(51)).hasValue(2);
    }

    @Test
    void refusesWhatCannotBeCounted() {
        assertThatThrownBy(() -> new Histogram().add(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Histogram().percentile(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
