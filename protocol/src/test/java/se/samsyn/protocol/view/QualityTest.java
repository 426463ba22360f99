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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/** What is wrong with the data: what members found, where they disagree, and who is silent or stale. */
class QualityTest {
    private static final String TODAY = "2021-06-01";
    private static final List<String> YEARS = List.of("2018", "2019", "2020", "2021", "unknown");

    private final TestNetwork network = new TestNetwork(TestDefinitions.quality());

    @Test
    void countsFindingsAndConflictsInAllAndMemberByMember() {
        for (String year : YEARS) {
            release(A, year, year.equals("2020") ? Map.of("duplicate", 2L, "missing-milestone", 5L) : Map.of());
            release(B, year, year.equals("2019") ? Map.of("duplicate", 1L) : Map.of());
            release(C, year, Map.of());
        }
        // A says phase II and B says III; A has the earlier start, so its word counts
        network.release(
                A,
                network.trials,
                "2020",
                network.register(trial("NCT00000001", "2020-01-01", "II", "commercial", "01")));
        network.release(
                B,
                network.trials,
                "2020",
                network.register(trial("NCT00000001", "2020-02-01", "III", "commercial", "12")));

        JsonNode derived = derived();

        assertThat(derived.path("reads").path("dataset").asText()).isEqualTo("trials");
        assertThat(derived.path("findings"))
                .as("D told nothing")
                .hasToString("[{\"kind\":\"duplicate\",\"count\":{\"atLeast\":3}},"
                        + "{\"kind\":\"missing-milestone\",\"count\":{\"atLeast\":5}}]");
        assertThat(derived.path("conflicts")).hasToString("{\"atLeast\":1}");
        assertThat(derived.path("attributes").findValuesAsText("attribute")).containsExactly("phase", "start");
        assertThat(row(derived, A))
                .hasToString("{\"node\":\"a.example\",\"stale\":false,\"untold\":0,\"rejected\":0,\"conflicts\":1,"
                        + "\"overruled\":0,\"findings\":{\"duplicate\":2,\"missing-milestone\":5}}");
        assertThat(row(derived, B).path("overruled").asInt()).isEqualTo(1);
        assertThat(row(derived, C).path("conflicts").asInt()).isZero();
        assertThat(row(derived, D).path("untold").asInt()).isEqualTo(YEARS.size());
    }

    @Test
    void equalsACountOverGeneratedRegisters() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TestNetwork made = new TestNetwork(TestDefinitions.quality());
            Map<String, Map<String, Set<String>>> phases = new TreeMap<>();
            for (String node : List.of(A, B, C)) {
                String place = TestNetwork.SCOPES.get(node).split(",", -1)[0];
                List<RegisterRow> rows = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    if (random.nextBoolean()) {
                        String id = "NCT0000000" + i;
                        String phase = List.of("I", "II", "unknown").get(random.nextInt(3));
                        rows.add(trial(id, "2020", phase, "commercial", place));
                        if (!phase.equals("unknown")) {
                            phases.computeIfAbsent(id, any -> new TreeMap<>())
                                    .computeIfAbsent(phase, any -> new HashSet<>())
                                    .add(node);
                        }
                    }
                }
                made.release(node, made.trials, "2020", made.register(rows));
            }
            List<Map<String, Set<String>>> disputed = phases.values().stream()
                    .filter(byPhase -> byPhase.size() > 1)
                    .toList();

            JsonNode derived = made.view(made.open, TODAY, "derive=quality").path("derived");

            assertThat(derived.at("/conflicts/atLeast").asInt())
                    .as("seed %d", seed)
                    .isEqualTo(disputed.size());
            for (String node : List.of(A, B, C)) {
                long own = disputed.stream()
                        .filter(byPhase -> byPhase.values().stream().anyMatch(nodes -> nodes.contains(node)))
                        .count();
                assertThat(row(derived, node).path("conflicts").asLong())
                        .as("seed %d, %s", seed, node)
                        .isEqualTo(own);
            }
        }
    }

    @Test
    void isNotAskedOfWhatSaysNothingOfIt() {
        assertThatThrownBy(() -> TestNetwork.query(TestDefinitions.measures(), "derive=quality"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("needs a table of findings by kind");
    }

    private JsonNode derived() {
        return network.view(network.open, TODAY, "derive=quality").path("derived");
    }

    private static JsonNode row(JsonNode derived, String node) {
        for (JsonNode row : derived.path("rows")) {
            if (row.path("node").asText().equals(node)) {
                return row;
            }
        }
        throw new AssertionError("no row of " + node);
    }

    private void release(String node, String year, Map<String, Long> findings) {
        DatasetDefinition quality = network.open;
        Table table = quality.tables().get(0);
        List<Cell> cells = new ArrayList<>();
        new TreeMap<>(findings)
                .forEach((kind, count) -> cells.add(new Cell(table.shape().position(List.of(kind)), Values.of(count))));
        network.release(
                node,
                quality,
                year,
                new Tables(Tables.OPEN, List.of(new Published(table, Tables.OPEN, cells, Optional.empty()))));
    }
}
