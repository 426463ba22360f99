package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.audit.AuditFiles;
import se.samsyn.node.Json;
import se.samsyn.node.Node;
import se.samsyn.node.NodeStartException;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.audit.AuditBundle;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;

/** A definition gets a new version in a running network, from the first release under the old one to a bundle with both. */
final class NewVersionTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-02T08:00:00Z");
    private static final Map<String, String> SCOPES = new TreeMap<>(Map.of("norra", "24", "sodra", "12"));
    private static final String NEWER = "datasets/costs, as of November.json";

    private final Map<String, Node> nodes = new TreeMap<>();

    @TempDir
    private Path folder = Path.of("");

    private Path agreed = Path.of("");

    @BeforeEach
    void setUpANetworkOfTwo() throws IOException {
        agreed = folder.resolve("agreed");
        for (String path : NetworkFiles.shipped().list("")) {
            write(path, NetworkFiles.shipped().read(path));
        }
        List<Integer> ports = SamsynProcesses.freePorts(4);
        List<String> create = new ArrayList<>(List.of("root", "create", "--network", "test.example"));
        for (Map.Entry<String, String> member : SCOPES.entrySet()) {
            done(
                    "init",
                    "--node",
                    member.getKey() + ".test.example",
                    "--url",
                    "https://127.0.0.1:" + ports.remove(0),
                    "--peer-host",
                    "127.0.0.1",
                    "--user-port",
                    Integer.toString(ports.remove(0)),
                    "--scope",
                    member.getValue(),
                    "--poll-millis",
                    "200",
                    "--dir",
                    folder.resolve(member.getKey()).toString());
            ObjectNode config = (ObjectNode) Json.parse(Files.readAllBytes(config(member.getKey())));
            Files.write(config(member.getKey()), Json.encode(config.put("networkDirectory", agreed.toString())));
            create.addAll(List.of("--key", rootKey(member.getKey())));
        }
        create.addAll(List.of("--network-dir", agreed.toString(), "--out", root(1)));
        SCOPES.keySet()
                .forEach(node ->
                        create.add(folder.resolve(node).resolve("member.txt").toString()));
        done(create.toArray(String[]::new));
        start();
    }

    @AfterEach
    void stop() {
        nodes.values().forEach(Node::close);
        nodes.clear();
    }

    @Test
    void bothVersionsAreInOneViewThatSaysWhereTheBreakIsAndIsProvenOffline() throws IOException {
        importCosts("norra", "24", "2026-05-04", 10);
        importCosts("sodra", "12", "2026-05-04", 12);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(view("norra", "home-region")
                                .path("totals")
                                .path(0)
                                .toString())
                        .contains("{\"exact\":22}"));
        String before = costs("norra", "--format", "json").out();
        Path saved = Files.writeString(folder.resolve("before.json"), before);
        goOverToTheNewVersion();
        assertThat(costs("norra", "--format", "json", "--basis", saved.toString())
                        .out())
                .as("an earlier answer, under the version of then")
                .isEqualTo(before)
                .contains(hash("costs", 2));
        importCosts("norra", "24", "2026-08-03", 20);
        importCosts("sodra", "12", "2026-08-03", 22);

        assertThat(waiting("norra", "2026-Q2"))
                .as("what the rule leaves to a person")
                .contains("version", "released under version 2 of the definition, and version 3 is the newest");
        assertThat(waiting("norra", "2026-Q3")).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(view("sodra", "home-region")
                                .path("totals")
                                .path(1)
                                .toString())
                        .contains("{\"exact\":42}"));
        JsonNode view = view("norra", "home-region");
        assertThat(view.path("totals").path(0).toString()).contains("{\"exact\":22}");
        assertThat(view.path("versions").findValuesAsText("version")).containsExactly("2", "3");
        assertThat(view.path("breaks").toString())
                .isEqualTo("[{\"from\":2,\"nodes\":[\"norra.test.example\",\"sodra.test.example\"],"
                        + "\"period\":\"2026-Q3\",\"to\":3}]");
        JsonNode added = view("norra", "bearer");
        assertThat(added.path("totals").path(0).toString()).contains("{\"atLeast\":0}", "\"other-version\":2");
        assertThat(added.path("totals").path(1).toString()).contains("{\"exact\":42}");

        assertThat(costs("sodra").out())
                .contains(
                        "from 2026-Q3 on by version 3 of the definition, before by version 2: norra.test.example, sodra")
                .contains("told by version 2: norra.test.example 2026-Q2; sodra.test.example 2026-Q2");
        assertThat(costs("sodra", "--table", "bearer", "--language", "sv").out())
                .contains("från och med 2026-Q3 enligt version 3 av definitionen, dessförinnan enligt version 2: norra")
                .contains("annan version 2026-Q2 (told under version 2")
                .contains("annan version = det finns en sammanställning enligt en äldre version");
        assertThat(costs("norra", "--format", "csv").out())
                .startsWith("period,home-region,measure,from,to,versions\r\n")
                .contains("2026-Q2,12,participants,12,12,2\r\n")
                .contains("2026-Q3,12,participants,22,22,3\r\n");
        assertProvenOffline();
        goOverByAPersonsWord();
    }

    private void assertProvenOffline() throws IOException {
        Path bundle = folder.resolve("bundle.zip");
        CommandRun collected = done(
                "audit",
                "collect",
                "--config",
                config("sodra").toString(),
                "-o",
                bundle.toString(),
                "costs?table=home-region&from=2026-Q2",
                "costs?table=bearer&from=2026-Q2");
        assertThat(collected.out()).contains("2 logs, 2 views");
        AuditBundle files = AuditFiles.bundle(bundle);
        assertThat(files.paths())
                .as("both versions of the definition")
                .contains("definition/" + hash("costs", 2) + ".json", "definition/" + hash("costs", 3) + ".json");
        assertThat(verify(bundle).out()).containsPattern("(?m)^verified: 2 logs, .*, 2 views$");

        // without the older version nobody can tell what the older releases say
        Path unpacked = folder.resolve("unpacked");
        for (String path : files.paths()) {
            Path file = unpacked.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, files.file(path).orElseThrow());
        }
        Path claimed = unpacked.resolve("view/costs-table-home-region-from-2026-q2.json");
        byte[] right = Files.readAllBytes(claimed);
        Files.writeString(
                claimed, Files.readString(claimed).replace("\"breaks\":[{\"from\":2,", "\"breaks\":[{\"from\":1,"));
        assertThat(Files.readAllBytes(claimed)).isNotEqualTo(right);
        assertThat(verify(unpacked).exitCode())
                .as("a break that is told otherwise")
                .isEqualTo(REFUSED);
        Files.write(claimed, right);
        Files.delete(unpacked.resolve("definition/" + hash("costs", 2) + ".json"));
        CommandRun without = verify(unpacked);
        assertThat(without.exitCode()).as(without.out()).isEqualTo(COULD_NOT_RUN);
        assertThat(without.out()).contains("definition " + hash("costs", 2) + " of dataset costs is not here");
    }

    /** A person releases the older quarter under the new version, too, and the break is gone. */
    private void goOverByAPersonsWord() {
        for (String node : SCOPES.keySet()) {
            done("release", "approve", "--config", config(node).toString(), "costs");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                view("sodra", "bearer").path("totals").path(0).toString())
                        .contains("{\"exact\":22}"));
        assertThat(view("sodra", "bearer").has("breaks")).isFalse();
        assertThat(waiting("norra", "2026-Q2")).isEmpty();
    }

    @Test
    void aNodeWithoutTheFileOfAVersionThatTheRootAuthorisesDoesNotStart() throws IOException {
        goOverToTheNewVersion();
        String authorised = hash("costs", 3);
        stop();
        byte[] newer = Files.readAllBytes(agreed.resolve(NEWER));
        Files.delete(agreed.resolve(NEWER));

        assertThatThrownBy(() -> Launch.open(config("norra"), Optional.empty(), CLOCK))
                .isInstanceOf(NodeStartException.class)
                .hasMessageContaining("authorises dataset costs with definition " + authorised)
                .hasMessageContaining("install the version of this program, or the definition files");
        write(NEWER, newer);
        Launch.open(config("norra"), Optional.empty(), CLOCK).close();
    }

    @Test
    void twoFilesThatDefineOneVersionAreRefusedByName() throws IOException {
        write("datasets/more-costs.json", NetworkFiles.shipped().read("datasets/costs.json"));

        CommandRun run = CommandRun.of(
                "root",
                "propose",
                "--network-dir",
                agreed.toString(),
                "--key",
                rootKey("norra"),
                "--out",
                root(2),
                root(1));

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.err())
                .contains("datasets/costs.json and datasets/more-costs.json in " + agreed)
                .contains(
                        "both define version 2 of dataset costs: keep one of them, or give the newer one the next version");
    }

    /** Costs also by bearer alone, and otherwise as before: at both nodes, and in the root. */
    private void goOverToTheNewVersion() throws IOException {
        ObjectNode newer = (ObjectNode) Json.parse(Files.readAllBytes(agreed.resolve("datasets/costs.json")));
        newer.put("version", 3);
        ArrayNode tables = (ArrayNode) newer.path("tables");
        ObjectNode table = tables.addObject().put("name", "bearer");
        table.putArray("dimensions").add("bearer");
        table.set("measures", tables.path(0).path("measures"));
        table.set("disclosure", tables.path(0).path("disclosure"));
        write(NEWER, Json.encode(newer));
        stop();
        start();
        CommandRun proposed = done(
                "root",
                "propose",
                "--network-dir",
                agreed.toString(),
                "--key",
                rootKey("norra"),
                "--key",
                rootKey("sodra"),
                "--out",
                root(2),
                root(1));
        assertThat(proposed.out())
                .contains("costs by definition " + hash("costs", 3))
                .doesNotContain("grants by");
        done("root", "accept", "--config", config("norra").toString(), root(2));
        for (String node : SCOPES.keySet()) {
            await().atMost(PATIENCE)
                    .until(() -> CommandRun.of(
                                    "status", "--config", config(node).toString(), "--format", "json")
                            .out()
                            .replaceAll("\\s", "")
                            .contains("\"version\":2"));
        }
    }

    private void importCosts(String node, String region, String day, int persons) throws IOException {
        Path file = folder.resolve(node + "-cost-item.csv");
        List<String> lines = new ArrayList<>(
                List.of("item_id,trial_id,participant,home_region,study_region,date,category,bearer,amount_ore"));
        for (int person = 0; person < persons; person++) {
            lines.add("I-" + day + "-" + person + ",2018-00123" + person % 3 + "-12,P-" + person + "," + region + ","
                    + region + "," + day + ",visit,home-region,1200");
        }
        Files.write(file, lines);
        done("import", "--config", config(node).toString(), "--kind", "cost-item", file.toString());
    }

    /** The line on a quarter's costs in the list of what waits for a person; nothing if it does not wait. */
    private String waiting(String node, String quarter) {
        return done("release", "list", "--config", config(node).toString())
                .out()
                .lines()
                .filter(line -> line.matches("costs +" + quarter + " .*"))
                .collect(Collectors.joining());
    }

    private JsonNode view(String node, String table) {
        return Json.parse(done(
                        "view",
                        "costs",
                        "--table",
                        table,
                        "--from",
                        "2026-Q2",
                        "--format",
                        "json",
                        "--config",
                        config(node).toString())
                .out()
                .getBytes(UTF_8));
    }

    private CommandRun costs(String node, String... more) {
        return done(Stream.concat(
                        Stream.of(
                                "view",
                                "costs",
                                "--from",
                                "2026-Q2",
                                "--config",
                                config(node).toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private CommandRun verify(Path bundle) {
        return CommandRun.of(
                "audit",
                "verify",
                bundle.toString(),
                "--root-hash",
                rootOf(1).hash().toHex());
    }

    private String hash(String dataset, int version) {
        return NetworkFiles.in(agreed).definitions().stream()
                .filter(one -> one.dataset().equals(dataset) && one.version() == version)
                .map(one -> one.hash())
                .map(Hash::toHex)
                .findFirst()
                .orElseThrow();
    }

    private void start() {
        for (String node : SCOPES.keySet()) {
            Launch.Invitation invitation =
                    new Launch.Invitation(Path.of(root(1)), rootOf(1).hash());
            Node opened = Launch.open(config(node), Optional.of(invitation), CLOCK);
            nodes.put(node, opened);
            opened.start();
        }
    }

    private FederationRoot rootOf(int version) {
        try {
            return FederationRoot.parse(
                    SignedNote.parse(Files.readAllBytes(Path.of(root(version)))).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = agreed.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private String root(int version) {
        return folder.resolve("root-" + version + ".note").toString();
    }

    private String rootKey(String node) {
        return folder.resolve(node)
                .resolve(NodeSetup.ROOT_KEY_FOLDER)
                .resolve(NodeSetup.ROOT_KEY_FILE)
                .toString();
    }

    private Path config(String node) {
        return folder.resolve(node).resolve("node.json");
    }

    private static CommandRun done(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }
}
