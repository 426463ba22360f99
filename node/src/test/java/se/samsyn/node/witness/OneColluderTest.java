package se.samsyn.node.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.HostileMember;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.view.LogBasis;

/** One of six: the others are a quorum without it. */
class OneColluderTest extends Collusion {
    private static final Duration LATER = Duration.ofSeconds(5);

    @RegisterExtension
    final TestFederation federation = TestFederation.of(MEMBERS).hostile("vastra", "kust");

    @Test
    void anAnswerFromACheckpointWhoseTimeIsAnotherWithoutTheVoteOfTheAccusedCanBeGivenAgain() throws IOException {
        assertAnswerCanBeGivenAgain(federation.node("norra"));
    }

    @Test
    void noSuchAnswerIsGivenBeforeItCanBeGivenAgain() throws IOException {
        RegionNode norra = federation.node("norra");
        AtomicInteger failures = new AtomicInteger();
        norra.stop().failPoints(new FailPoints() {
            @Override
            public void before(FailPoint point) {
                if (point == FailPoint.WRITE_POSITION && failures.getAndIncrement() == 0) {
                    throw new StoreException("no space left on the disk");
                }
            }

            @Override
            public void after(FailPoint point) {}
        });
        norra.start();

        assertAnswerCanBeGivenAgain(norra);

        assertThat(failures.get()).as("writes, the first of which failed").isGreaterThan(1);
        norra.restart();
        soon().untilAsserted(() ->
                assertThat(timeAt(norra)).as("after a restart").isEqualTo(TestFederation.START.getEpochSecond()));
    }

    private void assertAnswerCanBeGivenAgain(RegionNode norra) throws IOException {
        List<HostileMember> colluding = List.of(federation.hostileMember("kust"));
        fork(federation.hostileMember("vastra"), colluding);
        long earliest = TestFederation.START.getEpochSecond();
        SignedNote byAll = witnessed(norra, liar.log(), first);
        federation.nodes().forEach(node -> node.clock().advance(LATER));
        for (RegionNode node : federation.nodes()) {
            if (node != norra) {
                byAll = witnessed(node, liar.log(), byAll);
            }
        }
        byAll = colluding.get(0).cosign(byAll, earliest + LATER.toSeconds());
        liar.show(norra, liar.log(), byAll);
        soon().untilAsserted(() -> assertThat(timeAt(norra)).isEqualTo(earliest + LATER.toSeconds()));

        liar.show(norra, other, second);
        assertAllAreAccused(norra, colluding);

        soon().untilAsserted(() ->
                assertThat(timeAt(norra)).as("without the vote of kust").isEqualTo(earliest));
        HttpResponse<byte[]> answer = norra.user().get("/api/v1/views/costs", norra.token(Role.COORDINATOR));
        JsonNode basis = Json.parse(answer.body()).path("basis");
        HttpResponse<byte[]> again =
                norra.user().post("/api/v1/views/costs", CanonicalJson.encode(basis), norra.token(Role.COORDINATOR));
        assertThat(RawClient.text(again)).isEqualTo(RawClient.text(answer));
        assertThat(new StoredLog(norra.liveStore(), liar.name()).publishedBy(earliest))
                .as("what was published then, by all votes")
                .isEmpty();
    }

    private long timeAt(RegionNode node) {
        return node.node()
                .picture()
                .basis(node.clock().instant().getEpochSecond())
                .log(liar.name())
                .map(LogBasis::timeSeconds)
                .orElse(0L);
    }
}
