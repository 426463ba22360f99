package se.samsyn.node.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.protect.CareRecords.none;
import static se.samsyn.node.tabulate.TestDefinitions.amounts;
import static se.samsyn.node.tabulate.TestDefinitions.care;
import static se.samsyn.node.tabulate.TestDefinitions.colour;
import static se.samsyn.node.tabulate.TestDefinitions.counts;
import static se.samsyn.node.tabulate.TestDefinitions.dataset;
import static se.samsyn.node.tabulate.TestDefinitions.persons;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.node.protect.CellExplanation.Reason;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/** What disclosure control makes of corrections; k is 5, red is position 0. */
class ProtectorRevisionTest {
    /** Releases one state of the records after the other and gives what the last one leads to. */
    private static Protection last(DatasetDefinition definition, CareRecords... states) {
        List<Summary> released = new ArrayList<>();
        Protection protection = new Waits("nothing yet");
        for (CareRecords records : states) {
            protection = records.protect(definition, released);
            if (protection instanceof Draft draft) {
                released.add(CareRecords.summary(draft.content()));
            }
        }
        return protection;
    }

    private static TableValues table(Protection protection) {
        return ((Tables) ((Draft) protection).content()).tables().get(0);
    }

    private static Published published(Protection protection) {
        return (Published) table(protection);
    }

    private static void waits(Protection protection, String reason) {
        assertThat(protection).isInstanceOf(Waits.class);
        assertThat(((Waits) protection).reason()).contains(reason);
    }

    @Test
    void saysNothingTwice() {
        CareRecords records = none().cell("red", 2).cell("blue", 9);

        Protection protection = last(care(), records, records);

        assertThat(protection).isInstanceOf(Unchanged.class);
        assertThat(((Unchanged) protection).draft().explanations())
                .extracting(CellExplanation::reason)
                .containsExactly(Reason.FEW_PERSONS, Reason.POOLED_BEFORE);
        assertThat(last(care(), none(), none())).isInstanceOf(Unchanged.class);
    }

    @Test
    void staysWithTheVersionThatItWasToldUnderWhereANewOneHidesWhatCouldBeSubtracted() {
        CareRecords records = none().cell("red", 12);
        List<Summary> told = List.of(CareRecords.summary(((Draft) records.protect(counts(), List.of())).content()));
        Table colour = counts().tables().get(0);

        waits(
                records.protect(dataset(TestDefinitions.table("shade", colour(), persons())), told),
                "has no protected table colour, which an earlier revision of the same period told");
        waits(
                records.protect(amounts(), told),
                "table colour has other cells or measures than in an earlier revision of the same period; to tell it"
                        + " otherwise, retract what was released of the period first");
        assertThat(records.protect(dataset(colour, TestDefinitions.table("shade", colour(), persons())), told))
                .as("a table more")
                .isInstanceOf(Draft.class);
    }

    @Test
    void letsASmallCorrectionWaitUntilEnoughHaveComeTogether() {
        CareRecords first = none().cell("red", 12);

        waits(last(care(), first, none().cell("red", 13)), "cell [red]: differs from an earlier revision by 1 persons");
        waits(last(care(), first, none().cell("red", 16)), "by 4 persons");
        assertThat(published(last(care(), first, none().cell("red", 13), none().cell("red", 17)))
                        .total())
                .contains(Values.of(17, 17, 1700, 0));
    }

    @Test
    void letsACorrectionOfAnAmountWait() {
        CareRecords first = none().cell("red", 12);

        waits(last(care(), first, first.item("red0", "t1", "red", 1)), "by 0 persons");
    }

    @Test
    void comparesWithSupersededRevisionsToo() {
        waits(last(care(), none().cell("red", 12), none().cell("red", 20), none().cell("red", 13)), "by 1 persons");
    }

    @Test
    void keepsPooledWhatWasPooled() {
        CareRecords first = none().cell("red", 3).cell("blue", 9);
        CareRecords grown = none().cell("red", 30).cell("blue", 9);

        Protection protection = last(care(), first, grown);

        assertThat(published(protection).pooled()).containsExactly(0, 2);
        assertThat(((Draft) protection).explanations())
                .extracting(CellExplanation::reason)
                .containsOnly(Reason.POOLED_BEFORE);
    }

    @Test
    void saysZeroWhereNothingIsLeft() {
        Protection protection = last(care(), none().cell("red", 3).cell("blue", 9), none());

        assertThat(((Draft) protection).content().isZero()).isTrue();
    }

    @Test
    void fillsAPoolThatHasEmptiedWithOthers() {
        CareRecords first = none().cell("red", 3).cell("blue", 9).cell("white", 20);
        CareRecords emptied = none().cell("white", 40);

        assertThat(published(last(counts(), first)).pooled()).containsExactly(0, 2);
        assertThat(published(last(counts(), first, emptied)).pooled()).containsExactly(0, 2, 3);
        assertThat(published(last(counts(), first, emptied.cell("black", 12))).pooled())
                .containsExactly(0, 2, 4);
    }

    @Test
    void keepsAnEarlierPoolAfterAZero() {
        CareRecords first = none().cell("red", 3).cell("blue", 9);

        assertThat(published(last(care(), first, none(), none().cell("red", 20).cell("blue", 20)))
                        .pooled())
                .containsExactly(0, 2);
    }

    @Test
    void countsAnUnchangedCellForNoCover() {
        CareRecords first = none().cell("red", 12).cell("blue", 20).cell("white", 30);
        CareRecords fallen = none().cell("red", 3).cell("blue", 20).cell("white", 30);
        CareRecords bothChanged = none().cell("red", 3).cell("blue", 20).cell("white", 45);

        // blue less its published 20 would leave red
        assertThat(table(last(counts(), first, fallen))).isInstanceOf(WithheldTable.class);
        assertThat(published(last(counts(), first, bothChanged)).pooled()).containsExactly(0, 3);
    }

    @Test
    void countsAnUnchangedPoolForNoCover() {
        CareRecords first =
                none().cell("red", 3).cell("blue", 9).cell("white", 12).cell("black", 30);
        CareRecords fallen =
                none().cell("red", 3).cell("blue", 9).cell("white", 2).cell("black", 30);

        assertThat(published(last(counts(), first)).pooled()).containsExactly(0, 2);
        // red and blue less their published 12 would leave white
        assertThat(table(last(counts(), first, fallen))).isInstanceOf(WithheldTable.class);
    }

    @Test
    void guessesEachMeasureByItself() {
        CareRecords first = none().cell("red", 12).cell("blue", 20).cell("white", 50);
        CareRecords onlyAnAmountOfBlue = none().cell("red", 3)
                .cell("blue", 20)
                .item("blue0", "t0", "blue", 7)
                .cell("white", 50);

        // blue has as many persons as before, so that red would follow
        assertThat(table(last(amounts(), first, onlyAnAmountOfBlue))).isInstanceOf(WithheldTable.class);
    }

    @Test
    void publishesAgainWhatARaisedKWouldPool() {
        Tabulation tabulation = none().cell("red", 7).cell("blue", 30).tabulation(counts());
        Draft first = (Draft) Protector.protect(counts(), tabulation, 5, List.of());

        Draft raised =
                (Draft) Protector.protect(counts(), tabulation, 9, List.of(CareRecords.summary(first.content())));

        assertThat(published(raised).pooled()).containsExactly(0, 2);
    }

    @Test
    void goesFromPublishedToWithheldAndBackWithTwiceK() {
        CareRecords many = none().cell("red", 12);
        CareRecords few = none().cell("red", 2);

        assertThat(table(last(counts(), many, few))).isInstanceOf(WithheldTable.class);
        assertThat(table(last(counts(), few, many))).isInstanceOf(Published.class);
        assertThat(last(counts(), few, none().cell("red", 9))).isInstanceOf(Unchanged.class);
        waits(last(counts(), none().cell("red", 9), few), "expected 2k = 10");
        assertThat(last(counts(), many, few, none().cell("red", 8))).isInstanceOf(Unchanged.class);
    }

    @Test
    void letsAZeroStandUntilEnoughPersonsCome() {
        waits(last(counts(), none(), none().cell("red", 2)), "would be withheld");
        assertThat(table(last(amounts(), none(), none().cell("red", 20, 1)))).isInstanceOf(WithheldTable.class);
        assertThat(published(last(counts(), none(), none().cell("red", 5))).cells())
                .hasSize(1);
    }

    @Test
    void doesNotWithholdForASmallCorrection() {
        CareRecords balanced = none().cell("red", 10, 2).cell("blue", 10, 2);
        CareRecords dominated = balanced.item("red0", "t0", "red", 100_000);

        waits(last(amounts(), balanced, dominated), "would be withheld, and differs from an earlier revision by 0");
    }

    @Test
    void revisesARegisterFreely() {
        Tabulation empty = Tabulator.empty(TestDefinitions.studies(), Period.parse("2010"));
        Draft first = (Draft) Protector.protect(TestDefinitions.studies(), empty, 0, List.of());
        Summary summary = new Summary(
                CareRecords.NODE, "studies", Period.parse("2010"), Salt.of(new byte[Salt.LENGTH]), first.content());

        assertThat(first.content().isZero()).isTrue();
        assertThat(Protector.protect(TestDefinitions.studies(), empty, 0, List.of(summary)))
                .isInstanceOf(Unchanged.class);
    }
}
