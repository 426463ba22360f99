package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.CommandsTest.assertRun;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.demo.TestNetwork;
import se.samsyn.node.Json;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;

/** {@code samsyn fsck} over the life of one node: it runs, it is stopped, its store is damaged. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FsckCommandTest {
    private static final int REFUTED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final String SODRA = "sodra.demo.samsyn.example";
    private static final String AGENCY = "agency.demo.samsyn.example";

    @TempDir
    private static Path folder;

    private static TestNetwork network;
    private static boolean running;

    @BeforeAll
    static void startNetwork() {
        network = TestNetwork.start(folder, Map.of("sodra", "12", "agency", "-"));
        network.importCsv("sodra", "trial", "trial_id,registry,phase,start_date\n2019-000001-11,euctr,2,2019\n");
        network.importCsv("sodra", "site", "trial_id,region\n2019-000001-11,12\n");
        running = true;
        network.awaitAgreement();
    }

    @AfterAll
    static void stopNetwork() {
        if (running) {
            running = false;
            network.close();
        }
    }

    @Test
    @Order(1)
    void cannotRunWhileTheNodeDoes() {
        CommandRun run = fsck();

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("in use").contains("stop the node first");
    }

    @Test
    @Order(2)
    void verifiesTheStoreOfAStoppedNode() {
        stopNetwork();

        CommandRun table = fsck();
        CommandRun json = fsck("--format", "json");

        assertThat(table.exitCode()).as(table.out() + table.err()).isZero();
        assertThat(table.err()).isEmpty();
        assertThat(table.out())
                .containsPattern("log +entries +tiles +bodies +retracted")
                .containsPattern(SODRA + " +[1-9][0-9]* +1 +[1-9][0-9]* +0")
                .containsPattern(AGENCY + " +[1-9]")
                .contains("records: 1 site, 1 trial")
                .contains("verified: the store of " + SODRA);
        assertThat(json.exitCode()).isZero();
        JsonNode report = Json.parse(json.out().getBytes(StandardCharsets.UTF_8));
        assertThat(report.path("verified").asBoolean()).isTrue();
        assertThat(report.path("network").asText())
                .isEqualTo(network.root().hash().toHex());
        assertThat(report.path("logs")).hasSize(2);
        assertThat(report.path("faults")).isEmpty();
    }

    @Test
    @Order(3)
    void namesWhatIsDamagedAndWhatToDoNext() {
        flipABitOfATile();

        CommandRun table = fsck();
        CommandRun json = fsck("--format", "json");

        assertThat(table.exitCode()).isEqualTo(REFUTED);
        assertThat(table.err())
                .isEqualTo("samsyn: the store of " + SODRA
                        + " is not as it must be: 1 fault, each with what to do next in the report above\n");
        assertThat(table.out())
                .contains("fault in log of " + AGENCY + ": tile/0/000.p/")
                .contains("samsyn restore --from-peers")
                .doesNotContain("verified");
        assertThat(json.exitCode()).isEqualTo(REFUTED);
        JsonNode report = Json.parse(json.out().getBytes(StandardCharsets.UTF_8));
        assertThat(report.path("verified").asBoolean()).isFalse();
        assertThat(report.path("faults").path(0).path("where").asText()).isEqualTo("log of " + AGENCY);
        assertThat(report.path("faults").path(0).path("next").asText()).isNotBlank();
    }

    @Test
    void cannotRunWithoutAConfiguration() {
        CommandRun run =
                CommandRun.of("fsck", "--config", folder.resolve("none.json").toString());

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("none.json");
    }

    private static void flipABitOfATile() {
        Path data = ConfigFile.read(network.config("sodra")).dataDirectory();
        TileKey key = new TileKey(AGENCY, 0, 0);
        try (Store store =
                Store.open(data, new StoreIdentity(SODRA, network.root().hash()))) {
            byte[] tile = store.get(Columns.TILE, key).orElseThrow();
            tile[0] ^= 1;
            store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.TILE, key, tile));
        }
    }

    private static CommandRun fsck(String... options) {
        String config = network.config("sodra").toString();
        return options.length == 0
                ? CommandRun.of("fsck", "--config", config)
                : CommandRun.of("fsck", "--config", config, options[0], options[1]);
    }
}
