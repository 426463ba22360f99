package se.samsyn.node.restore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.Costs;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.StoreFiles;
import se.samsyn.node.TestFederation;
import se.samsyn.node.fsck.Damage;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.fsck.FsckReport;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** The tests damage the store of a running node, one after the other. */
class ScrubTest {
    private static final int STATEMENTS = 300;

    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra", "sodra");

    private final List<Boolean> signedWhileRepairing = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "norra, tile", "norra, upper tile", "norra, bundle", "norra, body", "norra, tree", "norra, signed",
                "norra, published",
        "vastra, tile", "vastra, bundle", "vastra, body", "vastra, tree", "vastra, signed", "vastra, published",
                "vastra, cosigned"
    })
    void attack39AFlippedBitAnywhereStopsSigningUntilItIsRepairedFromPeers(String member, String what) {
        RegionNode norra = ready();
        RegionNode of = FEDERATION.node(member);
        if (what.equals("cosigned")) {
            // a quorum may have come together without this witness while it was stopped
            of.append(1);
            soon().until(() ->
                    norra.liveStore().get(Columns.COSIGNED, of.name()).isPresent());
            FEDERATION.awaitAgreement();
        }
        // a late cosignature has some rows written anew, as the exchange goes on: then there is nothing to repair
        soon().until(() -> {
            damage(of.name(), what).accept(norra.liveStore());
            passOfScrub(norra);
            assertThat(norra.node().scrub().faults()).isEmpty();
            return !signedWhileRepairing.isEmpty();
        });

        assertThat(signedWhileRepairing).containsOnly(false);
        assertThat(verified(norra)).isTrue();
        assertThat(norra.network().path("signing").asText()).isEqualTo("signs");
        norra.append(1);
        FEDERATION.awaitAgreement();
    }

    @Test
    void saysWhatIsDamagedAndGoesOnReadingWhileNoPeerCanBeAsked() throws IOException {
        RegionNode norra = ready();
        FEDERATION.node("vastra").stop();
        FEDERATION.node("sodra").stop();
        damage(norra.name(), "body").accept(norra.liveStore());

        norra.node().scrub().now();
        soon().untilAsserted(() -> assertThat(norra.network().path("signing").asText())
                .startsWith("does not sign: the store is damaged (1 fault; log of " + norra.name() + ": body ")
                .contains("not repaired: nobody gives body", "samsyn restore --from-peers"));
        assertThat(norra.network()
                        .path("scrub")
                        .path("faults")
                        .path(0)
                        .path("what")
                        .asText())
                .contains("is not the one that was released");
        assertThat(RawClient.text(norra.user().get("/health/ready"))).contains("the store is damaged");
        assertThat(norra.view("trials").json()).isNotEmpty();
        norra.append(1);
        String signed = signed(norra);
        // over a restart too
        norra.restart();
        assertThat(norra.network().path("signing").asText()).startsWith("does not sign: the store is damaged");
        assertThat(signed(norra)).isEqualTo(signed);

        FEDERATION.node("vastra").start();
        FEDERATION.node("sodra").start();
        norra.node().scrub().now();
        soon().until(() -> norra.network().path("signing").asText().equals("signs"));
        FEDERATION.awaitAgreement();
    }

    @Test
    void namesADamagedRecordWhichOnlyTheRegionCanPutBack() {
        RegionNode norra = ready();
        norra.importRecords(
                RecordKind.COST_ITEM,
                Costs.in("24").persons(0, 6, "24", "2026-05-11").csv());
        Store store = norra.liveStore();
        Map<String, byte[]> items = new TreeMap<>();
        store.forEach(Columns.COST_ITEM, items::put);
        String key = items.keySet().iterator().next();
        store.write(FailPoint.WRITE_RECORDS, batch -> batch.put(Columns.COST_ITEM, key, "{".getBytes(UTF_8)));

        norra.node().scrub().now();
        soon().untilAsserted(() -> assertThat(norra.network().path("signing").asText())
                .contains("records: cost-item " + key + " cannot be read", "restore a backup"));

        store.write(FailPoint.WRITE_RECORDS, batch -> batch.put(Columns.COST_ITEM, key, items.get(key)));
        norra.node().scrub().now();
        soon().until(() -> norra.network().path("signing").asText().equals("signs"));
    }

    @Test
    void attack39ABitFlippedOnTheDiskIsFoundByTheDatabaseAndARestoreMakesANewStore() throws IOException {
        RegionNode norra = ready();
        norra.importRecords(
                RecordKind.COST_ITEM,
                Costs.in("24").persons(0, 9, "24", "2026-02-11").csv());
        FEDERATION.awaitAgreement();
        String[] salt = {""};
        norra.liveStore().forEach(Columns.BODY, (key, found) -> {
            if (new String(found, UTF_8).contains("\"dataset\":\"costs\"")) {
                salt[0] = StoreFiles.saltOf(found);
            }
        });
        // the first restart brings it from the write-ahead log into a table
        norra.restart().stop();
        flipOnDisk(norra.config().dataDirectory(), salt[0]);
        norra.start();

        norra.node().scrub().now();
        soon().untilAsserted(() -> assertThat(norra.network().path("signing").asText())
                .startsWith("does not sign: the store is damaged")
                .contains("samsyn restore --from-peers"));
        assertThat(norra.user().get("/health/live").statusCode()).isEqualTo(200);
        norra.stop();
        RestoreFromPeers.run(norra.configFile(), Optional.empty(), norra.clock(), Progress.NONE);
        assertThat(Fsck.stoppedNode(norra.configFile()).faults()).isEmpty();
        norra.start();
        soon().until(() -> norra.network().path("signing").asText().equals("signs"));
        FEDERATION.awaitAgreement();
    }

    private RegionNode ready() {
        RegionNode norra = FEDERATION.node("norra").stop();
        norra.failPoints(new FailPoints() {
            @Override
            public void before(FailPoint point) {
                if (point == FailPoint.WRITE_REPAIRED || point == FailPoint.WRITE_RESTORED_BODY) {
                    signedWhileRepairing.add(norra.node().sequencer().isSigning());
                }
            }

            @Override
            public void after(FailPoint point) {}
        });
        norra.start();
        for (RegionNode node : List.of(norra, FEDERATION.node("vastra"))) {
            if (node.node().logSize() < STATEMENTS) {
                node.append(STATEMENTS);
            }
        }
        FEDERATION.awaitAgreement();
        soon().until(() -> norra.network().path("signing").asText().equals("signs"));
        return norra;
    }

    private static Consumer<Store> damage(String node, String what) {
        return switch (what) {
            case "tile" -> Damage.flip(Columns.TILE, new TileKey(node, 0, 0), 33);
            case "upper tile" -> Damage.flip(Columns.TILE, new TileKey(node, 1, 0), 3);
            case "bundle" ->
                store -> store.write(
                        FailPoint.WRITE_ENTRIES, batch -> Damage.flipInEntry(store, batch, new BundleKey(node, 0)));
            case "body" ->
                store -> Damage.flip(
                                Columns.BODY, new BodyKey(node, Damage.body(store, FEDERATION.root(), node, 100)), 2)
                        .accept(store);
            case "tree" ->
                store -> {
                    Checkpoint tree =
                            Checkpoint.parse(store.get(Columns.TREE, node).orElseThrow());
                    byte[] root = tree.head().root().toByteArray();
                    root[5] ^= 16;
                    String other = new Checkpoint(
                                    tree.origin(), new TreeHead(tree.head().size(), Hash.of(root)))
                            .encode();
                    store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.TREE, node, other));
                };
            case "signed" -> Damage.flip(Columns.SIGNED, node, 5);
            case "published" -> Damage.flip(Columns.PUBLISHED, node, 5);
            case "cosigned" -> Damage.flip(Columns.COSIGNED, node, 15);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static void passOfScrub(RegionNode node) {
        long asked = node.node().scrub().now();
        soon().until(() -> node.node().scrub().passes() >= asked);
    }

    private static boolean verified(RegionNode node) {
        FsckReport report = node.liveStore()
                .atOneMoment(moment ->
                        Fsck.verify(moment, node.name(), FEDERATION.root().hash()));
        return report.isVerified();
    }

    private static String signed(RegionNode node) {
        return new String(node.liveStore().get(Columns.SIGNED, node.name()).orElseThrow(), UTF_8);
    }

    private static void flipOnDisk(Path data, String salt) throws IOException {
        int flipped = 0;
        try (Stream<Path> files = Files.list(data)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at = new String(bytes, ISO_8859_1).indexOf(salt);
                if (at >= 0) {
                    bytes[at + 7] ^= 1;
                    Files.write(file, bytes);
                    flipped++;
                }
            }
        }
        assertThat(flipped).as("tables with the body").isPositive();
    }
}
