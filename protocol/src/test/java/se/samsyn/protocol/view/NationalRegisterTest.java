package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;
import static se.samsyn.protocol.view.TestNetwork.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statement.SummaryStatement;

/** Trials counted from the registers of several members. */
class NationalRegisterTest {
    private final TestNetwork network = new TestNetwork();

    @Test
    void countsATrialOnceNationallyAndOnceInEachRegionWhereItHasASite() {
        network.release(
                A, network.trials, "2019", network.register(trial("NCT00000001", "2019", "II", "unknown", "01")));
        network.release(
                B,
                network.trials,
                "2019",
                network.register(trial("NCT00000001", "2019-05", "II", "unknown", "12,1380")));
        network.release(
                C, network.trials, "2020", network.register(trial("NCT00000001", "2020-01", "III", "unknown", "1382")));
        releaseOtherTrialPeriods();

        JsonNode view = network.view(network.trials, "2020-06-01", "group=phase", "by=region", "from=2019", "to=2020");

        assertThat(view.get("totals"))
                .hasToString("[{\"period\":\"2019\",\"values\":{\"trials\":{\"exact\":1}},"
                        + "\"states\":{\"reported\":2,\"zero\":2},\"inhabitantsTold\":5200000},"
                        + "{\"period\":\"2020\",\"values\":{\"trials\":{\"exact\":0}},"
                        + "\"states\":{\"reported\":1,\"zero\":3},\"inhabitantsTold\":5200000}]");
        assertThat(view.get("rows"))
                .extracting(row -> row.get("region").textValue())
                .containsExactly("01", "12", "13");
        assertThat(view.get("rows"))
                .allMatch(row -> row.get("phase").textValue().equals("II"));
        assertThat(view.at("/conflicts/byAttribute")).hasToString("{\"phase\":1,\"start\":1}");
        assertThat(view.at("/conflicts/trials/0/ids")).hasToString("[\"NCT00000001\"]");
        assertThat(view.get("notes"))
                .extracting(note -> note.get("note").textValue())
                .containsExactly("regions-overlap");
    }

    @Test
    void callsOnlyThePeriodWithAGapAtLeastAndSaysThatItMayReachFurther() {
        network.release(
                A, network.trials, "2019", network.register(trial("NCT00000001", "2019", "II", "unknown", "01")));
        network.release(
                A, network.trials, "2020", network.register(trial("NCT00000002", "2020", "II", "unknown", "01")));
        for (String node : List.of(B, C, D)) {
            network.release(node, network.trials, "2019", network.register());
        }

        JsonNode view = network.view(network.trials, "2020-06-01", "from=2019");

        assertThat(view.at("/rows/0/values/trials")).hasToString("{\"exact\":1}");
        assertThat(view.at("/rows/1/values/trials")).hasToString("{\"atLeast\":1}");
        assertThat(view.get("notes"))
                .extracting(note -> note.get("note").textValue())
                .containsExactly("register-gaps");
    }

    @Test
    void showsTrialsOfUnknownYearAndSaysWhenARangeLeavesThemOut() {
        network.release(D, network.trials, "unknown", network.register(trial("NCT00000001", "", "II", "unknown", "-")));

        JsonNode all = network.view(network.trials, "2018-06-01");
        assertThat(all.get("periods")).hasToString("[\"2018\",\"unknown\"]");
        assertThat(all.at("/totals/1/values/trials")).hasToString("{\"atLeast\":1}");

        JsonNode range = network.view(network.trials, "2018-06-01", "from=2018");
        assertThat(range.at("/notes/0/note").textValue()).isEqualTo("unknown-period");
        assertThat(range.at("/notes/0/trials").intValue()).isEqualTo(1);
    }

    /** Zero for each period and member that has said nothing until the middle of 2020. */
    private void releaseOtherTrialPeriods() {
        for (String node : TestNetwork.NODES) {
            for (String period : List.of("2018", "2019", "2020", "unknown")) {
                boolean told = network.logs.get(node).stream()
                        .map(entry -> (SummaryStatement) entry.statement())
                        .anyMatch(summary -> summary.period().equals(Period.parse(period)));
                if (!told) {
                    network.release(node, network.trials, period, network.register());
                }
            }
        }
    }
}
