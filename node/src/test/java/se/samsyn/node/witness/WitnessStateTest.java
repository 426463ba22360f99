package se.samsyn.node.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.HostileLog;
import se.samsyn.node.HostileMember;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.tlog.Checkpoint;

/** What a witness remembers is what it goes by: whoever asks at the same time, and whatever stops it between two steps. */
class WitnessStateTest {
    private static final int ROUNDS = 12;
    private static final int MORE = 7;
    private static final int OK = 200;

    @RegisterExtension
    final TestFederation federation =
            TestFederation.of("norra", "vastra", "sodra").hostile("vastra", "sodra");

    @Test
    void attack04OfTwoSizesAtOnceTheLargerIsNeverRolledBack() throws IOException {
        RegionNode witness = federation.node("norra");
        HostileMember log = federation.hostileMember("vastra").serve();
        log.grow(1);
        assertThat(log.offer(witness, 0, 1).statusCode()).isEqualTo(OK);
        long size = 1;
        for (int round = 0; round < ROUNDS; round++) {
            log.grow(1 + MORE);
            long old = size;
            CompletableFuture<Integer> smaller =
                    CompletableFuture.supplyAsync(() -> status(log, witness, old, old + 1));
            CompletableFuture<Integer> larger =
                    CompletableFuture.supplyAsync(() -> status(log, witness, old, old + 1 + MORE));
            List<Integer> answers = List.of(smaller.join(), larger.join());

            assertThat(answers).as("only one of them goes on from " + old).containsOnlyOnce(OK);
            size = answers.get(1) == OK ? old + 1 + MORE : old + 1;
            Store store = witness.liveStore();
            CosignedRecord stored =
                    CosignedRecord.parse(store.get(Columns.COSIGNED, log.name()).orElseThrow());
            assertThat(Checkpoint.parse(stored.note().text()).head())
                    .isEqualTo(log.log().head(size));
            assertThat(witness.logIn(store, log.name()).head())
                    .isEqualTo(log.log().head(size));
            // the other one is an old size by now, and stays refused
            assertThat(log.offer(witness, old, old + 1).statusCode()).isNotEqualTo(OK);
            if (size == old + 1) {
                assertThat(log.offer(witness, size, size + MORE).statusCode()).isEqualTo(OK);
                size += MORE;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE_COSIGNED_CHECKPOINT, false",
        "WRITE_COSIGNED_CHECKPOINT, true",
        "SIGN_COSIGNATURE, false",
        "SIGN_COSIGNATURE, true"
    })
    void attack05AfterACrashBetweenStoringAndSigningNoOtherRootIsEverSigned(FailPoint point, boolean after)
            throws IOException {
        RegionNode witness = federation.node("norra").stop();
        HostileMember log = federation.hostileMember("vastra").serve();
        log.grow(2);
        HostileLog fork = log.log().fork(1).append(log.statement());
        witness.failPoints(crashing(point, after)).start();
        assertThat(status(log, witness, 0, 2)).as("crashed").isNotEqualTo(OK);
        witness.stop();
        boolean stored;
        try (Store store = witness.openStore()) {
            stored = store.get(Columns.COSIGNED, log.name()).isPresent();
        }
        assertThat(stored).as("stored before it is signed").isEqualTo(point == FailPoint.SIGN_COSIGNATURE || after);

        witness.failPoints(FailPoints.NONE).start();
        long held = stored ? 2 : 0;
        log.serve(fork);
        int other = log.offer(witness, held, fork.proof(held, 2), log.checkpoint(fork, 2))
                .statusCode();
        log.serve(log.log());
        int same = log.offer(witness, other == OK ? 2 : held, 2).statusCode();

        assertThat(List.of(other, same))
                .as("one of the two roots, and no other")
                .containsOnlyOnce(OK);
        if (stored) {
            assertThat(same).as("what was stored is signed again").isEqualTo(OK);
        }
    }

    private static FailPoints crashing(FailPoint where, boolean afterwards) {
        return new FailPoints() {
            @Override
            public void before(FailPoint point) {
                crash(point, false);
            }

            @Override
            public void after(FailPoint point) {
                crash(point, true);
            }

            private void crash(FailPoint point, boolean after) {
                if (point == where && after == afterwards) {
                    throw new IllegalStateException("crashed at " + point);
                }
            }
        };
    }

    private static int status(HostileMember log, RegionNode witness, long oldSize, long size) {
        try {
            HttpResponse<byte[]> answer = log.offer(witness, oldSize, size);
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
