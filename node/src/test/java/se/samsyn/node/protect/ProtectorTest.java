package se.samsyn.node.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.node.protect.CareRecords.none;
import static se.samsyn.node.tabulate.TestDefinitions.K;
import static se.samsyn.node.tabulate.TestDefinitions.amounts;
import static se.samsyn.node.tabulate.TestDefinitions.care;
import static se.samsyn.node.tabulate.TestDefinitions.colour;
import static se.samsyn.node.tabulate.TestDefinitions.counts;
import static se.samsyn.node.tabulate.TestDefinitions.dataset;
import static se.samsyn.node.tabulate.TestDefinitions.items;
import static se.samsyn.node.tabulate.TestDefinitions.persons;
import static se.samsyn.node.tabulate.TestDefinitions.shade;
import static se.samsyn.node.tabulate.TestDefinitions.table;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import se.samsyn.node.protect.CellExplanation.Reason;
import se.samsyn.node.tabulate.Tabulation;
import se.samsyn.node.tabulate.Tabulator;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.node.tabulate.TestRecord;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Register;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/** What disclosure control does, on tables that can be worked out by hand; k is 5, red is position 0. */
class ProtectorTest {
    private static Draft draft(DatasetDefinition definition, CareRecords records) {
        return (Draft) records.protect(definition, List.of());
    }

    private static Published published(Draft draft) {
        return (Published) ((Tables) draft.content()).tables().get(0);
    }

    private static Map<String, Reason> reasons(Draft draft) {
        return draft.explanations().stream()
                .collect(Collectors.toMap(cell -> cell.codes().get(0), CellExplanation::reason));
    }

    @Test
    void publishesWhatIsSafe() {
        Draft draft = draft(care(), none().cell("red", 6).cell("blue", 9));

        assertThat(published(draft).pool()).isEmpty();
        assertThat(published(draft).total()).contains(Values.of(15, 15, 1500, 0));
        assertThat(reasons(draft)).isEqualTo(Map.of("red", Reason.PUBLISHED, "blue", Reason.PUBLISHED));
    }

    @Test
    void poolsACellOfFewPersonsWithTheSmallestOther() {
        Draft draft = draft(
                care(), none().cell("red", 20).cell("green", 2).cell("blue", 9).cell("white", 9));

        assertThat(published(draft).pooled()).containsExactly(1, 2);
        assertThat(published(draft).pool().orElseThrow().values()).isEqualTo(Values.of(11, 11, 1100, 0));
        assertThat(published(draft).total()).contains(Values.of(40, 40, 4000, 0));
        assertThat(reasons(draft))
                .isEqualTo(Map.of(
                        "red", Reason.PUBLISHED,
                        "green", Reason.FEW_PERSONS,
                        "blue", Reason.COVER,
                        "white", Reason.PUBLISHED));
    }

    @Test
    void poolsNoMoreThanItTakes() {
        Draft draft = draft(
                care(), none().cell("red", 4).cell("green", 4).cell("blue", 9).cell("white", 9));

        assertThat(published(draft).pooled()).containsExactly(0, 1);
    }

    @Test
    void poolsAgainstAReaderWhoKnowsThatTheSmallestArePooledFirst() {
        Draft draft = draft(
                counts(),
                none().cell("red", 4)
                        .cell("green", 5)
                        .cell("blue", 6)
                        .cell("white", 6)
                        .cell("black", 7));

        assertThat(published(draft).pooled()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void poolsACellThatOneTrialDominates() {
        CareRecords records = none().cell("red", 10, 1).cell("green", 8).cell("blue", 20);

        Draft draft = draft(care(), records);

        assertThat(published(draft).pooled()).containsExactly(0, 1);
        assertThat(reasons(draft)).containsEntry("red", Reason.DOMINANCE).containsEntry("green", Reason.COVER);
    }

    @Test
    void letsATrialHoldTheAllowedShareAndNoMore() {
        CareRecords records = none().cell("red", 6, 1).cell("green", 9);

        // 600 of 705 öre are 85.1 %, of 706 öre 84.99 %
        assertThat(published(draft(amounts(), records.item("x", "t8", "red", 105)))
                        .pooled())
                .containsExactly(0, 1);
        assertThat(published(draft(amounts(), records.item("x", "t8", "red", 106)))
                        .pooled())
                .isEmpty();
    }

    @Test
    void addsUpContributionsOverThePool() {
        CareRecords twoCellsOfOneTrial =
                none().cell("red", 6, 1).cell("green", 6, 1).cell("blue", 30);

        Draft draft = draft(amounts(), twoCellsOfOneTrial);

        assertThat(published(draft).pooled()).containsExactly(0, 1, 2);
        assertThat(reasons(draft)).containsEntry("blue", Reason.COVER);
    }

    @Test
    void poolsCellsOfDifferentTrialsWithoutFurtherCover() {
        CareRecords records = none().cell("blue", 30);
        for (int i = 0; i < 6; i++) {
            records = records.item("r" + i, "tr", "red", 100).item("g" + i, "tg", "green", 100);
        }

        assertThat(published(draft(amounts(), records)).pooled()).containsExactly(0, 1);
    }

    @Test
    void countsAPersonInTwoCellsOnceWhenItPools() {
        CareRecords records = none().cell("blue", 9);
        for (int i = 0; i < 4; i++) {
            records = records.item("p" + i, "t" + i, "red", 100).item("p" + i, "t" + i, "green", 100);
        }

        assertThat(published(draft(counts(), records)).pooled()).containsExactly(0, 1, 2);
    }

    @Test
    void withholdsATableThatHasTooFewPersons() {
        Draft draft = draft(care(), none().cell("red", 2).cell("blue", 2));

        assertThat(((Tables) draft.content()).tables().get(0)).isInstanceOf(WithheldTable.class);
        assertThat(reasons(draft)).isEqualTo(Map.of("red", Reason.WITHHELD, "blue", Reason.WITHHELD));
    }

    @Test
    void withholdsATableOfOneTrial() {
        Draft draft = draft(care(), none().cell("red", 20, 1).cell("blue", 20, 1));

        assertThat(((Tables) draft.content()).tables().get(0)).isInstanceOf(WithheldTable.class);
    }

    @Test
    void withholdsATableWhoseOnlyCellIsSmall() {
        assertThat(((Tables) draft(care(), none().cell("red", 4)).content())
                        .tables()
                        .get(0))
                .isInstanceOf(WithheldTable.class);
        assertThat(published(draft(care(), none().cell("red", 5))).cells()).hasSize(1);
    }

    @Test
    void withholdsWhatATrialAloneGaveBack() {
        CareRecords records = none().cell("red", 20).cell("blue", 20);

        assertThat(((Tables) draft(care(), records.credit("red0", "t0", "red", 5))
                                .content())
                        .tables()
                        .get(0))
                .isInstanceOf(WithheldTable.class);
        assertThat(published(draft(
                                care(), records.credit("red0", "t0", "red", 5).credit("red1", "t1", "red", 5)))
                        .cells())
                .hasSize(2);
    }

    @Test
    void saysThatThereIsNothing() {
        Draft draft = draft(care(), none());

        assertThat(draft.content().isZero()).isTrue();
        assertThat(draft.explanations()).isEmpty();
    }

    @Test
    void raisesKAndRefusesToLowerIt() {
        Tabulation tabulation =
                none().cell("red", 6).cell("blue", 12).cell("white", 15).tabulation(care());

        assertThat(published((Draft) Protector.protect(care(), tabulation, K, List.of()))
                        .pool())
                .isEmpty();
        assertThat(published((Draft) Protector.protect(care(), tabulation, 8, List.of()))
                        .pooled())
                .containsExactly(0, 2);
        assertThatThrownBy(() -> Protector.protect(care(), tabulation, 4, List.of()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("this node's k for care is 4, expected 5..1000");
        assertThatThrownBy(() -> Protector.protect(care(), tabulation, 1001, List.of()))
                .isInstanceOf(RefutedException.class);
    }

    @Test
    void hidesADifferenceOfFewPersons() {
        DatasetDefinition answers =
                dataset(table("colour", colour(), persons(), TestDefinitions.persons("consented", "visit"), items()));
        CareRecords records = none().cell("red", 20).cell("blue", 20);

        assertThat(published(draft(answers, records)).pool()).isEmpty();
        assertThat(published(draft(
                                answers,
                                records.credit("declined", "t1", "blue", 1)
                                        .credit("d2", "t1", "red", 1)
                                        .credit("d3", "t1", "red", 1)
                                        .credit("d4", "t1", "red", 1)
                                        .credit("d5", "t1", "red", 1)))
                        .pooled())
                .containsExactly(0, 2);
    }

    @Test
    void protectsEachTableOfADataset() {
        DatasetDefinition both =
                dataset(table("colour", colour(), persons(), items()), table("shade", shade(), persons(), items()));
        List<TestRecord> records = none().cell("red", 9).cell("blue", 2).records().stream()
                .map(record -> record.with("shade", "dark"))
                .toList();
        Tabulation tabulation =
                new Tabulator().tabulate(both, TestRecord.source(records)).get(CareRecords.PERIOD);

        Tables tables = (Tables) ((Draft) Protector.protect(both, tabulation, 0, List.of())).content();

        assertThat(tables.table("colour").orElseThrow().pooled()).containsExactly(0, 2);
        assertThat(tables.table("shade").orElseThrow().total()).contains(Values.of(11, 11));
    }

    @Test
    void passesARegisterAsItIs() {
        TestRecord trial = new TestRecord("trial", Map.of())
                .with("ids", List.of("NCT01000001"))
                .with("start", "2010")
                .with("phase", "I")
                .with("places", List.of("12"));
        Tabulation tabulation = new Tabulator()
                .tabulate(TestDefinitions.studies(), TestRecord.source(List.of(trial)))
                .get(Period.parse("2010"));

        Draft draft = (Draft) Protector.protect(TestDefinitions.studies(), tabulation, 0, List.of());

        assertThat(((Register) draft.content()).rows()).hasSize(1);
        assertThat(((Register) draft.content()).rows().get(0).places()).containsExactly("12");
    }
}
