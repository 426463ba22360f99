package se.samsyn.node.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.node.TestFederation.START;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.SettableClock;
import se.samsyn.node.StoreFiles;
import se.samsyn.node.config.BackupPlan;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.node.store.StoreMark;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

/** Backups of one store, without a node around it. */
class BackupTest {
    private static final String NORRA = "norra.example";
    private static final String SALT = "ab".repeat(32);
    private static final byte[] BODY = ("{\"salt\":\"" + SALT + "\"}").getBytes(UTF_8);
    private static final BodyKey KEY = new BodyKey(NORRA, Hash.sha256(BODY));

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(START);
    private Store store;

    @BeforeEach
    void makeStore() {
        store = Store.create(data(), identity());
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void haveEverythingAsItWasAtOneMomentWhileWritingGoesOn() {
        Backups backups = backups(10);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (long number = 1; !done.get(); number++) {
                writePair(number);
            }
        });
        for (int i = 0; i < 5; i++) {
            soon().until(() -> store.get(Columns.HELD, "pair").isPresent());
            long before = store.get(Columns.HELD, "pair").orElseThrow();

            Backup made = backups.make(store);

            long after = store.get(Columns.HELD, "pair").orElseThrow();
            try (Store copy = Store.openReadOnly(made.directory())) {
                long number = copy.get(Columns.HELD, "pair").orElseThrow();
                assertThat(number).isBetween(before, after);
                assertThat(copy.get(Columns.TREE, "pair")).hasValue(Long.toString(number));
                assertThat(copy.node()).isEqualTo(NORRA);
                assertThat(copy.network()).isEqualTo(identity().network().toHex());
            }
            assertThat(made.length()).isPositive();
        }
        done.set(true);
        writing.join();
    }

    @Test
    void rememberThatTheyArePutBackAndTheStoreDoesNot() {
        Backup made = backups(3).make(store);

        try (Store copy = Store.openReadOnly(made.directory())) {
            assertThat(copy.marked(StoreMark.RESTORED)).hasValue("it was put back from the backup of " + START);
        }
        assertThat(store.marked(StoreMark.RESTORED)).isEmpty();
    }

    @Test
    void areNamedAfterNodeAndTimeAndForTheirOwnerAlone() throws IOException {
        Backup first = backups(3).make(store);
        Backup second = backups(3).make(store);

        assertThat(first.name()).isEqualTo("norra.example-2026-11-02T080000Z");
        assertThat(second.name()).isEqualTo("norra.example-2026-11-02T080000Z-2");
        assertThat(first.time()).isEqualTo(START);
        for (Path directory : List.of(place(), first.directory(), second.directory())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void goWhenThereAreMoreThanAreKeptAndNothingElseGoes() throws IOException {
        Files.createDirectories(place().resolve("sodra.example-2020-01-01T000000Z"));
        Files.createDirectories(place().resolve("norra.example-2020-13-41T000000Z"));
        Files.writeString(place().resolve("norra.example-2020-01-01T000000Z"), "a file");
        Backups backups = backups(2);
        backups.make(store);
        clock.advance(Duration.ofHours(1));
        backups.make(store);
        clock.advance(Duration.ofHours(1));
        backups.make(store);

        assertThat(names())
                .containsExactly(
                        "norra.example-2020-01-01T000000Z",
                        "norra.example-2020-13-41T000000Z",
                        "norra.example-2026-11-02T090000Z",
                        "norra.example-2026-11-02T100000Z",
                        "sodra.example-2020-01-01T000000Z");
        assertThat(backups.newest().orElseThrow().time()).isEqualTo(START.plus(Duration.ofHours(2)));
    }

    @Test
    void keepTheOneJustMadeAlsoWhenTheClockWasAhead() {
        Backups backups = backups(1);
        clock.advance(Duration.ofDays(365));
        backups.make(store);
        clock.goBack(Duration.ofDays(365));

        assertThat(backups.make(store).directory()).isDirectory();
        assertThat(names()).containsExactly("norra.example-2026-11-02T080000Z");
    }

    @Test
    void doNotCountWhatAKillLeftAndTakeItAwayNextTime() throws IOException {
        Path left = place().resolve(".norra.example.unfinished/store");
        Files.createDirectories(left);
        Files.writeString(left.resolve("000004.sst"), "half of it");
        Backups backups = backups(3);
        backups.watch(store);
        assertThat(backups.newest()).isEmpty();

        backups.make(store);

        assertThat(names()).containsExactly("norra.example-2026-11-02T080000Z");
    }

    @Test
    void leaveNothingOfWhatCouldNotBeMadeToItsEnd() {
        BackupFolder where = new BackupFolder(place(), data(), NORRA);

        assertThatThrownBy(() -> where.add(START, target -> {
                    StoreFiles.copy(data(), target);
                    throw new StoreException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(place()).isEmptyDirectory();
    }

    @Test
    void areNotMadeWhereTheConfigurationNamesNoFolder() {
        Backups none = new Backups(TestBackups.config(NORRA, data(), Optional.empty()), clock);

        none.watch(store);
        none.erased(store);
        assertThatThrownBy(() -> none.make(store))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("names no backupDirectory");
        assertThat(store.marked(StoreMark.ERASED)).isEmpty();
    }

    @Test
    void areNotMadeInTheDataFolderByWhateverWay() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), data());
        Path inside = Files.createDirectory(data().resolve("backups"));

        for (Path place : List.of(link, inside, link.resolve("backups"))) {
            Backups backups = new Backups(TestBackups.config(NORRA, data(), place, 3), clock);
            assertThatThrownBy(() -> backups.make(store))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("is in the data folder");
            assertThat(backups.troubles()).hasSize(1);
        }
    }

    @Test
    void sayWhatIsWrongWithTheirFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new Backups(TestBackups.config(NORRA, data(), file, 3), clock).make(store))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cannot write to backupDirectory " + file)
                .hasMessageContaining("not a folder");
        Path detached = folder.resolve("disk/backups");
        assertThatThrownBy(() -> new Backups(TestBackups.config(NORRA, data(), detached, 3), clock).make(store))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is its disk attached?");
        assertThat(folder.resolve("disk")).doesNotExist();
    }

    @Test
    void areMadeByThemselvesOnceTheNewestIsOldEnough() {
        BackupPlan daily = new BackupPlan(place(), OptionalInt.of(24), 7);
        Backups backups = new Backups(TestBackups.config(NORRA, data(), Optional.of(daily)), clock);
        backups.watch(store);
        clock.advance(Duration.ofHours(23));
        backups.watch(store);
        assertThat(names()).containsExactly("norra.example-2026-11-02T080000Z");

        clock.advance(Duration.ofHours(1));
        // of a node that was started again
        new Backups(TestBackups.config(NORRA, data(), Optional.of(daily)), clock).watch(store);

        assertThat(names()).containsExactly("norra.example-2026-11-02T080000Z", "norra.example-2026-11-03T080000Z");
    }

    @Test
    void areNotMadeOfADamagedStoreAsTheyWouldPushOutASoundOne() {
        Backups backups = backups(1);
        backups.make(store);
        store.write(FailPoint.WRITE_MARK, batch -> batch.mark(StoreMark.DAMAGED, "the store is damaged (1 fault)"));

        assertThatThrownBy(() -> backups.make(store))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("the store is damaged (1 fault)")
                .hasMessageContaining("samsyn status");
        assertThat(backups.troubles()).singleElement().asString().startsWith("no backup: ");
        store.write(FailPoint.WRITE_MARK, batch -> batch.unmark(StoreMark.DAMAGED));
        clock.advance(Duration.ofHours(1));
        backups.make(store);
        assertThat(backups.troubles()).isEmpty();
    }

    @Test
    void areAllReplacedByOneThatIsMadeAfterAnErasureAndNoneIsMadeWhereThereWasNone() throws IOException {
        Backups backups = reopen(backups(3));
        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.BODY, KEY, BODY));
        eraseBody();
        assertThat(place()).doesNotExist();
        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.BODY, KEY, BODY));
        backups.make(store);
        clock.advance(Duration.ofHours(1));
        backups.make(store);
        Path left = Files.createDirectories(place().resolve(".norra.example.unfinished/store"));
        Files.writeString(left.resolve("000004.sst"), SALT);
        assertThat(StoreFiles.containing(SALT, place())).hasSizeGreaterThanOrEqualTo(3);

        eraseBody();

        assertThat(names()).containsExactly("norra.example-2026-11-02T090000Z-2");
        assertThat(StoreFiles.containing(SALT, folder)).isEmpty();
    }

    @Test
    void ofBeforeAnErasureStayWhileTheyHaveRecordsThatTheStoreLacks() {
        Backups backups = reopen(backups(3));
        store.write(FailPoint.WRITE_RECORDS, batch -> batch.put(Columns.TRIAL, "2019-000001-11", BODY));
        backups.make(store);
        // as after a restore from peers where the records were lost with the disk
        store.write(FailPoint.WRITE_RECORDS, batch -> batch.delete(Columns.TRIAL, "2019-000001-11"));

        assertThatThrownBy(() -> backups.erased(store))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("has records (1) that the store lacks");
        assertThat(names()).containsExactly("norra.example-2026-11-02T080000Z");
        assertThat(backups.troubles()).singleElement().asString().contains("may still have bodies");

        store.write(FailPoint.WRITE_RECORDS, batch -> batch.put(Columns.TRIAL, "2019-000001-11", BODY));
        backups.erased(store);
        assertThat(names()).containsExactly("norra.example-2026-11-02T080000Z-2");
        assertThat(backups.troubles()).isEmpty();
    }

    @Test
    void keepTheErasureFromEndingUntilTheyAreReplaced() {
        AtomicBoolean failing = new AtomicBoolean(true);
        AtomicBoolean told = new AtomicBoolean();
        store.close();
        store = Store.open(data(), identity(), FailPoints.NONE, erased -> {
            told.set(true);
            if (failing.get()) {
                throw new BackupException("the disk is away");
            }
        });
        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.BODY, KEY, BODY));
        backups(3).make(store);
        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.delete(Columns.BODY, KEY));
        soon().until(told::get);
        closeStore();
        assertThat(StoreFiles.containing(SALT, place())).isNotEmpty();

        store = Store.open(data(), identity(), FailPoints.NONE, backups(3));

        soon().until(() -> store.marked(StoreMark.ERASING).isEmpty());
        assertThat(StoreFiles.containing(SALT, folder)).isEmpty();
    }

    @Test
    void thatComeBackWithTheirDiskAfterAnErasureAreReplacedToo() throws IOException {
        Backups backups = reopen(backups(3));
        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.BODY, KEY, BODY));
        backups.make(store);
        Files.move(place(), folder.resolve("detached"));
        clock.advance(Duration.ofHours(1));
        eraseBody();
        assertThat(StoreFiles.containing(SALT, data())).isEmpty();
        Files.move(folder.resolve("detached"), place());
        assertThat(StoreFiles.containing(SALT, place())).isNotEmpty();

        backups.watch(store);

        assertThat(names()).containsExactly("norra.example-2026-11-02T090000Z");
        assertThat(StoreFiles.containing(SALT, folder)).isEmpty();
        backups.watch(store);
        assertThat(names()).as("once is enough").containsExactly("norra.example-2026-11-02T090000Z");
    }

    private void writePair(long number) {
        store.write(FailPoint.WRITE_HELD, batch -> {
            batch.put(Columns.HELD, "pair", number);
            batch.put(Columns.TREE, "pair", Long.toString(number));
        });
    }

    private void eraseBody() {
        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.delete(Columns.BODY, KEY));
        soon().until(() -> store.marked(StoreMark.ERASING).isEmpty());
        assertThat(store.marked(StoreMark.ERASED).map(Instant::parse)).hasValue(clock.instant());
    }

    private Backups reopen(Backups backups) {
        store.close();
        store = Store.open(data(), identity(), FailPoints.NONE, backups);
        return backups;
    }

    private Backups backups(int kept) {
        return new Backups(TestBackups.config(NORRA, data(), place(), kept), clock);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(place())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path place() {
        return folder.resolve("backups");
    }

    private static StoreIdentity identity() {
        return new StoreIdentity(NORRA, Hash.sha256());
    }
}
