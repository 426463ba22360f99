package se.samsyn.node.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.RegionNode;
import se.samsyn.node.StoreFiles;
import se.samsyn.node.TestFederation;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.fsck.FsckFault;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.SetupException;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreReader;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

class RestoreFromPeersTest {
    private static final int STATEMENTS = 300;

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra");

    @TempDir
    private Path folder;

    private final FailPoints none = FailPoints.NONE;

    @Test
    void rebuildsALostStoreFromThePeersAndGoesOnReleasing() {
        RegionNode norra = federation.node("norra");
        release(norra, "2018");
        release(norra, "2019");
        String retracted = saltOf(norra, "2018");
        norra.retract("trials", "2018").append(STATEMENTS);
        federation.awaitAgreement();
        norra.stop();
        move(data(norra), folder.resolve("lost"));

        assertThatThrownBy(() -> restore(norra, Optional.empty(), none))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("--root FILE and --root-hash HASH");
        RestoreReport report = restore(norra, invitation(), none);

        assertThat(report.kept()).isEmpty();
        assertThat(report.unreachable()).isEmpty();
        assertThat(report.records()).isEmpty();
        assertThat(faults(norra)).isEmpty();
        assertThat(StoreFiles.containing(retracted, norra.folder())).isEmpty();
        Map<String, String> mirrored = rows(federation.node("vastra").liveStore(), norra.name());
        try (Store store = Store.openReadOnly(data(norra))) {
            assertThat(rows(store, norra.name())).isEqualTo(mirrored).hasSizeGreaterThan(STATEMENTS);
        }

        norra.start();
        soon().until(() -> signing(norra).equals("signs"));
        norra.append(1);
        federation.awaitAgreement();
        assertThat(norra.stateOf(norra, "trials", "2018")).isEqualTo("withdrawn");
        assertThat(norra.stateOf(norra, "trials", "2019")).isEqualTo("reported");
    }

    /** A node that has released 2018 and 2019, stopped and put back to its store of before the second release. */
    private RegionNode onItsStoreOfBefore2019() {
        RegionNode norra = federation.node("norra");
        release(norra, "2018");
        federation.awaitAgreement();
        norra.stop();
        StoreFiles.copy(data(norra), folder.resolve("backup"));
        norra.start();
        release(norra, "2019");
        federation.awaitAgreement();
        norra.stop();
        move(data(norra), folder.resolve("lost"));
        StoreFiles.copy(folder.resolve("backup"), data(norra));
        return norra;
    }

    @Test
    void noRuleReplacesWhatWasReleasedByWhatIsLeftOfTheRecords() {
        RegionNode norra = onItsStoreOfBefore2019();

        assertThat(restore(norra, Optional.empty(), none).held())
                .isEqualTo(Map.of("trials", Set.of(Period.parse("2019"))));
        norra.start();
        // the rule is asked about all that was ever released
        release(norra, "2020");
        federation.awaitAgreement();
        assertThat(List.of("2018", "2019", "2020"))
                .allSatisfy(
                        year -> assertThat(norra.stateOf(norra, "trials", year)).isEqualTo("reported"));

        release(norra, "2019");
        norra.node().intake().release("trials", Set.of(Period.parse("2019")));
        norra.importRecords(RecordKind.TRIAL, trial("2019").replace(",2,", ",3,"));
        federation.awaitAgreement();
        assertThat(norra.view("trials", "group", "phase", "from", "2019", "to", "2019")
                        .json()
                        .toString())
                .as("a correction, which the rule releases again")
                .contains("III");

        norra.stop();
        move(data(norra), folder.resolve("lost again"));
        assertThat(restore(norra, invitation(), none).held())
                .as("with no record left")
                .isEqualTo(Map.of("trials", Set.of(Period.parse("2018"), Period.parse("2019"), Period.parse("2020"))));
        norra.start();
        soon().until(() -> signing(norra).equals("signs"));
        assertThat(norra.node().intake().releaseAgain())
                .allSatisfy(report -> assertThat(report.released()).isEmpty());
    }

    @Test
    void takesTheRecordsFromAnOldStoreAndKeepsItBesideUnchanged() {
        RegionNode norra = onItsStoreOfBefore2019();
        // it goes on from its old state, and nobody sees what it appends
        norra.start().append(2);
        soon().until(() -> signing(norra).startsWith("does not sign"));
        assertThatThrownBy(() -> restore(norra, Optional.empty(), none))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in use");
        norra.stop();

        RestoreReport report = restore(norra, Optional.empty(), none);

        assertThat(report.records()).isEqualTo(Map.of("trial", 1L, "site", 1L));
        assertThat(report.mirrors()).hasSize(2);
        assertThat(report.warnings()).anyMatch(warning -> warning.contains("2 entries from"));
        Path kept = report.kept().orElseThrow();
        try (Store store = Store.openReadOnly(kept)) {
            assertThat(new StoredLog(store, norra.name()).head().size()).isEqualTo(4);
        }
        assertThat(faults(norra)).isEmpty();
        norra.start();
        soon().until(() -> signing(norra).equals("signs"));
        release(norra, "2019");
        federation.awaitAgreement();
    }

    @Test
    void signsOnlyOnceEveryOtherMemberHasAnsweredAndNamesThoseThatHaveNot() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode sodra = federation.node("sodra");
        norra.append(2);
        federation.awaitAgreement();
        norra.stop();
        sodra.stop();

        RestoreReport report = restore(norra, Optional.empty(), none);

        assertThat(report.unreachable()).containsOnlyKeys(sodra.name());
        norra.start();
        soon().untilAsserted(() ->
                assertThat(signing(norra)).contains("put back", "not yet " + sodra.name(), "restored from peers at"));
        assertThat(norra.user().get("/health/ready").statusCode()).isEqualTo(503);
        norra.restart();
        soon().untilAsserted(() -> assertThat(signing(norra)).contains("not yet " + sodra.name()));

        sodra.start();
        soon().until(() -> signing(norra).equals("signs"));
        norra.append(1);
        federation.awaitAgreement();
    }

    @Test
    void refusesWhenTwoPeersHoldTwoHistoriesOfTheLog() {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        norra.append(2);
        federation.awaitAgreement();
        norra.stop();
        vastra.stop();
        String text = new Checkpoint(StoredLog.originOf(norra.name()), new TreeHead(2, Hash.sha256())).encode();
        SignedNote forged = SignedNote.of(text, List.of(norra.keys().log().signNote(text)));
        byte[] before;
        try (Store store = vastra.openStore()) {
            before = store.get(Columns.COSIGNED, norra.name()).orElseThrow();
            byte[] note = forged.encode();
            byte[] cosigned = ByteBuffer.allocate(Long.BYTES + note.length)
                    .putLong(TestFederation.START.getEpochSecond())
                    .put(note)
                    .array();
            put(store, norra, cosigned);
        }
        vastra.start();

        assertThatThrownBy(() -> restore(norra, Optional.empty(), none))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("two histories")
                .hasMessageContaining(vastra.name())
                .hasMessageContaining("Nothing was changed");
        assertThat(faults(norra)).isEmpty();
        assertThat(data(norra).resolveSibling("data.restoring")).doesNotExist();

        vastra.stop();
        try (Store store = vastra.openStore()) {
            put(store, norra, before);
        }
    }

    @Test
    void canBeGivenAgainAfterAKillAtAnyWrite() {
        RegionNode norra = onItsStoreOfBefore2019();
        Set<FailPoint> points = EnumSet.of(FailPoint.WRITE_HELD);
        points.addAll(FailPoint.OF_RECOVERY);
        points.remove(FailPoint.WRITE_REPAIRED);
        for (FailPoint point : points) {
            for (boolean after : new boolean[] {false, true}) {
                assertThatThrownBy(() -> restore(norra, Optional.empty(), killing(point, after)))
                        .isInstanceOf(Killed.class);
                assertThat(faults(norra)).isEmpty();
            }
        }
        // between the two renames
        RestoreReport first = restore(norra, Optional.empty(), none);
        move(data(norra), data(norra).resolveSibling("data.restoring"));
        RestoreReport second = restore(norra, Optional.empty(), none);
        assertThat(second.records()).isEqualTo(first.records()).containsEntry("trial", 1L);
        assertThat(second.warnings()).anyMatch(warning -> warning.contains("interrupted"));
        assertThat(faults(norra)).isEmpty();
        norra.start();
        federation.awaitAgreement();
    }

    @Test
    void saysWhatToDoWithoutTheKeyFile() throws IOException {
        RegionNode norra = federation.node("norra").stop();
        Path keys = norra.config().keyFile();
        Files.move(keys, folder.resolve("keys"));

        assertThatThrownBy(() -> restore(norra, invitation(), none))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("no key file")
                .hasMessageContaining("backup")
                .hasMessageContaining("`end` line");
        Files.move(folder.resolve("keys"), keys);
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** An error that nothing in the program catches, so that nothing is tidied up either. */
    private static FailPoints killing(FailPoint where, boolean afterwards) {
        return new FailPoints() {
            @Override
            public void before(FailPoint point) {
                kill(point, false);
            }

            @Override
            public void after(FailPoint point) {
                kill(point, true);
            }

            private void kill(FailPoint point, boolean after) {
                if (point == where && after == afterwards) {
                    throw new Killed();
                }
            }
        };
    }

    private static RestoreReport restore(RegionNode node, Optional<Launch.Invitation> invitation, FailPoints points) {
        return RestoreFromPeers.run(node.configFile(), invitation, node.clock(), Progress.NONE, points);
    }

    private Optional<Launch.Invitation> invitation() {
        return Optional.of(
                new Launch.Invitation(federation.rootFile(), federation.root().hash()));
    }

    private static void put(Store store, RegionNode of, byte[] cosigned) {
        store.write(FailPoint.WRITE_COSIGNED_CHECKPOINT, batch -> batch.put(Columns.COSIGNED, of.name(), cosigned));
    }

    private static void release(RegionNode node, String year) {
        node.importRecords(RecordKind.TRIAL, trial(year));
        node.importRecords(RecordKind.SITE, "trial_id,region\n" + year + "-000001-11,24\n");
    }

    private static String trial(String year) {
        return "trial_id,registry,phase,start_date\n" + year + "-000001-11,euctr,2," + year + "\n";
    }

    private static String saltOf(RegionNode node, String year) {
        String[] salt = {""};
        node.liveStore().forEach(Columns.BODY, (key, body) -> {
            String text = new String(body, UTF_8);
            if (text.contains("\"period\":\"" + year + "\"")) {
                salt[0] = StoreFiles.saltOf(body);
            }
        });
        assertThat(salt[0]).isNotEmpty();
        return salt[0];
    }

    /** Tiles, bundles and bodies of a log, byte for byte. */
    private static Map<String, String> rows(StoreReader store, String node) {
        Map<String, String> rows = new TreeMap<>();
        HexFormat hex = HexFormat.of();
        store.forEach(Columns.TILE, (key, tile) -> {
            if (key.node().equals(node)) {
                rows.put(key.toString(), hex.formatHex(tile));
            }
        });
        store.forEach(Columns.BUNDLE, (key, bundle) -> {
            if (key.node().equals(node)) {
                rows.put(key.toString(), hex.formatHex(bundle));
            }
        });
        store.forEach(Columns.BODY, (key, body) -> {
            if (key.node().equals(node)) {
                rows.put(key.toString(), hex.formatHex(body));
            }
        });
        return rows;
    }

    private static List<FsckFault> faults(RegionNode node) {
        return Fsck.stoppedNode(node.configFile()).faults();
    }

    private static String signing(RegionNode node) {
        return node.network().path("signing").asText();
    }

    private static Path data(RegionNode node) {
        return node.config().dataDirectory();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
