package se.samsyn.protocol.statistic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import se.samsyn.protocol.json.CanonicalJson;

class FigureTest {
    @Test
    void isExactWhereAllIsTold() {
        assertThat(Figure.of(7, 0, true)).isEqualTo(new Figure.Exact(7));
        assertThat(Figure.of(0, 0, true).json()).hasToString("{\"exact\":0}");
    }

    @Test
    void isAnIntervalWhereSomethingIsPooled() {
        assertThat(Figure.of(7, 5, true)).isEqualTo(new Figure.Interval(7, 12));
        assertThat(Figure.of(7, 5, true).json()).hasToString("{\"from\":7,\"to\":12}");
    }

    @Test
    void hasNoUpperEndWhereAMemberIsSilent() {
        assertThat(Figure.of(7, 5, false)).isEqualTo(new Figure.AtLeast(7));
        assertThat(Figure.of(0, 0, false).json()).hasToString("{\"atLeast\":0}");
    }

    @Test
    void staysWithinSignedJsonWhateverMembersSay() {
        long max = CanonicalJson.MAX_INTEGER;
        assertThat(Figure.of(max, 0, true)).isEqualTo(new Figure.Exact(max));
        assertThat(Figure.of(max + 1, 0, true)).isEqualTo(new Figure.AtLeast(max));
        assertThat(Figure.of(64 * max, 64 * max, true)).isEqualTo(new Figure.AtLeast(max));
        assertThat(Figure.of(7, max, true)).isEqualTo(new Figure.AtLeast(7));
    }
}
