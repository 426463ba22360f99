package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.CommandsTest.assertRun;

import java.io.IOException;
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

/** {@code samsyn restore} for one node of a network whose other nodes run. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RestoreCommandTest {
    private static final int COULD_NOT_RUN = 2;

    @TempDir
    private static Path folder;

    private static TestNetwork network;

    @BeforeAll
    static void startNetwork() {
        network = TestNetwork.start(folder, Map.of("sodra", "12", "norra", "24"));
        network.importCsv("sodra", "trial", "trial_id,registry,phase,start_date\n2019-000001-11,euctr,2,2019\n");
        network.importCsv("sodra", "site", "trial_id,region\n2019-000001-11,12\n");
        network.awaitAgreement();
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @Test
    @Order(1)
    void cannotRunWhileTheNodeDoes() {
        CommandRun run = restore("--from-peers");

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("in use").contains("stop the node first");
    }

    @Test
    @Order(2)
    void asksWhereFromAndSaysWhatToDoWithoutTheKeyFile() throws IOException {
        network.node("sodra").close();
        Path keys = network.config("sodra").resolveSibling("keys.p12");
        Files.move(keys, folder.resolve("keys-aside"));

        assertRun(restore(), COULD_NOT_RUN);
        CommandRun run = restore("--from-peers");

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("there is no key file").contains("`end` line");
        Files.move(folder.resolve("keys-aside"), keys);
    }

    @Test
    @Order(3)
    void makesAVerifiedStoreAndKeepsTheOneBefore() throws IOException {
        CommandRun run = restore("--from-peers");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("restored: ", "bodies of sodra", "records: 1 site, 1 trial from the store before")
                .contains("the region's own backup", "may hold bodies that were retracted")
                .contains("Nothing is signed until every other member has said which checkpoint it knows");
        try (Stream<Path> files = Files.list(network.config("sodra").getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("data")
                    .anyMatch(name -> name.startsWith("data.before-restore-"))
                    .doesNotContain("data.restoring");
        }
        CommandRun fsck =
                CommandRun.of("fsck", "--config", network.config("sodra").toString());
        assertThat(fsck.exitCode()).as(fsck.out() + fsck.err()).isZero();
    }

    @Test
    @Order(4)
    void saysHowToReleaseAgainWhatNoRuleReplacesByTheRecordsThatAreLeft() throws IOException {
        Files.move(network.config("sodra").resolveSibling("data"), folder.resolve("data-aside"));

        CommandRun run = restore(
                "--from-peers",
                "--root",
                rootFile().toString(),
                "--root-hash",
                network.root().hash().toHex());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("records: none", "held: no rule releases")
                .containsPattern("samsyn release approve --config .*node.json trials .*\\b2019\\b");
    }

    private static Path rootFile() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals("root.note"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static CommandRun restore(String... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of("restore", "--config", network.config("sodra").toString()), Stream.of(options))
                .toArray(String[]::new));
    }
}
