package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;
import static se.samsyn.protocol.view.ViewReader.member;
import static se.samsyn.protocol.view.ViewReader.row;
import static se.samsyn.protocol.view.ViewReader.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.summary.SummaryContent;

/** Figures over tables, and the states of the members behind them. */
class NationalFiguresTest {
    private static final String Q1 = "2024-Q1";
    private static final String BEFORE_DUE = "2024-05-15";
    private static final String AFTER_DUE = "2024-05-16";

    private final TestNetwork network = new TestNetwork();

    @Test
    void addsUpWhatAllMembersReported() {
        releaseByAll(network.costs(network.cell("03", 5, 5, 7, 0), network.cell("12", 10, 20, 3_000, 1)));

        JsonNode view = costs(BEFORE_DUE);

        assertThat(row(view, "12"))
                .hasToString(
                        "{\"period\":\"2024-Q1\",\"home-region\":\"12\",\"values\":{\"participants\":{\"exact\":40},"
                                + "\"items\":{\"exact\":80},\"amountOre\":{\"exact\":12000},"
                                + "\"creditOre\":{\"exact\":4}},"
                                + "\"states\":{\"reported\":4}}");
        assertThat(total(view, "participants")).hasToString("{\"exact\":60}");
        assertThat(view.get("rows"))
                .as("a row that is not there is exactly zero")
                .hasSize(2);
        assertThat(view.at("/coverage/all")).hasSize(4);
    }

    @Test
    void showsAPooledCellAsAnIntervalAndKeepsTheTotalExact() {
        network.release(
                A,
                network.costs,
                Q1,
                network.pooledCosts(List.of(0, 1), new long[] {9, 12, 500, 0}, network.cell("12", 10, 20, 3_000, 0)));
        releaseZeroBy(B, C);
        network.release(D, network.costs, Q1, network.costs(network.cell("01", 6, 6, 100, 0)));

        JsonNode view = costs(BEFORE_DUE);

        assertThat(row(view, "01").at("/values/participants")).hasToString("{\"from\":6,\"to\":15}");
        assertThat(row(view, "01").at("/values/creditOre")).hasToString("{\"exact\":0}");
        assertThat(row(view, "01").get("states")).hasToString("{\"reported\":1,\"zero\":2,\"pooled\":1}");
        assertThat(row(view, "03").at("/values/amountOre")).hasToString("{\"from\":0,\"to\":500}");
        assertThat(row(view, "12").at("/values/participants")).hasToString("{\"exact\":10}");
        assertThat(row(view, "12").get("states")).hasToString("{\"reported\":2,\"zero\":2}");
        assertThat(total(view, "participants")).hasToString("{\"exact\":25}");
        assertThat(total(view, "amountOre")).hasToString("{\"exact\":3600}");
        assertThat(view.at("/totals/0/states")).hasToString("{\"reported\":1,\"zero\":2,\"pooled\":1}");
        assertThat(state(view, A)).isEqualTo("pooled");
        assertThat(state(view, B)).isEqualTo("zero");
    }

    @Test
    void saysAtLeastWhereAMemberWithholdsAndShowsEveryRow() {
        network.release(A, network.costs, Q1, network.withheldCosts());
        releaseZeroBy(B, C);
        network.release(D, network.costs, Q1, network.costs(network.cell("01", 6, 6, 100, 0)));

        JsonNode view = costs(BEFORE_DUE);

        assertThat(state(view, A)).isEqualTo("withheld");
        assertThat(row(view, "01").at("/values/participants")).hasToString("{\"atLeast\":6}");
        assertThat(row(view, "14").at("/values/participants")).hasToString("{\"atLeast\":0}");
        assertThat(row(view, "14").get("states")).hasToString("{\"reported\":1,\"zero\":2,\"withheld\":1}");
        assertThat(total(view, "participants")).hasToString("{\"atLeast\":6}");
        assertThat(view.get("rows")).hasSize(6);
        assertThat(view.at("/coverage/none")).hasToString("[\"a.example\"]");
    }

    @Test
    void awaitsASummaryUntilItIsDueAndMissesItThen() {
        releaseZeroBy(A, B, C);

        assertThat(state(costs(BEFORE_DUE), D)).isEqualTo("awaited");
        assertThat(state(costs(AFTER_DUE), D)).isEqualTo("missing");
        assertThat(total(costs(AFTER_DUE), "items")).hasToString("{\"atLeast\":0}");
    }

    @Test
    void attack31TellsHowFreshEachLogIsFromTheBasisAlone() {
        Basis basis = network.basis(BEFORE_DUE);
        List<LogBasis> logs = List.of(
                new LogBasis(A, TestNetwork.head(0), basis.atSeconds() - NationalView.MAX_AGE_SECONDS),
                new LogBasis(B, TestNetwork.head(0), basis.atSeconds() - NationalView.MAX_AGE_SECONDS - 1));
        JsonNode view = network.picture()
                .view(TestNetwork.query(network.costs), new Basis(1, basis.rootHash(), logs, basis.atSeconds()))
                .json();

        assertThat(member(view, A).get("stale").booleanValue()).isFalse();
        assertThat(member(view, A).get("ageSeconds").longValue()).isEqualTo(93_600);
        assertThat(member(view, B).get("stale").booleanValue()).isTrue();
        assertThat(member(view, C).has("ageSeconds")).isFalse();
        assertThat(view.at("/coverage/stale")).hasToString("[\"0.example\",\"b.example\",\"c.example\"]");
    }

    @Test
    void capsWhatAbsurdMembersSayInsteadOfFalling() {
        long max = CanonicalJson.MAX_INTEGER;
        releaseByAll(network.costs(network.cell("01", max, max, max, 0)));

        assertThat(row(costs(BEFORE_DUE), "01").at("/values/items")).hasToString("{\"atLeast\":" + max + "}");
    }

    @Test
    void compactsAMembersPeriodsIntoRuns() {
        releaseZeroBy(A);
        network.release(A, network.costs, "2024-Q2", network.costs());

        JsonNode view = costs("2024-11-20");

        assertThat(member(view, A).get("periods"))
                .hasToString("[{\"from\":\"2024-Q1\",\"to\":\"2024-Q2\",\"state\":\"zero\"},"
                        + "{\"from\":\"2024-Q3\",\"to\":\"2024-Q3\",\"state\":\"missing\"}]");
        assertThat(view.at("/coverage/some")).hasToString("[\"a.example\"]");
    }

    private void releaseByAll(SummaryContent content) {
        TestNetwork.NODES.forEach(node -> network.release(node, network.costs, Q1, content));
    }

    private void releaseZeroBy(String... nodes) {
        for (String node : nodes) {
            network.release(node, network.costs, Q1, network.costs());
        }
    }

    private JsonNode costs(String day) {
        return network.view(network.costs, day);
    }

    private static JsonNode total(JsonNode view, String measure) {
        return view.at("/totals/0/values/" + measure);
    }
}
