package se.samsyn.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.ops.Backups;
import se.samsyn.node.ops.TestBackups;
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
    private static final Set<String> KILLED = new TreeSet<>(
            Set.of("after WRITE_ENTRIES", "before WRITE_MARK", "after WRITE_MARK", "before WRITE_ERASED"));

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
    void leavesTheSaltOfARetractedBodyInNoBackupOfAnyNode() {
        federation.nodes().forEach(node -> node.backUpTo(backups(node)).start());
        RegionNode norra = federation.node("norra");
        String retracted = release(norra, "2019");
        String kept = release(norra, "2018");
        federation.awaitAgreement();
        for (RegionNode node : federation.nodes()) {
            assertThat(node.backUp().statusCode()).isEqualTo(200);
            assertThat(node.backUp().statusCode()).isEqualTo(200);
            assertThat(StoreFiles.containing(retracted, backups(node)))
                    .as("files of two backups of " + node.name() + " with the salt")
                    .hasSizeGreaterThanOrEqualTo(2);
        }

        norra.retract("trials", "2019");

        for (RegionNode node : federation.nodes()) {
            soon().until(() -> node.liveStore().marked(StoreMark.ERASED).isPresent()
                    && node.liveStore().marked(StoreMark.ERASING).isEmpty());
            assertThat(StoreFiles.containing(retracted, node.folder()))
                    .as("files of " + node.name() + " with the salt, in store and backups")
                    .isEmpty();
            assertThat(StoreFiles.containing(kept, backups(node)))
                    .as("files of the new backup of " + node.name() + " with the other salt")
                    .isNotEmpty();
            assertThat(Objects.requireNonNull(backups(node).toFile().list())).hasSize(1);
        }
    }

    @Test
    void goesOnWithTheBackupsAfterAKillAtAnyMomentBetweenTheRetractionAndTheirReplacement() {
        RegionNode norra = federation.node("norra").backUpTo(backups(federation.node("norra")));
        Map<String, Path> killed = new TreeMap<>();
        AtomicBoolean retracting = new AtomicBoolean();
        norra.failPoints(new FailPoints() {
                    @Override
                    public void before(FailPoint point) {
                        keep("before", point);
                    }

                    @Override
                    public void after(FailPoint point) {
                        keep("after", point);
                    }

                    private void keep(String when, FailPoint point) {
                        if (retracting.get() && KILLED.contains(when + " " + point)) {
                            Path copy = folder.resolve(when + point);
                            StoreFiles.copy(norra.folder(), copy);
                            killed.put(when + " " + point, copy);
                        }
                    }
                })
                .start();
        String retracted = release(norra, "2019");
        assertThat(norra.backUp().statusCode()).isEqualTo(200);
        retracting.set(true);
        norra.retract("trials", "2019");
        soon().until(() -> norra.liveStore().marked(StoreMark.ERASED).isPresent()
                && norra.liveStore().marked(StoreMark.ERASING).isEmpty());
        retracting.set(false);
        assertThat(killed.keySet()).isEqualTo(KILLED);

        killed.forEach((when, copy) -> {
            NodeConfig config = norra.config();
            Path own = config.dataDirectory().getParent();
            Path data = copy.resolve(own.relativize(config.dataDirectory()));
            Path backupsOfCopy = copy.resolve("backups");
            boolean still = !StoreFiles.containing(retracted, backupsOfCopy).isEmpty();
            assertThat(still).as("in a backup " + when).isEqualTo(!when.equals("before WRITE_ERASED"));
            Backups backups = new Backups(TestBackups.config(norra.name(), data, backupsOfCopy, 3), norra.clock());
            StoreIdentity identity =
                    new StoreIdentity(norra.name(), federation.root().hash());
            try (Store store = Store.open(data, identity, FailPoints.NONE, backups)) {
                soon().until(() -> store.marked(StoreMark.ERASING).isEmpty());
                assertThat(StoreFiles.containing(retracted, copy))
                        .as("files with the salt after a kill " + when)
                        .isEmpty();
                assertThat(backups.newest())
                        .as("a new backup after a kill " + when)
                        .isPresent();
            }
        });
    }

    private static Path backups(RegionNode node) {
        return node.folder().resolve("backups");
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
