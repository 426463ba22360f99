package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Json;
import se.samsyn.node.store.FailPoint;

/**
 * One of four processes is killed again and again, at every fail point and at random moments, while all of them import, release, withdraw
 * and exchange. After each kill its disk is judged against what it had told others, and it goes on from there.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CrashTest {
    private static final String VICTIM = CrashNetwork.VICTIM;
    private static final String PEER = CrashNetwork.PEER;
    /** Few where somebody waits for the tests; {@code .ci/run} asks for fifty. */
    private static final int RANDOM_KILLS = Integer.getInteger("samsyn.crash.kills", 10);

    private static final int STARTING_MILLIS = 1_500;
    private static final int WORKING_MILLIS = 700;
    private static final long VICTIM_PAUSE_MILLIS = 300;
    private static final long PEER_PAUSE_MILLIS = 800;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> MOMENTS = List.of(CrashingNode.BEFORE, CrashingNode.AFTER);

    /** Those that a node comes to only when it joins, in their order. */
    private static final List<FailPoint> JOINING =
            List.of(FailPoint.WRITE_IDENTITY, FailPoint.WRITE_ROOT, FailPoint.WRITE_NETWORK_HASH);

    /** The points that a node comes to only if somebody lies. */
    private static final Set<FailPoint> FORGED =
            EnumSet.of(FailPoint.WRITE_EVIDENCE, FailPoint.WRITE_REFUSED_CHECKPOINT);
    /** Those, what only a node comes to whose store is restored or that settles invoices, and what an accused witness brings about. */
    private static final Set<FailPoint> OTHERS = Stream.of(
                    JOINING, FailPoint.OF_RECOVERY, FailPoint.OF_SETTLEMENT, Set.of(FailPoint.WRITE_POSITION))
            .flatMap(Collection::stream)
            .collect(Collectors.toSet());

    @RegisterExtension
    private static final SamsynProcesses SAMSYN = new SamsynProcesses();

    @TempDir
    private static Path folder;

    private static final CrashWorkload.Acknowledged BY_VICTIM = new CrashWorkload.Acknowledged();
    private static final CrashWorkload.Acknowledged BY_PEER = new CrashWorkload.Acknowledged();
    private static final long SEED = Long.getLong("samsyn.crash.seed", System.nanoTime());

    private static CrashNetwork network;
    private static CrashJudge judge;

    @BeforeAll
    static void setUp() throws IOException, InterruptedException {
        network = new CrashNetwork(SAMSYN, folder);
        judge = new CrashJudge(network);
        System.out.printf("kills: -Dsamsyn.crash.seed=%d%n", SEED);
    }

    @AfterAll
    static void judgeAllStores() throws InterruptedException {
        for (String node : CrashNetwork.NODES) {
            if (SAMSYN.isStarted(node)) {
                SAMSYN.kill(node);
            }
        }
        for (String node : CrashNetwork.NODES) {
            CrashWorkload.Acknowledged acknowledged =
                    node.equals(VICTIM) ? BY_VICTIM : node.equals(PEER) ? BY_PEER : new CrashWorkload.Acknowledged();
            judge.judge("in the end", node, acknowledged);
        }
        CommandRun fsck = SAMSYN.run("fsck", "--config", network.config(VICTIM).toString());
        assertThat(fsck.exitCode()).as(fsck.out() + fsck.err()).isZero();
    }

    @Test
    @Order(1)
    void joinsAfterAKillAtEveryPointOfJoining() throws Exception {
        for (FailPoint point : JOINING) {
            for (String moment : MOMENTS) {
                network.join(VICTIM, point + " " + moment + " 1");
                assertThat(SAMSYN.awaitExit(VICTIM)).as(point + " " + moment).isEqualTo(CrashingNode.CRASHED);
            }
        }
        network.start(VICTIM, CrashingNode.NEVER);
        awaitAgreement();
        CommandRun tooEarly =
                CommandRun.of("fsck", "--config", network.config(VICTIM).toString());
        assertThat(tooEarly.exitCode())
                .as("while another process uses the store")
                .isEqualTo(2);
        assertThat(tooEarly.err()).contains("in use by a running process");
        SAMSYN.kill(VICTIM);
        judge.judgeVictim("after joining", BY_VICTIM);
        SAMSYN.start(VICTIM, "run", "--config", network.config(VICTIM).toString());
    }

    @Test
    @Order(2)
    void losesNothingAcknowledgedWhenItIsKilledBeforeAndAfterEveryWriteAndSignature() throws Exception {
        Random random = new Random(SEED);
        List<String> refusals = new ArrayList<>();
        SAMSYN.kill(VICTIM);
        try (CrashWorkload victim = new CrashWorkload(SAMSYN, network, VICTIM, VICTIM_PAUSE_MILLIS, BY_VICTIM);
                CrashWorkload peer = new CrashWorkload(SAMSYN, network, PEER, PEER_PAUSE_MILLIS, BY_PEER);
                CrashNetwork.Forger forger = network.new Forger()) {
            for (FailPoint point : EnumSet.complementOf(EnumSet.copyOf(OTHERS))) {
                for (String moment : MOMENTS) {
                    // of one key there is evidence once: what was not written before the kill is found again at the
                    // next start
                    int time = point == FailPoint.WRITE_EVIDENCE ? 1 : 1 + random.nextInt(2);
                    String crash = point + " " + moment + " " + time;
                    network.start(VICTIM, crash);
                    while (FORGED.contains(point) && SAMSYN.outlives(VICTIM, 200)) {
                        forger.offer();
                    }
                    assertThat(SAMSYN.awaitExit(VICTIM)).as(crash).isEqualTo(CrashingNode.CRASHED);
                    judge.judgeVictim(crash, BY_VICTIM);
                }
            }
            refusals.addAll(victim.refusals());
            refusals.addAll(peer.refusals());
        }
        assertThat(refusals).isEmpty();
        goOnAndAgree();
    }

    @Test
    @Order(3)
    void losesNothingAcknowledgedWhenItIsKilledAtAnyMoment() throws Exception {
        Random random = new Random(SEED);
        List<String> refusals = new ArrayList<>();
        SAMSYN.kill(VICTIM);
        try (CrashWorkload victim = new CrashWorkload(SAMSYN, network, VICTIM, VICTIM_PAUSE_MILLIS, BY_VICTIM);
                CrashWorkload peer = new CrashWorkload(SAMSYN, network, PEER, PEER_PAUSE_MILLIS, BY_PEER)) {
            for (int kill = 1; kill <= RANDOM_KILLS; kill++) {
                network.start(VICTIM, CrashingNode.NEVER);
                // every third while it starts, the others while it works
                boolean starting = kill % 3 == 0;
                if (!starting) {
                    soon().until(() -> network.isLive(VICTIM));
                }
                long millis = random.nextInt(starting ? STARTING_MILLIS : WORKING_MILLIS);
                String crash = "kill " + kill + " after " + millis + " ms of " + (starting ? "starting" : "work");
                assertThat(SAMSYN.outlives(VICTIM, millis)).as(crash).isTrue();
                SAMSYN.kill(VICTIM);
                judge.judgeVictim(crash, BY_VICTIM);
            }
            refusals.addAll(victim.refusals());
            refusals.addAll(peer.refusals());
        }
        assertThat(refusals).isEmpty();
        assertThat(BY_VICTIM.released())
                .as("releases that were acknowledged between the kills")
                .isNotEmpty();
        goOnAndAgree();
    }

    /** An ordinary start, after which all four hold and say the same, which others' tools verify. */
    private static void goOnAndAgree() throws IOException, InterruptedException {
        SAMSYN.start(VICTIM, "run", "--config", network.config(VICTIM).toString());
        awaitAgreement();
        SharedVerifier.verify(network.export(), network.root().hash());
    }

    private static void awaitAgreement() {
        soon().untilAsserted(() -> {
            Set<JsonNode> sizes = new HashSet<>();
            for (String node : CrashNetwork.NODES) {
                List<JsonNode> members = new ArrayList<>();
                for (JsonNode member : get(node, "/api/v1/network").path("members")) {
                    assertThat(member.path("publishedSize").asLong())
                            .as("published of what %s holds: %s", node, member)
                            .isEqualTo(member.path("heldSize").asLong())
                            .isPositive();
                    members.add(member.path("heldSize"));
                }
                assertThat(members).hasSize(CrashNetwork.NODES.size());
                sizes.add(Json.tree(members));
            }
            assertThat(sizes).as("sizes of the logs at the nodes").hasSize(1);
        });
        soon().untilAsserted(() -> {
            Set<JsonNode> bases = new HashSet<>();
            long newest = 0;
            for (String node : CrashNetwork.NODES) {
                JsonNode logs = get(node, "/api/v1/views/trials").path("basis").path("logs");
                bases.add(logs);
                for (JsonNode log : logs) {
                    newest = Math.max(newest, log.path("time").asLong());
                }
            }
            assertThat(bases).as("bases of the nodes").hasSize(1);
            String at = Instant.ofEpochSecond(newest).toString();
            Set<String> views = new HashSet<>();
            for (String node : CrashNetwork.NODES) {
                byte[] view = network.client(node).get("/api/v1/views/trials?by=region&at=" + at);
                views.add(new String(view, StandardCharsets.UTF_8));
            }
            assertThat(views).as("views of the nodes").hasSize(1);
        });
    }

    private static JsonNode get(String node, String path) {
        return Json.parse(network.client(node).get(path));
    }

    private static ConditionFactory soon() {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(ApiException.class);
    }
}
