package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;

/** Who would bear what under other rules: A speaks for 01 and 03, B for 12, C for 14, nobody alone for 13. */
class CompensationTest {
    private static final String Q1 = "2024-Q1";
    private static final String AFTER_DUE = "2024-05-20";

    private final TestNetwork network = new TestNetwork();

    @Test
    void sharesWhatStudiesCostAmongMembersAndRegionsThatAreNobodysAlone() {
        network.release(
                A,
                network.costs,
                Q1,
                network.costs(
                        network.cell("01", 10, 10, 1_000, 0),
                        network.cell("12", 10, 10, 4_000, 0),
                        network.cell("13", 10, 10, 200, 0)));
        for (String node : List.of(B, C, D)) {
            network.release(node, network.costs, Q1, network.costs());
        }

        JsonNode derived = derived();

        assertThat(row(derived, "node", A).path("inhabitants").asLong()).isEqualTo(2_400_000);
        assertThat(row(derived, "node", B).path("inhabitants").asLong()).isEqualTo(1_000_000);
        assertThat(bears(derived, "node", A))
                .isEqualTo("home-pays 1000, study-pays 5200, shared 3100, per-inhabitant 2400");
        assertThat(bears(derived, "node", B))
                .isEqualTo("home-pays 4000, study-pays 0, shared 2000, per-inhabitant 1000");
        assertThat(bears(derived, "node", C)).isEqualTo("home-pays 0, study-pays 0, shared 0, per-inhabitant 1500");
        assertThat(bears(derived, "region", "13"))
                .isEqualTo("home-pays 200, study-pays 0, shared 100, per-inhabitant 300");
        assertThat(row(derived, "node", A).path("gainsOre").path("study-pays")).hasToString("{\"exact\":-4200}");
        assertThat(derived.path("totals").path(0).path("totalOre")).hasToString("{\"exact\":5200}");
        assertThat(derived.path("totals")
                        .path(0)
                        .path("gini")
                        .path("per-inhabitant")
                        .asText())
                .isEqualTo("0.000");
        assertThat(derived.path("totals")
                        .path(0)
                        .path("gini")
                        .path("study-pays")
                        .asText())
                .isEqualTo("0.538");
    }

    @Test
    void keepsTheDoubtOfPooledCells() {
        int scania = network.table.shape().position(List.of("12"));
        int unknown = network.table.shape().position(List.of("unknown"));
        network.release(
                A, network.costs, Q1, network.pooledCosts(List.of(scania, unknown), new long[] {12, 12, 4_001, 0}));
        for (String node : List.of(B, C, D)) {
            network.release(node, network.costs, Q1, network.costs());
        }

        JsonNode derived = derived();

        assertThat(row(derived, "node", B).path("bearsOre").path("home-pays")).hasToString("{\"from\":0,\"to\":4001}");
        assertThat(row(derived, "node", A).path("bearsOre").path("study-pays")).hasToString("{\"exact\":4001}");
        assertThat(derived.path("totals").path(0).path("gini").has("home-pays")).isFalse();
    }

    @Test
    void saysAtLeastAndNoGainWhereAMemberIsSilent() {
        network.release(A, network.costs, Q1, network.costs(network.cell("12", 10, 10, 4_000, 0)));

        JsonNode row = row(derived(), "node", B);

        assertThat(row.path("bearsOre").path("home-pays")).hasToString("{\"atLeast\":4000}");
        assertThat(row.path("gainsOre")).isEmpty();
    }

    @Test
    void needsAmountsByHomeRegion() {
        assertThatThrownBy(() -> TestNetwork.query(network.open, "derive=compensation"))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("derive=compensation needs amounts and items by home region");
    }

    private JsonNode derived() {
        return network.view(network.costs, AFTER_DUE, "to=" + Q1, "derive=compensation")
                .path("derived");
    }

    private static JsonNode row(JsonNode derived, String kind, String name) {
        for (JsonNode row : derived.path("rows")) {
            if (row.path(kind).asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no row of " + name + " in " + derived);
    }

    private static String bears(JsonNode derived, String kind, String name) {
        return row(derived, kind, name).path("bearsOre").properties().stream()
                .map(model ->
                        model.getKey() + " " + model.getValue().path("exact").asLong())
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
    }
}
