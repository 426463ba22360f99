package se.samsyn.node.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.Json;
import se.samsyn.node.RegionNode;
import se.samsyn.node.StoreFiles;
import se.samsyn.node.TestFederation;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Store;

/** A backup that a node made takes the place of its store, as the README says. */
class BackupPutBackTest {
    private static final String TRIAL = "2019-000001-11";

    @RegisterExtension
    final TestFederation federation =
            TestFederation.of("norra", "vastra", "sodra", "ostra").late("norra");

    @TempDir
    private Path folder;

    private RegionNode norra;

    @BeforeEach
    void startWithBackups() {
        norra = federation.node("norra").backUpTo(folder.resolve("backups")).start();
        importRecords();
        federation.awaitAgreement();
    }

    @Test
    void isVerifiedAndSignsOnceAllOthersHaveSaidThatNothingIsMissing() throws IOException {
        Path backup = backUp();
        federation.node("sodra").stop();

        putBack(backup);

        assertThat(Fsck.stoppedNode(norra.configFile()).faults()).isEmpty();
        norra.start();
        soon().untilAsserted(() -> assertThat(signing())
                .contains("waits, since the store was put back", "not yet sodra", "from the backup of"));
        assertThat(norra.node().sequencer().isSigning()).isFalse();
        federation.node("sodra").start();
        soon().until(() -> signing().equals("signs"));
        norra.append(1);
        federation.awaitAgreement();
        assertThat(norra.stateOf(norra, "trials", "2019")).isEqualTo("reported");
    }

    @Test
    void attack06SignsNothingWhereItIsOlderThanTheLogAndGoesOnFromPeersWithItsRecords() throws IOException {
        Path backup = backUp();
        norra.append(2);
        federation.awaitAgreement();
        long size = norra.node().logSize();

        putBack(backup);
        norra.start();

        soon().untilAsserted(() -> assertThat(signing()).contains("the store has only", "samsyn restore --from-peers"));
        norra.stop();
        RestoreReport report = RestoreFromPeers.run(norra.configFile(), Optional.empty(), norra.clock(), Progress.NONE);
        assertThat(report.records()).containsEntry("trial", 1L).containsEntry("site", 1L);
        norra.start();
        soon().until(() -> signing().equals("signs"));
        assertThat(norra.node().logSize()).isEqualTo(size);
        federation.awaitAgreement();
    }

    @Test
    void ofALostStoreStaysForItsRecordsAndGoesForWhatWasRetractedOnceTheyAreThereAgain() throws IOException {
        Path backup = backUp();
        String[] salt = {""};
        norra.liveStore().forEach(Columns.BODY, (key, body) -> salt[0] = StoreFiles.saltOf(body));
        StoreFiles.copy(backup, folder.resolve("detached"));
        norra.retract("trials", "2019");
        federation.awaitAgreement();
        norra.stop();
        // the disk with the backups was away when this was retracted, and then the other one is lost
        StoreFiles.delete(folder.resolve("backups"));
        Files.createDirectory(folder.resolve("backups"));
        Files.move(folder.resolve("detached"), backup);
        StoreFiles.delete(norra.config().dataDirectory());
        Launch.Invitation invitation =
                new Launch.Invitation(federation.rootFile(), federation.root().hash());
        RestoreFromPeers.run(norra.configFile(), Optional.of(invitation), norra.clock(), Progress.NONE);

        norra.start();

        soon().untilAsserted(() -> assertThat(norra.network().path("warnings").toString())
                .contains("may still have bodies that were retracted", "has records (2) that the store lacks"));
        soon().until(() -> signing().equals("signs"));
        assertThat(StoreFiles.containing(salt[0], backup)).isNotEmpty();

        importRecords();
        norra.restart();
        soon().untilAsserted(
                        () -> assertThat(StoreFiles.containing(salt[0], folder)).isEmpty());
        soon().until(() -> norra.network().path("warnings").isEmpty());
        assertThat(norra.network().path("backups").has("newest")).isTrue();
    }

    private void importRecords() {
        norra.importRecords(RecordKind.TRIAL, "trial_id,registry,phase,start_date\n" + TRIAL + ",euctr,2,2019\n");
        norra.importRecords(RecordKind.SITE, "trial_id,region\n" + TRIAL + ",24\n");
    }

    private Path backUp() {
        return Path.of(Json.parse(norra.backUp().body()).path("directory").asText());
    }

    private void putBack(Path backup) throws IOException {
        norra.stop();
        Path data = norra.config().dataDirectory();
        Files.move(data, folder.resolve("aside"));
        StoreFiles.copy(backup, data);
        assertThat(Store.exists(data)).isTrue();
    }

    private String signing() {
        return norra.network().path("signing").asText();
    }
}
