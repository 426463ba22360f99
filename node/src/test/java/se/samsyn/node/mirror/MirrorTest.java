package se.samsyn.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Costs;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.record.RecordKind;

/** Five members, so that four of them make a quorum for each other. */
class MirrorTest {
    private static final String QUARTER = "2026-Q1";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra", "sydostra", "mellansverige")
            .late("mellansverige");

    @Test
    void servesOnToALateJoinerWhileTheOriginIsAway() {
        RegionNode norra = federation.node("norra");
        norra.append(300)
                .importRecords(
                        RecordKind.COST_ITEM,
                        Costs.in("24").persons(0, 10, "24", "2026-02-03").csv());
        federation.awaitAgreement();
        long size = norra.node().logSize();
        norra.stop();

        RegionNode joiner = federation.node("mellansverige").start();

        soon().untilAsserted(() ->
                assertThat(joiner.stateOf(norra, "costs", QUARTER)).isEqualTo("reported"));
        assertThat(size).as("a log of more than one tile").isGreaterThan(256);
        assertThat(joiner.heldSize(norra)).isEqualTo(size);
        assertThat(joiner.total("costs", QUARTER, "participants")
                        .path("atLeast")
                        .asLong())
                .isEqualTo(10);
    }
}
