package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.CommandsTest.assertRun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.demo.TestNetwork;
import se.samsyn.node.Json;

/** {@code samsyn backup} over the life of one node: it runs without and with backups, it is stopped, its store is put back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BackupCommandTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final String NAME = "sodra\\.demo\\.samsyn\\.example-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z(-\\d)?";

    @TempDir
    private static Path folder;

    private static TestNetwork network;

    @BeforeAll
    static void startNetwork() {
        network = TestNetwork.start(folder, Map.of("sodra", "12", "norra", "24"));
        network.awaitAgreement();
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @Test
    @Order(1)
    void isRefusedByANodeWhoseConfigurationNamesNoFolder() {
        CommandRun run = backup();

        assertRun(run, REFUSED);
        assertThat(run.err()).contains("names no backupDirectory").contains("start the node again");
    }

    @Test
    @Order(2)
    void saysThatARunningNodeDoesNotAnswerWhereItThinksItDoes() throws IOException {
        configure("user", Json.object().put("host", "127.0.0.1").put("port", 1));

        CommandRun run = backup();

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("cannot reach the node at http://127.0.0.1:1", "another process has it open");
        assertRun(backup("--url", "http://127.0.0.1:1"), COULD_NOT_RUN);
    }

    @Test
    @Order(3)
    void isMadeByTheCommandWhereTheNodeDoesNotRun() throws IOException {
        network.node("sodra").close();
        assertRun(backup(), REFUSED);
        configure("backupDirectory", Json.tree(folder.resolve("backups").toString()));

        CommandRun table = backup();
        CommandRun json = backup("--format", "json");

        assertThat(table.exitCode()).as(table.err()).isZero();
        assertThat(table.out()).containsPattern("made: .*/" + NAME + "\n  [0-9,]+ bytes, as the store was at 20");
        assertThat(json.exitCode()).as(json.err()).isZero();
        JsonNode made = Json.parse(json.out().getBytes(StandardCharsets.UTF_8));
        assertThat(made.path("name").asText()).matches(NAME);
        assertThat(Path.of(made.path("directory").asText())).isDirectory();
    }

    @Test
    @Order(4)
    void makesWhatCanTakeTheStoresPlace() throws IOException {
        Path data = config().resolveSibling("data");
        Files.move(data, folder.resolve("aside"));
        Path newest;
        try (Stream<Path> backups = Files.list(folder.resolve("backups"))) {
            newest = backups.max(Path::compareTo).orElseThrow();
        }
        Files.move(newest, data);

        CommandRun fsck = CommandRun.of("fsck", "--config", config().toString());

        assertThat(fsck.exitCode()).as(fsck.out() + fsck.err()).isZero();
    }

    @Test
    @Order(5)
    void namesTheDiskThatIsNotThere() throws IOException {
        configure("backupDirectory", Json.tree(folder.resolve("disk/backups").toString()));

        CommandRun run = backup();

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("is its disk attached?");
    }

    private static Path config() {
        return network.config("sodra");
    }

    private static void configure(String key, JsonNode value) throws IOException {
        ObjectNode json = (ObjectNode) Json.parse(Files.readAllBytes(config()));
        json.set(key, value);
        Files.write(config(), Json.encode(json));
    }

    private static CommandRun backup(String... options) {
        return CommandRun.of(Stream.concat(Stream.of("backup", "--config", config().toString()), Stream.of(options))
                .toArray(String[]::new));
    }
}
