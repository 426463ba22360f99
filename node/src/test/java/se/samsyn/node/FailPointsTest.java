package se.samsyn.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.AddCheckpointRequest;

/** A name that no node ever comes to would be a crash that no test makes. */
class FailPointsTest {
    private static final String QUARTER = "2026-Q2";
    private static final String DAY = "2026-05-11";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra").late("norra");

    private final Reached reached = new Reached();

    @Test
    void areAllReachedBeforeAndAfterWhileANodeJoinsImportsHoldsReleasesCorrectsWithdrawsAndExchanges()
            throws IOException {
        RegionNode norra = federation.node("norra").failPoints(reached).start();
        RegionNode vastra = federation.node("vastra");
        assertThat(norra.user()
                        .post("/api/v1/holds/costs?period=2026-Q3", new byte[0], norra.token(Role.OPERATOR))
                        .statusCode())
                .isEqualTo(200);
        norra.importRecords(
                RecordKind.COST_ITEM, Costs.in("24").persons(0, 10, "24", DAY).csv());
        norra.importRecords(
                RecordKind.COST_ITEM, Costs.in("24").persons(0, 15, "24", DAY).csv());
        vastra.importRecords(
                RecordKind.COST_ITEM, Costs.in("14").persons(0, 7, "14", DAY).csv());
        federation.awaitAgreement();
        norra.retract("costs", QUARTER);
        vastra.retract("costs", QUARTER);
        federation.awaitAgreement();
        assertThat(offerAnotherRoot(norra, vastra)).as("status of a refusal").isNotEqualTo(200);

        soon().untilAsserted(() -> assertThat(reached.before).isEqualTo(inService()));
        soon().untilAsserted(() -> assertThat(reached.after).isEqualTo(inService()));
    }

    /** The others are come to in restores, under accusations and in settlements, and there are tests of their own for them. */
    private static Set<FailPoint> inService() {
        Set<FailPoint> points = EnumSet.complementOf(EnumSet.copyOf(FailPoint.OF_RECOVERY));
        points.removeAll(FailPoint.OF_SETTLEMENT);
        points.remove(FailPoint.WRITE_POSITION);
        return points;
    }

    /** A checkpoint of Västra's log with its true signature and another root than it has. */
    private static int offerAnotherRoot(RegionNode norra, RegionNode vastra) throws IOException {
        TreeHead other = new TreeHead(1, Hash.sha256("another entry".getBytes(UTF_8)));
        String text = new Checkpoint(vastra.name() + "/log", other).encode();
        SignedNote note = SignedNote.of(
                text,
                vastra.keys().logKeys().stream().map(key -> key.signNote(text)).toList());
        return RawClient.tls(
                        norra.peerUrl(), "TLSv1.3", Optional.of(vastra.keys().tls()))
                .post("/add-checkpoint", new AddCheckpointRequest(0, List.of(), note).encode())
                .statusCode();
    }

    private static final class Reached implements FailPoints {
        private final Set<FailPoint> before = Collections.synchronizedSet(EnumSet.noneOf(FailPoint.class));
        private final Set<FailPoint> after = Collections.synchronizedSet(EnumSet.noneOf(FailPoint.class));

        @Override
        public void before(FailPoint point) {
            before.add(point);
        }

        @Override
        public void after(FailPoint point) {
            assertThat(before).as("passed before they were come to").contains(point);
            after.add(point);
        }
    }
}
