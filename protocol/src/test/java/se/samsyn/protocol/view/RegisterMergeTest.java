package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;
import static se.samsyn.protocol.view.TestNetwork.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.RegisterRow;

class RegisterMergeTest {
    private static final String EUDRACT = "2018-001234-12";
    private static final String EU_CT = "2023-501234-12-00";
    private static final String NCT = "NCT01234567";
    private static final List<Period> PERIODS = Stream.of("2018", "2019", "2020", "2021", "unknown")
            .map(Period::parse)
            .toList();

    private final RegisterRule rule = TestDefinitions.trials().register().orElseThrow();

    @Test
    void takesEachAttributeFromTheEarliestTrueStartThatKnowsIt() {
        MergedTrial trial = mergedInEveryOrder(
                new SourceRow(A, trial(NCT, "2020-05-01", "II", "commercial", "01")),
                new SourceRow(B, trial(NCT, "2019-11-30", "unknown", "non-commercial", "12")),
                new SourceRow(C, trial(NCT, "2021", "III", "unknown", "14")));

        assertThat(trial.attributes()).containsExactly("II", "non-commercial");
        assertThat(trial.year().period()).isEqualTo(Period.parse("2019"));
    }

    @Test
    void letsATrueStartWinOverAnEarlierDerivedOne() {
        MergedTrial trial = mergedInEveryOrder(
                new SourceRow(A, trial(EUDRACT, "", "I", "unknown", "01")),
                new SourceRow(B, trial(EUDRACT, "2021-03", "II", "unknown", "12")));

        assertThat(trial.attributes().get(0)).isEqualTo("II");
        assertThat(trial.year().derived()).isFalse();
        assertThat(trial.year().period()).isEqualTo(Period.parse("2021"));
    }

    @Test
    void letsTheEarlierDerivedYearWinAndADerivedOneOverNone() {
        MergedTrial trial = mergedInEveryOrder(
                new SourceRow(A, trial(NCT, "", "I", "unknown", "01")),
                new SourceRow(B, trial(NCT + "," + EU_CT, "", "II", "unknown", "12")),
                new SourceRow(C, trial(NCT + "," + EUDRACT, "", "III", "unknown", "14")));

        assertThat(trial.attributes().get(0)).isEqualTo("III");
        assertThat(trial.year().derived()).isTrue();
        assertThat(trial.year().period()).isEqualTo(Period.parse("2018"));
    }

    @Test
    void letsAKnownRegionWinOverAnUnknownOneThenTheNodesName() {
        MergedTrial known = mergedInEveryOrder(
                new SourceRow(D, trial(NCT, "2020", "I", "unknown", "-")),
                new SourceRow(A, trial(NCT, "2020", "II", "unknown", "01")));
        assertThat(known.attributes().get(0)).isEqualTo("II");

        MergedTrial named = mergedInEveryOrder(
                new SourceRow(B, trial(NCT, "2020", "I", "unknown", "12")),
                new SourceRow(A, trial(NCT, "2020", "II", "unknown", "01")));
        assertThat(named.attributes().get(0)).isEqualTo("II");
    }

    @Test
    void letsTheSmallestNumberDecideWithinAMember() {
        MergedTrial trial = mergedInEveryOrder(
                new SourceRow(A, trial(EUDRACT + "," + NCT, "2020", "I", "unknown", "01")),
                new SourceRow(A, trial(NCT, "2020", "II", "unknown", "01")));

        assertThat(trial.attributes().get(0)).isEqualTo("I");
    }

    @Test
    void unitesPlacesAndDropsTheUnknownOneWhereAnyIsKnown() {
        assertThat(mergedInEveryOrder(
                                new SourceRow(A, trial(NCT, "2020", "I", "unknown", "-,01")),
                                new SourceRow(B, trial(NCT, "2020", "I", "unknown", "1380,12")))
                        .places())
                .containsExactly("01", "12", "1380");
        assertThat(mergedInEveryOrder(
                                new SourceRow(A, trial(NCT, "2020", "I", "unknown", "-")),
                                new SourceRow(D, trial(NCT, "2021", "I", "unknown", "-")))
                        .places())
                .containsExactly("-");
    }

    @Test
    void collectsConflictsWithWhoSaysWhat() {
        MergedTrial trial = mergedInEveryOrder(
                new SourceRow(A, trial(NCT, "2020-05-01", "II", "commercial", "01")),
                new SourceRow(B, trial(NCT, "2020-06-01", "III", "commercial", "12")),
                new SourceRow(C, trial(NCT, "2021", "II", "unknown", "14")));

        assertThat(trial.conflicts()).extracting(Conflict::attribute).containsExactly("start", "phase");
        Conflict phase = trial.conflicts().get(1);
        assertThat(phase.taken()).isEqualTo("II");
        assertThat(phase.nodesByValue()).hasToString("{II=[a.example, c.example], III=[b.example]}");
    }

    @Test
    void doesNotCallALessExactDateAConflict() {
        assertThat(mergedInEveryOrder(
                                new SourceRow(A, trial(NCT, "2020-05-01", "II", "unknown", "01")),
                                new SourceRow(B, trial(NCT, "2020-05", "II", "unknown", "12")),
                                new SourceRow(C, trial(NCT, "2020", "unknown", "commercial", "14")))
                        .conflicts())
                .isEmpty();
        assertThat(mergedInEveryOrder(
                                new SourceRow(A, trial(NCT, "2020-05-01", "II", "unknown", "01")),
                                new SourceRow(B, trial(NCT, "2020-06", "II", "unknown", "12")),
                                new SourceRow(C, trial(NCT, "2020", "II", "unknown", "14")))
                        .conflicts())
                .hasSize(1);
    }

    @Test
    void takesEachMilestoneFromTheEarliestTrueStartThatKnowsItAndCollectsWhatContradictsIt() {
        RegisterRule timed = TestDefinitions.timedTrials().register().orElseThrow();
        List<SourceRow> rows = List.of(
                new SourceRow(A, timed("2020-05-01", "01", "2020-01-10", "2020-01", "2020-03-01")),
                new SourceRow(B, timed("2019-11-30", "12", "", "2020-01-20", "2020-03-05")),
                new SourceRow(C, timed("2021", "14", "2020-01-12", "", "2020-03-05")));
        MergedTrial trial = MergedTrial.of(timed, rows);
        for (List<SourceRow> order : permutations(rows)) {
            assertThat(MergedTrial.of(timed, order)).isEqualTo(trial);
        }

        assertThat(trial.milestones())
                .containsExactly(Optional.of("2020-01-10"), Optional.of("2020-01-20"), Optional.of("2020-03-05"));
        // January 2020 is a less exact 20 January, and no conflict
        assertThat(trial.conflicts()).extracting(Conflict::attribute).containsExactly("start", "submitted", "decision");
        assertThat(trial.conflicts().get(1).nodesByValue())
                .hasToString("{2020-01-10=[a.example], 2020-01-12=[c.example]}");
    }

    private static RegisterRow timed(String start, String place, String... milestones) {
        RegisterRow row = trial(NCT, start, "II", "unknown", place);
        return TestNetwork.timedTrial(TestNetwork.openTrial(row, "", "recruiting", "", "", 0), milestones);
    }

    @Test
    void countsATrialOnceThroughAChainOfNumbersWhateverTheOrder() {
        List<SourceRow> rows = List.of(
                new SourceRow(A, trial(EUDRACT + "," + NCT, "2021", "II", "unknown", "01")),
                new SourceRow(B, trial(EU_CT + ",ISRCTN12345678", "2019", "III", "unknown", "12")),
                new SourceRow(C, trial(NCT + ",ISRCTN12345678", "2020", "I", "commercial", "1382")),
                new SourceRow(D, trial("NCT99999999", "", "I", "unknown", "-")));
        for (List<SourceRow> order : permutations(rows)) {
            RegisterMerge merge = new RegisterMerge(rule);
            order.forEach(source -> merge.replace(source.node(), List.of(), List.of(source.row())));

            assertThat(merge.columns().count(PERIODS, new int[0], false).totals).containsExactly(0, 1, 0, 0, 1);
            Figures byRegion = merge.columns().count(PERIODS, new int[] {0}, true);
            assertThat(cell(byRegion, merge, 1, "III", "01")).isEqualTo(1);
            assertThat(cell(byRegion, merge, 1, "III", "12")).isEqualTo(1);
            assertThat(cell(byRegion, merge, 1, "III", "13")).isEqualTo(1);
            assertThat(cell(byRegion, merge, 1, "III", "-")).isZero();
            assertThat(cell(byRegion, merge, 4, "I", "-")).isEqualTo(1);
            assertThat(merge.disputed()).hasSize(1);
        }
    }

    @Test
    void fallsApartAgainWhenTheRowThatJoinedGoes() {
        RegisterRow first = trial(EUDRACT, "2019", "II", "unknown", "01");
        RegisterRow second = trial(NCT, "2020", "III", "unknown", "12");
        RegisterRow bridge = trial(EUDRACT + "," + NCT, "2021", "I", "unknown", "14");
        RegisterMerge merge = new RegisterMerge(rule);
        merge.replace(A, List.of(), List.of(first));
        merge.replace(B, List.of(), List.of(second));
        merge.replace(C, List.of(), List.of(bridge));
        assertThat(totals(merge)).containsExactly(0, 1, 0, 0, 0);

        merge.replace(C, List.of(bridge), List.of());
        assertThat(totals(merge)).containsExactly(0, 1, 1, 0, 0);
        assertThat(merge.disputed()).isEmpty();
        merge.replace(A, List.of(first), List.of());
        assertThat(totals(merge)).containsExactly(0, 0, 1, 0, 0);
        merge.replace(B, List.of(second), List.of());
        assertThat(totals(merge)).containsExactly(0, 0, 0, 0, 0);
    }

    @Test
    void refusesToTakeAwayWhatWasNeverAdded() {
        RegisterRow row = trial(NCT, "2020", "III", "unknown", "12");
        assertThatThrownBy(() -> new RegisterMerge(rule).replace(A, List.of(row), List.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesALongHostileChainInOneGo() {
        List<RegisterRow> chain = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            chain.add(trial(String.format(Locale.ROOT, "NCT%08d,NCT%08d", i, i + 1), "2020", "I", "unknown", "01"));
        }
        RegisterMerge merge = new RegisterMerge(rule);
        merge.replace(A, List.of(), chain);
        merge.replace(A, chain, chain.subList(0, 49_999));

        assertThat(totals(merge)).containsExactly(0, 0, 1, 0, 0);
        merge.replace(A, chain.subList(0, 49_999), List.of(chain.get(0), chain.get(5)));
        assertThat(totals(merge)).containsExactly(0, 0, 2, 0, 0);
    }

    private MergedTrial mergedInEveryOrder(SourceRow... rows) {
        MergedTrial merged = MergedTrial.of(rule, List.of(rows));
        for (List<SourceRow> order : permutations(List.of(rows))) {
            assertThat(MergedTrial.of(rule, order)).isEqualTo(merged);
        }
        List<SourceRow> twice = new ArrayList<>(List.of(rows));
        twice.addAll(List.of(rows));
        assertThat(MergedTrial.of(rule, twice)).isEqualTo(merged);
        assertThat(merged.ids())
                .containsAll(Stream.of(rows)
                        .flatMap(source -> source.row().ids().stream())
                        .toList())
                .isSortedAccordingTo(RegistryNumber::compareTo);
        return merged;
    }

    private static long[] totals(RegisterMerge merge) {
        return merge.columns().count(PERIODS, new int[0], false).totals;
    }

    private long cell(Figures figures, RegisterMerge merge, int period, String phase, String region) {
        int phases = rule.attributes().get(0).codes().indexOf(phase);
        int regions = merge.columns().regions().stream()
                .map(code -> code.code())
                .toList()
                .indexOf(region);
        int group = phases * merge.columns().regions().size() + regions;
        return figures.lower[period * figures.groups + group];
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : items) {
            List<T> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<T> tail : permutations(rest)) {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
