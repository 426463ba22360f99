package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.record.RecordKind;

/** Four members: a log needs the cosignatures of all three others. */
class QuorumTest {
    private static final String QUARTER = "2026-Q1";
    private static final String DAY = "2026-02-03";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra", "sydostra");

    private final String tenPersons = Costs.in("24").persons(0, 10, "24", DAY).csv();

    @Test
    void countsNothingNewWithoutAQuorumAndCatchesUpWithoutARestart() {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        RegionNode sydostra = federation.node("sydostra");
        federation.awaitAgreement();
        sydostra.stop();

        norra.importRecords(RecordKind.COST_ITEM, tenPersons);
        long size = norra.node().logSize();
        // vastra has cosigned all of it, so that nothing but the quorum is missing
        soon().until(() -> vastra.heldSize(norra) == size);
        assertThat(norra.stateOf(norra, "costs", QUARTER)).isEqualTo("missing");
        assertThat(vastra.stateOf(norra, "costs", QUARTER)).isEqualTo("missing");

        sydostra.start();
        federation.awaitAgreement();
        assertThat(federation.nodes())
                .allMatch(node -> node.stateOf(norra, "costs", QUARTER).equals("reported"));
    }

    @Test
    void goesOnWhereItWasAfterARestartOfAll() {
        RegionNode norra = federation.node("norra");
        norra.importRecords(RecordKind.COST_ITEM, tenPersons);
        federation.awaitAgreement();
        byte[] before = norra.view("costs").encode();

        federation.nodes().parallelStream().forEach(RegionNode::stop);
        federation.nodes().parallelStream().forEach(RegionNode::start);

        soon().untilAsserted(() -> assertThat(federation.nodes())
                .allSatisfy(node -> assertThat(node.view("costs").encode()).isEqualTo(before)));
        norra.importRecords(
                RecordKind.COST_ITEM, Costs.in("24").persons(0, 20, "24", DAY).csv());
        federation.awaitAgreement();
        assertThat(norra.total("costs", QUARTER, "participants").path("atLeast").asLong())
                .isEqualTo(20);
    }

    @Test
    void followsOnceAClockThatWasBehindAtTheStartIsPutRight() {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        norra.importRecords(RecordKind.COST_ITEM, tenPersons);
        federation.awaitAgreement();

        vastra.stop().clock().goBack(Duration.ofHours(2));
        vastra.start();
        vastra.clock().advance(Duration.ofHours(2));

        federation.awaitAgreement();
        assertThat(vastra.stateOf(norra, "costs", QUARTER)).isEqualTo("reported");
    }
}
