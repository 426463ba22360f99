package se.samsyn.protocol.summary;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.summary.SmallDefinitions.amount;
import static se.samsyn.protocol.summary.SmallDefinitions.cell;
import static se.samsyn.protocol.summary.SmallDefinitions.codes;
import static se.samsyn.protocol.summary.SmallDefinitions.colour;
import static se.samsyn.protocol.summary.SmallDefinitions.costs;
import static se.samsyn.protocol.summary.SmallDefinitions.items;
import static se.samsyn.protocol.summary.SmallDefinitions.persons;
import static se.samsyn.protocol.summary.SmallDefinitions.pool;
import static se.samsyn.protocol.summary.SmallDefinitions.published;
import static se.samsyn.protocol.summary.SmallDefinitions.table;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Table;

class RevisionRuleTest {
    private static final Table TABLE = costs().tables().get(0);
    private static final TableValues WITHHELD = new WithheldTable(TABLE);
    private static final Published ZERO = published(Optional.empty());

    private static Published red(long persons, long items, long amount) {
        return published(Optional.empty(), cell(0, persons, items, amount));
    }

    private static void accepts(TableValues earlier, TableValues revised) {
        assertThatCode(() -> RevisionRule.verify(earlier, revised)).doesNotThrowAnyException();
    }

    private static void refuses(TableValues earlier, TableValues revised, String reason) {
        assertThatThrownBy(() -> RevisionRule.verify(earlier, revised))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void acceptsACellThatIsUnchangedOrDiffersByKPersons() {
        accepts(red(12, 20, 300), red(12, 20, 300));
        accepts(red(12, 20, 300), red(17, 29, 300));
        accepts(red(12, 20, 300), red(7, 9, 100));
        accepts(red(12, 20, 300), ZERO);
        accepts(ZERO, red(12, 20, 300));
    }

    @Test
    void refusesACellThatDiffersByFewPersons() {
        refuses(red(12, 20, 300), red(13, 20, 300), "cell [red]: differs from an earlier revision by 1 persons");
        refuses(red(12, 20, 300), red(16, 40, 900), "by 4 persons");
        refuses(red(12, 20, 300), red(8, 20, 300), "by 4 persons");
    }

    @Test
    void refusesACellOfWhichOnlyAnAmountChanged() {
        refuses(red(12, 20, 300), red(12, 20, 301), "by 0 persons");
        refuses(red(12, 20, 300), red(12, 21, 300), "by 0 persons");
    }

    @Test
    void holdsADifferenceToTheLargerK() {
        Published raised = new Published(TABLE, 8, List.of(cell(0, 19, 30, 300)), Optional.empty());

        refuses(red(12, 20, 300), raised, "k = 8");
        refuses(raised, red(12, 20, 300), "k = 8");
    }

    @Test
    void refusesToPublishACellThatWasPooled() {
        Published pooled = published(pool(List.of(0, 1), 9, 9, 90));
        Published apart = published(pool(List.of(1, 2), 12, 12, 120), cell(0, 6, 6, 60));

        refuses(pooled, apart, "cell [red] was pooled");
        refuses(pooled, published(pool(List.of(1, 2), 40, 40, 40)), "cell [red] was pooled");
        refuses(pooled, red(50, 50, 50), "was pooled");
        accepts(pooled, published(pool(List.of(0, 1, 2), 14, 14, 140)));
    }

    @Test
    void letsAPooledCellBecomeZeroOnlyWithTheWholeTable() {
        accepts(published(pool(List.of(0, 1), 9, 9, 90)), ZERO);
        accepts(published(pool(List.of(0, 1), 9, 9, 90), cell(2, 7, 7, 7)), ZERO);
        refuses(
                published(pool(List.of(0, 1), 9, 9, 90), cell(2, 7, 7, 7)),
                published(Optional.empty(), cell(2, 7, 7, 7)),
                "was pooled");
    }

    @Test
    void refusesAPoolThatHidesAFewCorrectedPersons() {
        Published before = published(Optional.empty(), cell(0, 12, 12, 100), cell(1, 20, 20, 200));

        accepts(before, published(pool(List.of(0, 1), 32, 32, 300)));
        accepts(before, published(pool(List.of(0, 1), 37, 39, 320)));
        refuses(before, published(pool(List.of(0, 1), 33, 33, 310)), "pooled in either revision together");
        refuses(before, published(pool(List.of(0, 1), 32, 32, 310)), "by 0 persons");
    }

    @Test
    void comparesPoolsThatGrewByCellsPublishedBefore() {
        Published before = published(pool(List.of(0, 1), 9, 9, 90), cell(2, 10, 10, 100));

        accepts(before, published(pool(List.of(0, 1, 2), 19, 19, 190)));
        accepts(before, published(pool(List.of(0, 1, 2), 14, 14, 190)));
        refuses(before, published(pool(List.of(0, 1, 2), 21, 21, 200)), "by 2 persons");
    }

    @Test
    void comparesUnpooledCellsBesideAPool() {
        Published before = published(pool(List.of(0, 1), 9, 9, 90), cell(2, 10, 10, 100));

        refuses(before, published(pool(List.of(0, 1), 9, 9, 90), cell(2, 11, 11, 110)), "cell [blue]");
        refuses(before, published(pool(List.of(0, 1), 10, 10, 95), cell(2, 10, 10, 100)), "by 1 persons");
        accepts(before, published(pool(List.of(0, 1), 9, 9, 90), cell(2, 10, 10, 100), cell(3, 5, 5, 5)));
    }

    @Test
    void allowsWithheldBesideZeroOrTwiceKPersons() {
        accepts(WITHHELD, WITHHELD);
        accepts(WITHHELD, ZERO);
        accepts(ZERO, WITHHELD);
        accepts(WITHHELD, red(10, 10, 100));
        accepts(red(10, 10, 100), WITHHELD);
        refuses(WITHHELD, red(9, 10, 100), "withheld in one revision and published with 9 persons");
        refuses(red(9, 10, 100), WITHHELD, "expected 2k = 10");
    }

    @Test
    void refusesARevisionWithOtherCellsOrMeasures() {
        Table mergedCodes = table(
                "colour",
                new Dimension("colour", "colour", codes("colour", "red", "other", "unknown")),
                persons(),
                items(),
                amount());
        Table fewerMeasures = table("colour", colour(), persons(), items());

        refuses(red(12, 12, 12), new WithheldTable(mergedCodes), "other cells or measures");
        refuses(red(12, 12, 12), new WithheldTable(fewerMeasures), "other cells or measures");
    }

    @Test
    void holdsEveryNumberOfPersonsToK() {
        Table answers = table("colour", colour(), persons(), persons("consented", "yes"));
        Published before = new Published(answers, 5, List.of(cell(0, 20, 10)), Optional.empty());

        accepts(before, new Published(answers, 5, List.of(cell(0, 30, 10)), Optional.empty()));
        refuses(before, new Published(answers, 5, List.of(cell(0, 30, 12)), Optional.empty()), "by 2 consented");
    }
}
