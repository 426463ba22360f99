package se.samsyn.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.node.store.StoreMark;
import se.samsyn.protocol.Hash;

/** A retracted body is gone from every file of every node, and not only from what nodes answer. */
class ErasureTest {
    @RegisterExtension
    final TestFederation federation =
            TestFederation.of("norra", "vastra", "sodra").late("norra", "vastra", "sodra");

    @TempDir
    private Path folder;

    @Test
    void leavesTheSaltOfARetractedBodyInNoFileOfAnyNode() {
        federation.nodes().forEach(RegionNode::start);
        RegionNode norra = federation.node("norra");
        String retracted = release(norra, "2019");
        String kept = release(norra, "2018");
        federation.awaitAgreement();
        assertIsIn(retracted, ".log");
        // from the write-ahead log into tables
        federation.nodes().forEach(RegionNode::restart);
        federation.awaitAgreement();
        assertIsIn(retracted, ".sst");

        norra.retract("trials", "2019");

        for (RegionNode node : federation.nodes()) {
            soon().untilAsserted(() -> assertThat(StoreFiles.containing(retracted, data(node)))
                    .as("files of " + node.name() + " with the salt")
                    .isEmpty());
        }
        assertIsIn(kept, "");
    }

    @Test
    void goesOnAfterAKillBetweenTheRetractionAndTheErasure() {
        Path copy = folder.resolve("as-killed");
        RegionNode norra = federation.node("norra");
        boolean[] retracting = {false};
        norra.failPoints(new FailPoints() {
                    @Override
                    public void before(FailPoint point) {}

                    @Override
                    public void after(FailPoint point) {
                        if (point == FailPoint.WRITE_ENTRIES && retracting[0]) {
                            StoreFiles.copy(data(norra), copy);
                        }
                    }
                })
                .start();
        String retracted = release(norra, "2019");
        retracting[0] = true;
        norra.retract("trials", "2019");
        retracting[0] = false;
        assertThat(StoreFiles.containing(retracted, copy)).isNotEmpty();

        try (Store store = Store.open(
                copy, new StoreIdentity(norra.name(), federation.root().hash()))) {
            soon().untilAsserted(() ->
                    assertThat(StoreFiles.containing(retracted, copy)).isEmpty());
            soon().until(() -> store.marked(StoreMark.ERASING).isEmpty());
        }
    }

    @Test
    void waitsForWhoeverReadsAtOneMomentAndErasesThen() {
        byte[] body = ("{\"salt\":\"" + "ab".repeat(32) + "\"}").getBytes(UTF_8);
        BodyKey key = new BodyKey("norra.example", Hash.sha256(body));
        try (Store store = Store.create(folder.resolve("store"), new StoreIdentity("norra.example", Hash.sha256()))) {
            store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.BODY, key, body));
            boolean still = store.atOneMoment(moment -> {
                store.write(FailPoint.WRITE_ENTRIES, batch -> batch.delete(Columns.BODY, key));
                assertThat(store.get(Columns.BODY, key)).isEmpty();
                return moment.get(Columns.BODY, key).isPresent();
            });
            assertThat(still).as("there at the moment").isTrue();
            soon().untilAsserted(() ->
                    assertThat(StoreFiles.containing("ab".repeat(32), folder)).isEmpty());
        }
    }

    private static String release(RegionNode node, String year) {
        String trial = year + "-000001-11";
        node.importRecords(
                RecordKind.TRIAL, "trial_id,registry,phase,start_date\n" + trial + ",euctr,2," + year + "\n");
        node.importRecords(RecordKind.SITE, "trial_id,region\n" + trial + ",24\n");
        String[] salt = {""};
        node.liveStore().forEach(Columns.BODY, (key, body) -> {
            if (new String(body, UTF_8).contains("\"period\":\"" + year + "\"")) {
                salt[0] = StoreFiles.saltOf(body);
            }
        });
        assertThat(salt[0]).as("the salt of " + year).isNotEmpty();
        return salt[0];
    }

    private void assertIsIn(String salt, String kind) {
        for (RegionNode node : federation.nodes()) {
            assertThat(StoreFiles.containing(salt, data(node)))
                    .as("files of " + node.name() + " with the salt")
                    .anyMatch(file -> file.endsWith(kind));
        }
    }

    private static Path data(RegionNode node) {
        Path directory = node.config().dataDirectory();
        assertThat(Files.isDirectory(directory)).isTrue();
        return directory;
    }
}
