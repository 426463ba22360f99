package se.samsyn.protocol.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.statistic.Gini.Share;

class GiniTest {
    private final Random random = new Random(20_261_125);

    @Test
    void isNothingWhereEverybodyHasTheSame() {
        assertThat(Gini.of(List.of(new Share(10, 100), new Share(20, 200), new Share(1, 10))))
                .contains(new BigDecimal("0.000"));
    }

    @Test
    void isHalfWhereOneOfTwoEqualPlacesHasEverything() {
        assertThat(Gini.of(List.of(new Share(8, 100), new Share(0, 100)))).contains(new BigDecimal("0.500"));
    }

    @Test
    void comesNearToOneWhereOneSmallPlaceHasEverything() {
        assertThat(Gini.of(List.of(new Share(8, 1), new Share(0, 1_999)))).contains(new BigDecimal("1.000"));
    }

    @Test
    void isNotSaidWhereThereIsNothing() {
        assertThat(Gini.of(List.of(new Share(0, 5), new Share(0, 7)))).isEmpty();
        assertThat(Gini.of(List.of())).isEmpty();
    }

    /** By the Lorenz curve: places from the poorest to the richest, and the area below the line through their shares. */
    @Test
    void equalsTheAreaBetweenTheLorenzCurveAndTheDiagonal() {
        for (int i = 0; i < 500; i++) {
            List<Share> shares = shares();
            double people = shares.stream().mapToLong(Share::inhabitants).sum();
            double amount = shares.stream().mapToLong(Share::amount).sum();
            List<Share> sorted = new ArrayList<>(shares);
            sorted.sort((a, b) ->
                    Double.compare((double) a.amount() / a.inhabitants(), (double) b.amount() / b.inhabitants()));
            double area = 0;
            double height = 0;
            for (Share share : sorted) {
                double next = height + share.amount() / amount;
                area += (height + next) / 2 * share.inhabitants() / people;
                height = next;
            }
            assertThat(Gini.of(shares).orElseThrow().doubleValue()).isCloseTo(1 - 2 * area, within(0.000_501));
        }
    }

    @Test
    void doesNotDependOnTheOrderOrOnHowAPlaceIsDividedAlike() {
        for (int i = 0; i < 200; i++) {
            List<Share> shares = shares();
            List<Share> shuffled = new ArrayList<>(shares);
            Collections.shuffle(shuffled, random);
            List<Share> halves = shares.stream()
                    .flatMap(share -> List.of(
                            new Share(share.amount(), share.inhabitants()),
                            new Share(share.amount(), share.inhabitants()))
                            .stream())
                    .toList();
            assertThat(Gini.of(shuffled)).isEqualTo(Gini.of(shares));
            assertThat(Gini.of(halves)).isEqualTo(Gini.of(shares));
        }
    }

    private List<Share> shares() {
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(21); i++) {
            shares.add(new Share(random.nextInt(1_000_000), 1L + random.nextInt(2_400_000)));
        }
        shares.add(new Share(1, 1));
        return shares;
    }
}
