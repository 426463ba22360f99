package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;
import static se.samsyn.protocol.view.TestNetwork.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/** What follows from figures, and for how many people they stand. */
class DerivationTest {
    private static final String Q1 = "2024-Q1";
    private static final String AFTER_DUE = "2024-05-20";

    private final TestNetwork network = new TestNetwork();

    @Test
    void tellsCostsForEachHundredThousandInhabitantsOfTheHomeRegion() {
        network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 10, 4_000_000, 0)));
        network.release(B, network.costs, Q1, network.costs(network.cell("12", 10, 20, 1_000_000, 0)));
        network.release(C, network.costs, Q1, network.costs());
        network.release(D, network.costs, Q1, network.costs());

        JsonNode derived = network.view(network.costs, AFTER_DUE, "to=" + Q1, "derive=access")
                .path("derived");

        // 4,000,000 öre over 2,000,000 people; 1,000,000 over 1,000,000; 5,000,000 over all 5,200,000
        assertThat(derived.path("per").asInt()).isEqualTo(100_000);
        assertThat(derived.path("rows").findValuesAsText("home-region")).containsExactly("01", "12");
        assertThat(exactly(derived.path("rows").path(0), "amountOre")).isEqualTo("200000.00");
        assertThat(exactly(derived.path("rows").path(1), "amountOre")).isEqualTo("100000.00");
        assertThat(derived.path("totals").path(0).path("inhabitants").asLong()).isEqualTo(5_200_000);
        assertThat(exactly(derived.path("totals").path(0), "amountOre")).isEqualTo("96153.85");
        // by the Lorenz curve: 2.2 million have nothing, 1 million have 1 of 5, 2 million have 4 of 5:
        // area = (0.5*0.2*1 + (0.2+1)/2*2)/5.2 = 1.3/5.2 = 0.25
        assertThat(derived.path("totals").path(0).path("gini").path("amountOre").asText())
                .isEqualTo("0.500");
        assertThat(derived.path("totals").path(0).path("gini").has("creditOre")).isFalse();
    }

    @Test
    void keepsTheDoubtOfPooledCellsAndSaysNoInequalityThen() {
        network.release(A, network.costs, Q1, network.pooledCosts(List.of(position("01"), position("03")), new long[] {
            12, 12, 400_000, 0
        }));
        for (String node : List.of(B, C, D)) {
            network.release(node, network.costs, Q1, network.costs());
        }

        JsonNode derived = network.view(network.costs, AFTER_DUE, "to=" + Q1, "derive=access")
                .path("derived");

        assertThat(derived.path("rows").path(1).path("values").path("amountOre"))
                .hasToString("{\"from\":\"0.00\",\"to\":\"100000.00\"}");
        assertThat(derived.path("totals").path(0).path("gini")).isEmpty();
    }

    /** Halland, a county of 300,000, is told whole by one member, and by municipality by two. */
    @Test
    void countsNobodyTwiceWherePlacesLieWithinOthers() {
        TestNetwork units = new TestNetwork(TestDefinitions.capacity());
        units.release(A, units.open, "2020", beds(units, "01", "II", 40));
        units.release(B, units.open, "2020", beds(units, "1380", "II", 6));
        units.release(C, units.open, "2020", beds(units, "1382", "II", 3));
        units.release(D, units.open, "2020", new Tables(Tables.OPEN, List.of(published(units))));

        JsonNode derived =
                units.view(units.open, "2021-05-20", "to=2020", "derive=access").path("derived");

        // 40 over 2,000,000; 9 over 300,000; 49 over all 5,200,000
        assertThat(derived.path("rows").findValuesAsText("region")).containsExactly("01", "13");
        assertThat(exactly(derived.path("rows").path(0), "beds")).isEqualTo("2.00");
        assertThat(exactly(derived.path("rows").path(1), "beds")).isEqualTo("3.00");
        JsonNode total = derived.path("totals").path(0);
        assertThat(total.path("inhabitants").asLong()).isEqualTo(5_200_000);
        assertThat(exactly(total, "beds")).isEqualTo("0.94");
        // 2.9 million have nothing, 2 million have 40 of 49, 0.3 million 9 of 49: by the Lorenz curve,
        // area = (2*40/49/2 + 0.3*(40/49+1)/2)/5.2 = 0.20938
        assertThat(total.path("gini").path("beds").asText()).isEqualTo("0.581");
    }

    private static Tables beds(TestNetwork units, String place, String phase, long beds) {
        int position = units.open.tables().get(0).shape().position(List.of(place, phase));
        return new Tables(Tables.OPEN, List.of(published(units, new Cell(position, Values.of(beds)))));
    }

    private static Published published(TestNetwork units, Cell... cells) {
        return new Published(units.open.tables().get(0), Tables.OPEN, List.of(cells), Optional.empty());
    }

    @Test
    void saysForHowManyInhabitantsAFigureStands() {
        network.release(A, network.costs, Q1, network.costs());
        network.release(B, network.costs, Q1, network.withheldCosts());
        network.release(C, network.costs, Q1, network.costs());

        JsonNode view = network.view(network.costs, AFTER_DUE, "to=" + Q1);

        // A speaks for 01 and 03, C for 14 and 1382; B withheld its table, D is silent and speaks for nobody
        assertThat(view.path("totals").path(0).path("inhabitantsTold").asLong()).isEqualTo(2_400_000 + 1_600_000);
        assertThat(view.path("coverage").path("inhabitants").asLong()).isEqualTo(5_200_000);
        assertThat(view.path("coverage").path("countedOn").asText()).isEqualTo("2019-12-31");
    }

    @Test
    void comparesTheLastEndedYearWithTheFifthBeforeItAndShowsWhatOthersPublished() {
        releaseTrials("2018", 4);
        releaseTrials("2019", 2);
        releaseTrials("2023", 3);
        releaseTrials("2024", 1);

        JsonNode derived = network.view(network.trials, "2024-11-23", "group=phase", "derive=trend")
                .path("derived");

        assertThat(derived.path("period").asText()).isEqualTo("2023");
        assertThat(derived.path("rows")).hasSize(1);
        JsonNode row = derived.path("rows").path(0);
        assertThat(row.path("phase").asText()).isEqualTo("II");
        assertThat(row.path("values").path("trials")).hasToString("{\"exact\":3}");
        assertThat(row.path("against")).hasSize(1);
        assertThat(row.path("against").path(0).path("period").asText()).isEqualTo("2018");
        assertThat(row.path("against").path(0).path("changePercent").path("trials"))
                .hasToString("{\"exact\":\"-25.0\"}");
        assertThat(derived.path("total").path("against").path(0).path("values").path("trials"))
                .hasToString("{\"exact\":4}");
        assertThat(derived.path("comparisons").path(0).path("byYear")).hasToString("{\"2019\":235,\"2020\":231}");
    }

    @Test
    void saysNothingOfATrendBeforeAYearHasEnded() {
        JsonNode derived =
                network.view(network.trials, "2018-11-23", "derive=trend").path("derived");

        assertThat(derived.has("period")).isFalse();
        assertThat(derived.path("rows")).isEmpty();
        assertThat(derived.has("total")).isFalse();
    }

    @Test
    void refusesWhatTheFiguresCannotTell() {
        assertThatThrownBy(() -> TestNetwork.query(network.trials, "derive=access"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("derive=access needs rows by region: add by=region");
        assertThatThrownBy(() -> TestNetwork.query(network.costs, "derive=trend"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("derive=trend compares years, and dataset costs goes by quarter");
        assertThatThrownBy(() -> TestNetwork.query(network.costs, "derive=magic"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("nothing is derived by \"magic\"; there is access, board, compensation, due, lead-times,"
                        + " overlap, percentiles, quality, reserve-sites, settlement, trend");
    }

    private void releaseTrials(String year, int count) {
        List<RegisterRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(trial("NCT0" + year + "00" + i, year + "-03-01", "II", "commercial", "01"));
        }
        network.release(A, network.trials, year, network.register(rows));
        for (String node : List.of(B, C, D)) {
            network.release(node, network.trials, year, network.register());
        }
    }

    private int position(String region) {
        return network.table.shape().position(List.of(region));
    }

    private static String exactly(JsonNode row, String measure) {
        return row.path("values").path(measure).path("exact").asText();
    }
}
