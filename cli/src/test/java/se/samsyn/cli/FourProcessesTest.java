package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Json;

/**
 * A network of four processes, set up with the commands that people use. Four members need every one of them for a quorum, so that
 * nothing new counts while one is away, and everything does once it is back.
 */
final class FourProcessesTest {
    private static final List<String> NODES = List.of("norra", "vastra", "sodra", "agency");
    private static final Map<String, String> SCOPES =
            Map.of("norra", "24", "vastra", "14", "sodra", "12", "agency", "-", "stranger", "01");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ROWS_IN_FLIGHT = 800;

    @RegisterExtension
    private static final SamsynProcesses SAMSYN = new SamsynProcesses();

    @TempDir
    private static Path folder;

    private static final Map<String, URI> URLS = new TreeMap<>();
    private static String rootHash = "";

    @BeforeAll
    static void setUp() throws Exception {
        List<Integer> ports = SamsynProcesses.freePorts(2 * SCOPES.size());
        for (String node : SCOPES.keySet()) {
            int peerPort = ports.remove(0);
            int userPort = ports.remove(0);
            URLS.put(node, URI.create("http://127.0.0.1:" + userPort));
            done(CommandRun.of(
                    "init",
                    "--node",
                    node + ".test.example",
                    "--url",
                    "https://127.0.0.1:" + peerPort,
                    "--peer-host",
                    "127.0.0.1",
                    "--user-port",
                    Integer.toString(userPort),
                    "--scope",
                    SCOPES.get(node),
                    "--poll-millis",
                    "200",
                    "--dir",
                    folder.resolve(node).toString()));
        }
        List<String> create = new ArrayList<>(
                List.of("root", "create", "--network", "test.example", "--key", rootKey("norra"), "--out", rootFile()));
        NODES.forEach(
                node -> create.add(folder.resolve(node).resolve("member.txt").toString()));
        String created = done(CommandRun.of(create.toArray(String[]::new)));
        done(CommandRun.of("root", "sign", "--key", rootKey("vastra"), "--key", rootKey("agency"), rootFile()));
        assertThat(created).contains("It does not count yet");
        rootHash = created.lines()
                .map(String::strip)
                .filter(line -> line.matches("[0-9a-f]{64}"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesARootWithAnotherHashAndANodeThatIsNoMember() throws InterruptedException {
        String other = "0123456789abcdef".repeat(4);

        CommandRun wrongHash = SAMSYN.run(run("stranger", other));
        assertThat(wrongHash.exitCode()).as(wrongHash.err()).isEqualTo(1);
        assertThat(wrongHash.err())
                .startsWith("samsyn: ")
                .contains(rootHash, other)
                .doesNotContain("\tat ");
        assertThat(folder.resolve("stranger").resolve("data")).doesNotExist();

        CommandRun noMember = SAMSYN.run(run("stranger", rootHash));
        assertThat(noMember.exitCode()).as(noMember.err()).isEqualTo(2);
        assertThat(noMember.err())
                .startsWith("samsyn: ")
                .contains("is neither member nor observer in version 1", "--wait")
                .doesNotContain("\tat ");
    }

    @Test
    void losesNothingWhenNodesAreKilledAndAgreesAgain() throws Exception {
        SAMSYN.rehearse(() -> isUp("norra"), run("norra", rootHash));
        SAMSYN.start("norra", "run", "--config", config("norra"));
        for (String node : NODES.subList(1, NODES.size())) {
            SAMSYN.start(node, run(node, rootHash));
        }
        NODES.forEach(FourProcessesTest::awaitSigning);
        for (String node : NODES) {
            importByCommand(node, 2020, 3);
        }
        awaitTrials(2020, 12);

        // killed between an import that was acknowledged and one that was not
        importByCommand("norra", 2021, 5);
        killDuringImport("norra", trials("norra", 2022, ROWS_IN_FLIGHT));
        // killed while it had nothing to do
        SAMSYN.kill("agency");
        importByCommand("sodra", 2021, 2);

        for (String node : List.of("norra", "agency")) {
            SAMSYN.start(node, "run", "--config", config(node));
        }
        NODES.forEach(FourProcessesTest::awaitSigning);
        assertAcknowledged("norra", 2020, 3);
        assertAcknowledged("norra", 2021, 5);
        assertAcknowledged("agency", 2020, 3);
        assertAllOrNothing("norra", trials("norra", 2022, ROWS_IN_FLIGHT));
        awaitTrials(2020, 12);
        awaitTrials(2021, 7);
        awaitTrials(2022, 0);

        importByCommand("norra", 2022, ROWS_IN_FLIGHT);
        importByCommand("agency", 2023, 4);
        awaitTrials(2022, ROWS_IN_FLIGHT);
        awaitTrials(2023, 4);
        assertSameViews();
        assertThat(SAMSYN.hasLostOne()).isFalse();
    }

    private static void importByCommand(String node, int year, int count) throws IOException, InterruptedException {
        Path files = Files.createDirectories(folder.resolve(node).resolve("import"));
        Path trials = Files.writeString(files.resolve("trial.csv"), trials(node, year, count), UTF_8);
        Path sites = Files.writeString(files.resolve("site.csv"), sites(node, year, count), UTF_8);
        done(CommandRun.of("import", "--config", config(node), trials.toString(), sites.toString()));
        // no rule says that there is nothing in the other periods
        done(CommandRun.of("release", "approve", "--config", config(node), "trials"));
    }

    /** Kills the node when it has been given a whole file and has not answered. */
    private static void killDuringImport(String node, String csv) throws Exception {
        CountDownLatch sent = new CountDownLatch(1);
        HttpRequest request = request(node, "/api/v1/records/trial")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> new Noticed(csv.getBytes(UTF_8), sent)))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofByteArray());
        assertThat(sent.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        SAMSYN.kill(node);
        await().atMost(PATIENCE).until(answer::isDone);
    }

    private static void assertAcknowledged(String node, int year, int count) throws IOException, InterruptedException {
        assertThat(importAgain(node, "trial", trials(node, year, count))
                        .path("unchanged")
                        .asInt())
                .isEqualTo(count);
        JsonNode sites = importAgain(node, "site", sites(node, year, count));
        assertThat(sites.path("unchanged").asLong())
                .isEqualTo(sites.path("rows").asLong());
    }

    private static void assertAllOrNothing(String node, String csv) throws IOException, InterruptedException {
        JsonNode again = importAgain(node, "trial", csv);
        assertThat(List.of(again.path("unchanged").asLong(), again.path("added").asLong()))
                .as("of an import that was not acknowledged there is all or nothing")
                .isIn(List.of((long) ROWS_IN_FLIGHT, 0L), List.of(0L, (long) ROWS_IN_FLIGHT));
    }

    private static JsonNode importAgain(String node, String kind, String csv) throws IOException, InterruptedException {
        HttpRequest request = request(node, "/api/v1/records/" + kind)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv, UTF_8))
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        return Json.parse(answer.body()).path("imported");
    }

    /** Every node's own command gives the same bytes for the same instant. */
    private static void assertSameViews() throws InterruptedException {
        soon().untilAsserted(() -> assertThat(bases()).hasSize(1));
        String at = Instant.ofEpochSecond(newestLogTime()).toString();
        Set<String> views = new HashSet<>();
        for (String node : NODES) {
            views.add(done(SAMSYN.run(
                    "view", "trials", "--config", config(node), "--by", "region", "--format", "json", "--at", at)));
        }
        assertThat(views).hasSize(1);
    }

    /** Waits until every node counts so many trials of a year, exactly. */
    private static void awaitTrials(int year, long trials) {
        for (String node : NODES) {
            soon().untilAsserted(() -> {
                JsonNode view = get(node, "/api/v1/views/trials?from=" + year + "&to=" + year);
                JsonNode total = view.path("totals").path(0).path("values").path("trials");
                assertThat(total.path("exact").asLong(-1))
                        .as("%s: %s", node, total)
                        .isEqualTo(trials);
            });
        }
    }

    private static boolean isUp(String node) {
        try {
            return get(node, "/api/v1/network").has("signing");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitSigning(String node) {
        soon().untilAsserted(() -> assertThat(
                        get(node, "/api/v1/network").path("signing").asText())
                .isEqualTo("signs"));
    }

    /** The state that each node's views are from, without the instant. */
    private static Set<JsonNode> bases() throws IOException, InterruptedException {
        Set<JsonNode> bases = new HashSet<>();
        for (String node : NODES) {
            bases.add(get(node, "/api/v1/views/trials").path("basis").path("logs"));
        }
        return bases;
    }

    private static long newestLogTime() {
        long newest = 0;
        try {
            for (JsonNode log : bases().iterator().next()) {
                newest = Math.max(newest, log.path("time").asLong());
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return newest;
    }

    private static ConditionFactory soon() {
        return await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .failFast("a node has ended by itself", SAMSYN::hasLostOne)
                .ignoreExceptionsInstanceOf(IOException.class);
    }

    private static JsonNode get(String node, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                HttpClient.newHttpClient().send(request(node, path).GET().build(), BodyHandlers.ofByteArray());
        return Json.parse(answer.body());
    }

    private static HttpRequest.Builder request(String node, String path) {
        try {
            String token = Files.readString(folder.resolve(node).resolve("operator.token"), UTF_8)
                    .strip();
            return HttpRequest.newBuilder(URLS.get(node).resolve(path))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** So many trials of a year, with numbers that no other node and year has. */
    private static String trials(String node, int year, int count) {
        StringBuilder csv = new StringBuilder("trial_id,registry,phase,start_date\n");
        for (int i = 0; i < count; i++) {
            csv.append(number(node, year, i))
                    .append(",euctr,")
                    .append(i % 4 + 1)
                    .append(',')
                    .append(year)
                    .append('\n');
        }
        return csv.toString();
    }

    /** A site for each in the node's county; the agency has none, for its trials are those whose region is unknown. */
    private static String sites(String node, int year, int count) {
        StringBuilder csv = new StringBuilder("trial_id,region\n");
        for (int i = 0; i < count && !node.equals("agency"); i++) {
            csv.append(number(node, year, i))
                    .append(',')
                    .append(SCOPES.get(node))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String number(String node, int year, int index) {
        return String.format(Locale.ROOT, "%d-%d%05d-%02d", year, NODES.indexOf(node), index, index % 100);
    }

    private static String done(CommandRun run) {
        assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
        return run.out();
    }

    private static String config(String node) {
        return folder.resolve(node).resolve("node.json").toString();
    }

    private static String rootKey(String node) {
        return folder.resolve(node).resolve("root-key/root-key.p12").toString();
    }

    private static String[] run(String node, String hash) {
        return new String[] {"run", "--config", config(node), "--root", rootFile(), "--root-hash", hash};
    }

    private static String rootFile() {
        return folder.resolve("root.note").toString();
    }

    /** A body that tells when all of it has been taken. */
    private static final class Noticed extends ByteArrayInputStream {
        private final CountDownLatch sent;

        Noticed(byte[] bytes, CountDownLatch sent) {
            super(bytes);
            this.sent = sent;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            int read = super.read(target, offset, length);
            if (read < 0) {
                sent.countDown();
            }
            return read;
        }
    }
}
