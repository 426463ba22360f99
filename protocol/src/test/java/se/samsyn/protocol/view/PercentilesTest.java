package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/** Medians and percentiles of what all members counted by number of days. */
class PercentilesTest {
    private static final String AFTER_DUE = "2021-05-20";

    private final TestNetwork network = new TestNetwork(TestDefinitions.leadTimes());
    private final DatasetDefinition leadTimes = network.open;

    @Test
    void areThoseOfAllMembersTogether() {
        release(A, "2020", Map.of("II 10", 3L, "II 40", 1L, "III 7", 1L));
        release(B, "2020", Map.of("II 20", 4L, "II 400", 2L, "II unknown", 9L));
        release(C, "2020", Map.of());
        release(D, "2020", Map.of());

        JsonNode derived = view("to=2020").path("derived");

        // phase II: 10 10 10 20 20 20 20 40 and two of more than 365; of unknown ones there are no days
        JsonNode row = derived.path("rows").path(0);
        assertThat(row.path("phase").asText()).isEqualTo("II");
        assertThat(row.path("told")).hasToString("{\"exact\":10}");
        assertThat(row.path("percentiles"))
                .hasToString("{\"p10\":{\"exact\":10},\"p25\":{\"exact\":10},\"p50\":{\"exact\":20},"
                        + "\"p75\":{\"exact\":40},\"p90\":{\"atLeast\":366}}");
        assertThat(derived.path("largestMedian")).hasToString("{\"phase\":\"II\"}");
    }

    @Test
    void areOfWhatWasToldWhereAMemberIsSilent() {
        release(A, "2020", Map.of("II 10", 3L));

        JsonNode row = view("to=2020").path("derived").path("rows").path(0);

        assertThat(row.path("told")).hasToString("{\"atLeast\":3}");
        assertThat(row.has("percentiles")).isFalse();
        assertThat(row.path("percentilesOfTold").path("p50")).hasToString("{\"exact\":10}");
    }

    @Test
    void areToldOfAllPeriodsTogetherToo() {
        for (String node : List.of(A, B, C, D)) {
            release(node, "2020", Map.of("II 10", 1L));
            release(node, "2021", node.equals(A) ? Map.of("II 30", 5L) : Map.of());
        }

        JsonNode derived = network.view(leadTimes, "2022-05-20", "table=phase-days", "to=2021", "derive=percentiles")
                .path("derived");

        assertThat(derived.path("rows").findValuesAsText("period")).containsExactly("2020", "2021");
        assertThat(derived.path("together").path(0).path("percentiles").path("p50"))
                .hasToString("{\"exact\":30}");
    }

    @Test
    void doNotListEveryNumberOfWhichNothingIsTold() {
        release(A, "2020", Map.of("II 10", 3L));

        assertThat(view("to=2020").path("rows")).hasSize(1);
    }

    @Test
    void needATableThatCountsByNumber() {
        assertThatThrownBy(() -> TestNetwork.query(leadTimes, "table=phase", "derive=percentiles"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("derive=percentiles needs an open table with one measure whose last dimension is a number,"
                        + " such as the days of dataset lead-times");
    }

    private JsonNode view(String param) {
        return network.view(leadTimes, AFTER_DUE, "table=phase-days", param, "derive=percentiles");
    }

    /** @param counts by phase and days, a space between them */
    private void release(String node, String period, Map<String, Long> counts) {
        Table table = leadTimes.tables().get(0);
        Table phases = leadTimes.tables().get(1);
        Map<Integer, Long> byPosition = new TreeMap<>();
        counts.forEach((codes, count) -> byPosition.put(
                table.shape().position(List.of(codes.replace("400", "366-").split(" "))), count));
        network.release(
                node,
                leadTimes,
                period,
                new Tables(
                        Tables.OPEN,
                        List.of(
                                new Published(table, Tables.OPEN, cells(byPosition), Optional.empty()),
                                new Published(phases, Tables.OPEN, cells(sums(table, byPosition)), Optional.empty()))));
    }

    private static Map<Integer, Long> sums(Table table, Map<Integer, Long> byPosition) {
        Map<Integer, Long> sums = new TreeMap<>();
        byPosition.forEach((position, count) -> sums.merge(table.shape().codeIndex(position, 0), count, Long::sum));
        return sums;
    }

    private static List<Cell> cells(Map<Integer, Long> byPosition) {
        return byPosition.entrySet().stream()
                .map(cell -> new Cell(cell.getKey(), Values.of(cell.getValue())))
                .toList();
    }
}
