package se.samsyn.node.fsck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.node.fsck.Damage.body;
import static se.samsyn.node.fsck.Damage.flip;
import static se.samsyn.node.fsck.Damage.flipInEntry;
import static se.samsyn.node.fsck.Damage.forge;
import static se.samsyn.node.fsck.Damage.retracted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.SetupException;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** Each test damages a copy of the store of a node that has imported, released, corrected, withdrawn, and mirrored another such. */
class FsckTest {
    private static final int STATEMENTS = 600;

    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra");

    @TempDir
    private Path folder;

    @BeforeAll
    static void fillAndStop() {
        for (RegionNode node : FEDERATION.nodes()) {
            node.importRecords(RecordKind.TRIAL, "trial_id,registry,phase,start_date\n2019-000001-11,euctr,2,2019\n");
            node.importRecords(
                    RecordKind.SITE, "trial_id,region\n2019-000001-11," + (isNorra(node) ? "24" : "14") + "\n");
            node.importRecords(RecordKind.TRIAL, "trial_id,registry,phase,start_date\n2019-000002-22,euctr,3,2019\n");
            node.importRecords(
                    RecordKind.SITE, "trial_id,region\n2019-000002-22," + (isNorra(node) ? "24" : "14") + "\n");
            node.retract("trials", "2019");
            // more than one tile of the lowest level, and one of the next
            node.append(STATEMENTS);
        }
        FEDERATION.awaitAgreement();
        FEDERATION.nodes().forEach(RegionNode::stop);
    }

    @Test
    void findsNothingInAHealthyStoreAndSaysWhatItChecked() {
        FsckReport report = Fsck.stoppedNode(norra().configFile());

        assertThat(report.faults()).isEmpty();
        assertThat(report.isVerified()).isTrue();
        assertThat(report.records()).isEqualTo(Map.of("trial", 2L, "site", 2L));
        assertThat(report.logs()).extracting(LogReport::node).containsExactly(norra().name(), vastra().name());
        for (LogReport log : report.logs()) {
            assertThat(log.entries()).isGreaterThan(STATEMENTS);
            assertThat(log.tiles()).as("three of level 0, one of level 1").isEqualTo(4);
            assertThat(log.bodies()).isGreaterThanOrEqualTo(STATEMENTS);
            assertThat(log.retracted()).as("both releases of the period").isEqualTo(2);
        }
        assertThat(report.logs()).extracting(LogReport::checkpoints).containsExactly(2, 3);
    }

    @Test
    void changesNothing() throws IOException {
        Path data = copyOfNorra();
        Map<String, String> before = contents(data);

        Fsck.stoppedNode(config());

        assertThat(contents(data)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"norra, 0, 0", "norra, 0, 2", "norra, 1, 0", "vastra, 0, 1", "vastra, 1, 0"})
    void findsAFlippedBitInAnyTile(String member, int level, long index) {
        TileKey key = new TileKey(fullName(member), level, index);
        String path = level + "/00" + index;

        List<FsckFault> faults = faultsAfter(flip(Columns.TILE, key, 33));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).where()).isEqualTo("log of " + fullName(member));
        assertThat(faults.get(0).what()).startsWith("tile/" + path).contains("hash 1 is not that of");
        assertThat(faults.get(0).next()).contains("restore");
    }

    @Test
    void findsATileThatIsMissingAndOneTooMany() {
        String node = norra().name();
        List<FsckFault> faults = faultsAfter(store -> store.write(FailPoint.WRITE_ENTRIES, batch -> {
            batch.delete(Columns.TILE, new TileKey(node, 0, 1));
            batch.put(Columns.TILE, new TileKey(node, 0, 7), new byte[Hash.LENGTH]);
        }));

        assertThat(faults).extracting(FsckFault::what).anyMatch(what -> what.startsWith("tile/0/001: is missing"));
        assertThat(faults).extracting(FsckFault::what).anyMatch(what -> what.contains("tile 7 of level 0 is beyond"));
        assertThat(faults).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"norra", "vastra"})
    void findsAFlippedBitInABundle(String member) {
        // in the signature of an entry of the second bundle
        List<FsckFault> faults = faultsAfter(store -> store.write(
                FailPoint.WRITE_ENTRIES, batch -> flipInEntry(store, batch, new BundleKey(fullName(member), 1))));

        assertThat(faults).extracting(FsckFault::where).containsOnly("log of " + fullName(member));
        assertThat(faults)
                .extracting(FsckFault::what)
                .anyMatch(what -> what.startsWith("entry 256 in entry bundle 1"))
                .anyMatch(what -> what.startsWith("the stored tree head says root"))
                .anyMatch(what -> what.startsWith("the published checkpoint says root"))
                .anyMatch(what -> what.startsWith("tile/0/001: hash 0 is not that of entry 256"));
    }

    @Test
    void goesOnPastABundleThatIsCutShort() {
        String node = norra().name();
        List<FsckFault> faults = faultsAfter(store -> {
            BundleKey key = new BundleKey(node, 0);
            byte[] cut = new byte[100];
            System.arraycopy(store.get(Columns.BUNDLE, key).orElseThrow(), 0, cut, 0, cut.length);
            BodyKey body = new BodyKey(vastra().name(), body(store, FEDERATION.root(), vastra().name(), 500));
            store.write(FailPoint.WRITE_ENTRIES, batch -> {
                batch.put(Columns.BUNDLE, key, cut);
                batch.delete(Columns.BODY, body);
            });
        });

        assertThat(faults)
                .extracting(FsckFault::what)
                .anyMatch(what -> what.startsWith("entry bundle 0: entry bundle ends within entry"))
                .anyMatch(what -> what.startsWith("body ") && what.endsWith("is missing"));
    }

    @Test
    void findsAFlippedBitInABody() {
        Hash[] body = {Hash.sha256()};
        List<FsckFault> faults = faultsAfter(store -> {
            body[0] = body(store, FEDERATION.root(), norra().name(), 300);
            flip(Columns.BODY, new BodyKey(norra().name(), body[0]), 2).accept(store);
        });

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).what())
                .startsWith("body " + body[0] + " (trials 2000) is not the one that was released");
    }

    @Test
    void findsAMissingBodyAndARetractedOneThatIsStillThere() {
        String node = vastra().name();
        Hash[] bodies = {Hash.sha256(), Hash.sha256()};
        List<FsckFault> faults = faultsAfter(store -> {
            bodies[0] = body(store, FEDERATION.root(), node, 300);
            bodies[1] = retracted(store, FEDERATION.root(), node);
            store.write(FailPoint.WRITE_ENTRIES, batch -> {
                batch.delete(Columns.BODY, new BodyKey(node, bodies[0]));
                batch.put(Columns.BODY, new BodyKey(node, bodies[1]), "back again".getBytes(UTF_8));
            });
        });

        assertThat(faults)
                .extracting(FsckFault::what)
                .contains("body " + bodies[0] + " (trials 2000) is missing")
                .contains("body " + bodies[1] + " (trials 2019) was retracted and is still there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signed", "published", "cosigned"})
    void findsACheckpointWithAnotherRoot(String which) {
        RegionNode of = which.equals("cosigned") ? vastra() : norra();
        List<FsckFault> faults = faultsAfter(store -> {
            SignedNote forged = forge(store, of);
            byte[] note = forged.encode();
            store.write(FailPoint.WRITE_SIGNED_CHECKPOINT, batch -> {
                switch (which) {
                    case "signed" -> batch.put(Columns.SIGNED, of.name(), note);
                    case "published" ->
                        batch.put(
                                Columns.PUBLISHED,
                                of.name(),
                                forged.with(vastra().keys().witness().cosignNote(1_700_000_000, forged.text()))
                                        .encode());
                    default -> {
                        byte[] timed = new byte[Long.BYTES + note.length];
                        System.arraycopy(note, 0, timed, Long.BYTES, note.length);
                        batch.put(Columns.COSIGNED, of.name(), timed);
                    }
                }
            });
        });

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).where()).isEqualTo("log of " + of.name());
        assertThat(faults.get(0).what()).startsWith("the " + which + " checkpoint says root");
    }

    @Test
    void findsAPublishedCheckpointWithoutQuorumAndASignedOneOfAnotherKey() {
        String node = norra().name();
        List<FsckFault> faults = faultsAfter(store -> {
            SignedNote signed = new StoredLog(store, node).signed().orElseThrow();
            SignedNote others = SignedNote.of(
                    signed.text(),
                    vastra().keys().logKeys().stream()
                            .map(key -> key.signNote(signed.text()))
                            .toList());
            store.write(FailPoint.WRITE_SIGNED_CHECKPOINT, batch -> {
                batch.put(Columns.PUBLISHED, node, signed.encode());
                batch.put(Columns.SIGNED, node, others.encode());
            });
        });

        assertThat(faults)
                .extracting(FsckFault::what)
                .anyMatch(what -> what.startsWith("published checkpoint:") && what.contains("0 votes, expected 1"))
                .anyMatch(what -> what.startsWith("signed checkpoint: note has no signature by a known key"))
                .hasSize(2);
    }

    @Test
    void findsEntriesLostBelowWhatTheLogSigned() {
        String node = norra().name();
        List<FsckFault> faults = faultsAfter(store -> store.write(
                FailPoint.WRITE_ENTRIES,
                batch -> batch.put(
                        Columns.TREE, node, new Checkpoint(StoredLog.originOf(node), TreeHead.EMPTY).encode())));

        assertThat(faults)
                .extracting(FsckFault::what)
                .anyMatch(what -> what.startsWith("signed checkpoint: covers ") && what.contains("is lost here"))
                .anyMatch(what -> what.startsWith("entry bundle 0 is beyond"));
    }

    @Test
    void findsARecordThatCannotBeReadAndOneUnderAnothersKey() {
        List<FsckFault> faults = faultsAfter(store -> {
            byte[] trial = store.get(Columns.TRIAL, "2019-000001-11").orElseThrow();
            store.write(FailPoint.WRITE_RECORDS, batch -> {
                batch.put(Columns.TRIAL, "2019-000009-99", trial);
                batch.put(Columns.TRIAL, "2019-000002-22", "{}".getBytes(UTF_8));
            });
        });

        assertThat(faults).extracting(FsckFault::where).containsOnly("records");
        assertThat(faults)
                .extracting(FsckFault::what)
                .anyMatch(what -> what.startsWith("trial 2019-000002-22 cannot be read"))
                .anyMatch(what -> what.startsWith("trial 2019-000009-99 is stored under another record's key"));
    }

    @Test
    void findsADamagedRootAndChecksNoLogUnderIt() {
        List<FsckFault> faults = faultsAfter(flip(Columns.ROOT, 1L, 40));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).what()).startsWith("federation root: ");
        assertThat(faults.get(0).next()).contains("network-hash");
    }

    @Test
    void findsAnotherNodesStore() throws IOException {
        copyOfNorra();
        Files.writeString(config(), Files.readString(config(), UTF_8).replace(norra().name(), vastra().name()), UTF_8);

        assertThat(Fsck.stoppedNode(config()).faults())
                .extracting(FsckFault::what)
                .contains("is of node " + norra().name() + ", expected " + vastra().name());
    }

    @Test
    void findsLogsOfNodesThatAreNoMembers() {
        List<FsckFault> faults = faultsAfter(store -> store.write(
                FailPoint.WRITE_ENTRIES,
                batch -> batch.put(Columns.BUNDLE, new BundleKey("stranger.example", 0), new byte[] {0, 0})));

        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).what()).contains("stranger.example, which is no member");
    }

    @Test
    void refusesAStoreInUseAndLeavesItToItsUser() throws IOException {
        Path data = copyOfNorra();
        try (Store used = Store.open(data, identity())) {
            assertThatThrownBy(() -> Fsck.stoppedNode(config()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("stop the node");
            assertThat(used.node()).isEqualTo(norra().name());
        }
        assertThat(Fsck.stoppedNode(config()).faults()).isEmpty();
    }

    @Test
    void refusesAFolderWithoutAStoreAndANodeThatHasNotJoined() throws IOException {
        Files.copy(norra().configFile(), config());
        assertThatThrownBy(() -> Fsck.stoppedNode(config()))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("has not joined");
        Files.copy(norra().folder().resolve("network-hash"), folder.resolve("network-hash"));
        assertThatThrownBy(() -> Fsck.stoppedNode(config()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no store");
    }

    private List<FsckFault> faultsAfter(Consumer<Store> damage) {
        try (Store store = Store.open(copyOfNorra(), identity())) {
            damage.accept(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Fsck.stoppedNode(config()).faults();
    }

    private Path copyOfNorra() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.copy(norra().configFile(), config());
        Files.copy(norra().folder().resolve("network-hash"), folder.resolve("network-hash"));
        try (Stream<Path> files = Files.list(norra().config().dataDirectory())) {
            for (Path file : files.toList()) {
                Files.copy(file, data.resolve(file.getFileName()));
            }
        }
        return data;
    }

    private static Map<String, String> contents(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(Path::toString, FsckTest::hashAndTime, (a, b) -> b, TreeMap::new));
        }
    }

    private static String hashAndTime(Path file) {
        try {
            return Hash.sha256(Files.readAllBytes(file)) + " " + Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path config() {
        return folder.resolve(NodeSetup.CONFIG_FILE);
    }

    private static StoreIdentity identity() {
        return new StoreIdentity(norra().name(), FEDERATION.root().hash());
    }

    private static RegionNode norra() {
        return FEDERATION.node("norra");
    }

    private static RegionNode vastra() {
        return FEDERATION.node("vastra");
    }

    private static boolean isNorra(RegionNode node) {
        return node == norra();
    }

    private static String fullName(String member) {
        return FEDERATION.node(member).name();
    }
}
