package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.NextVersion;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Roster;
import se.samsyn.protocol.summary.RosterRow;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/** Revisions of a period under another version of the definition than the one before. */
class VersionRevisionsTest {
    private static final String CODES = "/dimensions/0/codes/codes";
    private static final String Q1 = "2024-Q1";

    @Test
    void aRevisionUnderTheNewVersionTakesThePlaceOfTheOneBefore() {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.costs(), json -> NextVersion.relabel(json, CODES));
        TestNetwork network = VersionsInViewsTest.networkWith(newest);
        Hash first = network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 20, 300, 4)));
        network.release(A, newest, Q1, Optional.of(first), VersionsInViewsTest.costs(newest, "01", 16, 26, 400, 4));

        JsonNode view = network.view(newest, "2024-04-15");

        assertThat(view.at("/totals/0/values/participants")).hasToString("{\"atLeast\":16}");
        assertThat(ViewReader.member(view, A).at("/periods/0").has("version")).isFalse();
    }

    @Test
    void aNewVersionIsNoWayAroundTheRuleOfRevisions() {
        DatasetDefinition same = NextVersion.of(TestDefinitions.costs(), json -> NextVersion.relabel(json, CODES));
        assertThat(revised(same, VersionsInViewsTest.costs(same, "01", 11, 20, 300, 4)))
                .isEqualTo("table home-region, cell [01]: differs from an earlier revision by 1 participants, expected"
                        + " no difference at all or k = 5");

        DatasetDefinition renamed = NextVersion.of(
                TestDefinitions.costs(), json -> ((ObjectNode) json.at("/tables/0")).put("name", "region"));
        assertThat(revised(renamed, VersionsInViewsTest.costs(renamed, "01", 11, 20, 300, 4)))
                .isEqualTo(
                        "version 2 of the definition has no protected table home-region, which an earlier revision of"
                                + " the same period told; the period stays with the version that it was told under");

        DatasetDefinition open = NextVersion.of(
                TestDefinitions.costs(), json -> ((ObjectNode) json.at("/tables/0")).remove("disclosure"));
        Table table = open.tables().get(0);
        assertThat(revised(
                        open,
                        new Tables(
                                Tables.OPEN,
                                List.of(new Published(
                                        table,
                                        Tables.OPEN,
                                        List.of(new Cell(0, Values.of(1, 1, 1, 0))),
                                        Optional.empty())))))
                .startsWith("version 2 of the definition has no protected table home-region");

        DatasetDefinition split =
                NextVersion.of(TestDefinitions.costs(), json -> NextVersion.add(json, CODES, NextVersion.code("99")));
        assertThat(revised(split, VersionsInViewsTest.costs(split, "01", 10, 20, 300, 4)))
                .isEqualTo(
                        "table home-region has other cells or measures than in an earlier revision of the same period");

        DatasetDefinition fewer = VersionsInViewsTest.comparable();
        assertThat(revised(fewer, VersionsInViewsTest.costs(fewer, "01", 10, 20, 300)))
                .startsWith("table home-region has other cells");
    }

    /** Why a release under a version is rejected after one under the first. */
    private static String revised(DatasetDefinition newest, Tables content) {
        TestNetwork network = VersionsInViewsTest.networkWith(newest);
        Hash first = network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 20, 300, 4)));
        network.release(A, newest, Q1, Optional.of(first), content);
        String reason = ViewReader.reason(network.view(newest, "2024-04-15"), A);
        // with the first one withdrawn nothing is left to be subtracted
        network.retract(A, first);
        assertThat(ViewReader.state(network.view(newest, "2024-04-15"), A)).isEqualTo("reported");
        return reason;
    }

    @Test
    void whatIsSettledIsCarriedOverWholeOrNotAtAll() {
        DatasetDefinition first = TestDefinitions.settlement();
        DatasetDefinition relabelled = NextVersion.of(first, json -> NextVersion.reverse(json, "/roster/columns"));
        assertThat(settled(first, relabelled).path("state").asText()).isEqualTo("reported");

        DatasetDefinition otherK =
                NextVersion.of(first, json -> ((ObjectNode) json.at("/roster/settlement")).put("k", 9));
        assertThat(settled(first, otherK).path("reason").asText())
                .endsWith("version 2: its roster tells what is settled otherwise");

        TestNetwork network = new TestNetwork(first, TestDefinitions.trials(), otherK);
        Hash release =
                network.release(A, first, Q1, new Roster(first.roster().orElseThrow(), List.of(settledRow(first))));
        network.release(
                A, otherK, Q1, Optional.of(release), new Roster(otherK.roster().orElseThrow(), List.of()));
        assertThat(ViewReader.reason(network.view(otherK, "2024-04-15"), A))
                .startsWith("version 2 of the definition tells what is settled otherwise than an earlier revision");
    }

    @Test
    void aRevisionUnderAnotherOrderOfColumnsIsComparedByTheirNames() {
        DatasetDefinition first = TestDefinitions.settlement();
        DatasetDefinition newest = NextVersion.of(first, json -> NextVersion.reverse(json, "/roster/columns"));
        TestNetwork network = new TestNetwork(first, TestDefinitions.trials(), newest);
        RosterRow row = settledRow(first);
        Hash release = network.release(A, first, Q1, new Roster(first.roster().orElseThrow(), List.of(row)));
        List<List<String>> cells = new ArrayList<>(row.cells());
        cells.set(5, List.of("900001"));
        Collections.reverse(cells);
        RosterRow changed = new RosterRow(row.id(), cells, Optional.empty());
        network.release(
                A, newest, Q1, Optional.of(release), new Roster(newest.roster().orElseThrow(), List.of(changed)));

        assertThat(ViewReader.reason(network.view(newest, "2024-04-15"), A))
                .contains("was told with other numbers before");
    }

    /** A member's part of a quarter under the newest version, if it told a settlement under the first. */
    private static JsonNode settled(DatasetDefinition first, DatasetDefinition newest) {
        TestNetwork network = new TestNetwork(first, TestDefinitions.trials(), newest);
        network.release(A, first, Q1, new Roster(first.roster().orElseThrow(), List.of(settledRow(first))));
        return ViewReader.member(network.view(newest, "2024-04-15"), A).at("/periods/0");
    }

    private static RosterRow settledRow(DatasetDefinition definition) {
        assertThat(definition.roster().orElseThrow().columns()).hasSize(8);
        return new RosterRow(
                "1",
                List.of(
                        List.of(A),
                        List.of(B),
                        List.of(Hash.sha256(new byte[] {1}).toHex()),
                        List.of("matched"),
                        List.of("4"),
                        List.of("900000"),
                        List.of("900000"),
                        List.of("9")),
                Optional.empty());
    }
}
