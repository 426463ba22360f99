package se.samsyn.protocol.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;

class TableShapeTest {
    private final TableShape shape = TableShape.of(List.of(dimension("a", 3), dimension("b", 4), dimension("c", 5)));

    @Test
    void givesEachCellItsOwnPosition() {
        assertThat(shape.cells()).isEqualTo(60);
        for (int position = 0; position < 60; position++) {
            assertThat(shape.position(shape.codes(position))).isEqualTo(position);
        }
    }

    @Test
    void letsTheLastDimensionVaryFastest() {
        assertThat(shape.position(List.of("a0", "b0", "c1"))).isEqualTo(1);
        assertThat(shape.position(List.of("a0", "b1", "c0"))).isEqualTo(5);
        assertThat(shape.codes(59)).containsExactly("a2", "b3", "c4");
    }

    @Test
    void refusesCodesThatAreNotOfTheTable() {
        assertThatThrownBy(() -> shape.position(List.of("a0", "b9", "c0")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("code list b has no code \"b9\"");
        assertThatThrownBy(() -> shape.position(List.of("a0", "b0"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> shape.codes(60)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesATableThatIsTooLarge() {
        assertThatThrownBy(() -> TableShape.of(List.of(dimension("a", 1_001), dimension("b", 1_000))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("1000000 cells");
    }

    private static Dimension dimension(String name, int codes) {
        return new Dimension(
                name,
                name,
                new CodeList(
                        name,
                        IntStream.range(0, codes)
                                .mapToObj(i -> new Code(
                                        name + i, Map.of("sv", "s", "en", "e"), Optional.empty(), OptionalLong.empty()))
                                .toList(),
                        Optional.empty()));
    }
}
