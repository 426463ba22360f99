package se.samsyn.protocol.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.summary.SmallDefinitions.K;
import static se.samsyn.protocol.summary.SmallDefinitions.cell;
import static se.samsyn.protocol.summary.SmallDefinitions.colour;
import static se.samsyn.protocol.summary.SmallDefinitions.costs;
import static se.samsyn.protocol.summary.SmallDefinitions.persons;
import static se.samsyn.protocol.summary.SmallDefinitions.pool;
import static se.samsyn.protocol.summary.SmallDefinitions.published;
import static se.samsyn.protocol.summary.SmallDefinitions.table;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Table;

class PublishedTest {
    /** offered, consented, declined: two parts of the persons, of which the second is the rest. */
    private static final Table ANSWERS =
            table("colour", colour(), persons(), persons("consented", "yes"), persons("asked", "yes", "no"));

    @Test
    void cannotHoldACountOfFewPersons() {
        for (long few = 0; few < K; few++) {
            long persons = few;
            assertThatThrownBy(() -> published(Optional.empty(), cell(0, persons, 10, 100)))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("table colour, cell [red]: persons " + persons + " is below k = 5");
        }
        assertThat(published(Optional.empty(), cell(0, K, 10, 100)).cells()).hasSize(1);
    }

    @Test
    void cannotHoldAPoolOfFewPersons() {
        assertThatThrownBy(() -> published(pool(List.of(0, 1), 4, 10, 100)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("table colour, pool: persons 4 is below k = 5");
    }

    @Test
    void cannotHoldAPoolOfOneCell() {
        assertThatThrownBy(() -> pool(List.of(0), 9, 10, 100))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("2 cells or more");
    }

    @Test
    void cannotLowerK() {
        assertThatThrownBy(() -> new Published(costs().tables().get(0), 4, List.of(), Optional.empty()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("can raise k and not lower it");
        assertThatThrownBy(() ->
                        new Tables(4, List.of(new WithheldTable(costs().tables().get(0)))))
                .isInstanceOf(RefutedException.class);
    }

    @Test
    void holdsItsCellsToARaisedK() {
        Table table = costs().tables().get(0);

        assertThat(new Published(table, 8, List.of(cell(0, 8, 8, 8)), Optional.empty()).k())
                .isEqualTo(8);
        assertThatThrownBy(() -> new Published(table, 8, List.of(cell(0, 7, 8, 8)), Optional.empty()))
                .isInstanceOf(RefutedException.class);
        assertThatThrownBy(() -> new Tables(8, List.of(published(Optional.empty()))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("k = 5");
    }

    @ParameterizedTest
    @CsvSource({
        "20, 10, 15, true",
        "20, 0, 0, true",
        "20, 20, 20, true",
        "20, 4, 15, false",
        "20, 10, 14, false",
        "20, 10, 16, false",
        "20, 12, 16, false",
        "20, 15, 20, true"
    })
    void cannotHoldADifferenceOfFewPersons(long offered, long consented, long asked, boolean possible) {
        Optional<String> breach = new PersonRule(ANSWERS).breach(K, Values.of(offered, consented, asked));

        assertThat(breach.isEmpty()).isEqualTo(possible);
        if (!possible) {
            assertThatThrownBy(() ->
                            new Published(ANSWERS, K, List.of(cell(0, offered, consented, asked)), Optional.empty()))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining(breach.get());
        }
    }

    @Test
    void cannotPlaceACellOutsideTheTable() {
        assertThatThrownBy(() -> published(Optional.empty(), cell(5, 7, 7, 7)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no cell at position 5");
        assertThatThrownBy(() -> published(pool(List.of(0, 5), 7, 7, 7)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no cell at position 5");
    }
}
