package se.samsyn.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.node.TestFederation.soon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

class SequencerTest {
    private static final String NODE = "norra.example";
    private static final StoreIdentity IDENTITY = new StoreIdentity(NODE, Hash.sha256());
    private static final SigningKey KEY = SigningKey.of(
            NODE + "/log",
            KeyType.ED25519,
            Hash.sha256("a seed".getBytes(UTF_8)).toByteArray());

    private final List<SignedNote> signed = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Store store;
    private StoredLog log;
    private Sequencer sequencer;

    @BeforeEach
    void open() {
        store = Store.exists(folder) ? Store.open(folder, IDENTITY) : Store.create(folder, IDENTITY);
        log = new StoredLog(store, NODE);
        sequencer = new Sequencer(store, log, List.of(KEY), signed::add);
    }

    @AfterEach
    void close() {
        sequencer.close();
        store.close();
    }

    @Test
    void tellsCallersWhatIsInTheStore() {
        sequencer.start();
        byte[] body = "a body".getBytes(UTF_8);
        TreeHead head = append(LogEntry.release("one".getBytes(UTF_8), body), entry("two"));

        assertThat(head.size()).isEqualTo(2);
        assertThat(log.head()).isEqualTo(head);
        assertThat(log.entries(0, 2)).containsExactly("one".getBytes(UTF_8), "two".getBytes(UTF_8));
        assertThat(log.body(Hash.sha256(body))).hasValue(body);
    }

    @Test
    void signsOnlyWhatAKilledNodeWouldFindInItsStore(@TempDir Path copies) {
        List<TreeHead> found = new CopyOnWriteArrayList<>();
        List<SignedNote> foundSigned = new CopyOnWriteArrayList<>();
        sequencer = new Sequencer(store, log, List.of(KEY), note -> {
            try (Store copy = copyTo(copies.resolve("at-" + found.size()))) {
                found.add(new StoredLog(copy, NODE).head());
                foundSigned.add(new StoredLog(copy, NODE).signed().orElseThrow());
                signed.add(note);
            }
        });
        sequencer.allowSigning();
        sequencer.start();
        for (int i = 0; i < 5; i++) {
            append(entry("entry " + i));
            int expected = i + 1;
            soon().until(() -> newest().size() == expected);
        }

        soon().untilAsserted(() -> assertThat(found).extracting(TreeHead::size).containsExactly(1L, 2L, 3L, 4L, 5L));
        assertThat(foundSigned).isEqualTo(signed);
        signed.forEach(note -> NoteVerifier.verify(note, List.of(KEY.verifierKey())));
        assertThat(signed)
                .extracting(note -> Checkpoint.parse(note.text()).head())
                .isEqualTo(found);
    }

    @Test
    void signsNothingBeforeItMay() {
        sequencer.start();
        append(entry("one"));
        append(entry("two"));
        assertThat(log.signed()).isEmpty();
        assertThat(signed).isEmpty();

        sequencer.allowSigning();
        soon().until(() -> !signed.isEmpty());
        assertThat(newest()).isEqualTo(log.head());
    }

    @Test
    void signsNoMoreOnceItMustNot() {
        sequencer.allowSigning();
        sequencer.start();
        append(entry("one"));
        soon().until(() -> newest().size() == 1);

        sequencer.stopSigning();
        append(entry("two"));
        append(entry("three"));
        assertThat(newest().size()).isEqualTo(1);
        assertThat(log.head().size()).isEqualTo(3);
    }

    @Test
    void signsBeforeItStopsWhatItWroteLast() {
        sequencer.allowSigning();
        sequencer.start();
        append(entry("one"));
        append(entry("two"));
        sequencer.close();

        assertThat(newest()).isEqualTo(log.head());
        assertThat(log.head().size()).isEqualTo(2);
    }

    @Test
    void signsWhileAppendsKeepComing() {
        sequencer.allowSigning();
        sequencer.start();
        int appended = 0;
        while (signed.isEmpty()) {
            sequencer.append(List.of(entry("entry " + appended++))).join();
        }
        assertThat(newest().size()).isPositive().isLessThanOrEqualTo(log.head().size());
    }

    @Test
    void writesManyAppendsInFewBatchesAndInTheirOrder() {
        List<CompletableFuture<TreeHead>> waiting = new ArrayList<>();
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            waiting.add(sequencer.append(List.of(entry("entry " + i))));
            expected.add(("entry " + i).getBytes(UTF_8));
        }
        sequencer.start();
        waiting.forEach(CompletableFuture::join);

        assertThat(log.entries(0, 600)).usingElementComparator(Arrays::compare).isEqualTo(expected);
        assertThat(waiting.stream().map(CompletableFuture::join).distinct())
                .as("heads of the batches")
                .hasSizeLessThan(10);
    }

    @Test
    void crossesTheEdgeOfATile() {
        sequencer.allowSigning();
        sequencer.start();
        long size = 0;
        for (int count : new int[] {255, 1, 1, 300, 1, 211, 1}) {
            append(Collections.nCopies(count, entry("the same")).toArray(new LogEntry[0]));
            size += count;
            assertThat(log.head().size()).isEqualTo(size);
            assertThat(log.entries(size - 1, size)).hasSize(1);
        }
        assertThat(log.tile(0, 0, 256))
                .hasValueSatisfying(tile -> assertThat(tile).hasSize(256 * Hash.LENGTH));
        assertThat(log.tile(0, 2, 256)).isPresent();
        assertThat(log.tile(0, 3, 2)).isPresent();
        assertThat(log.tile(0, 3, 3)).as("not there yet").isEmpty();
        assertThat(log.tile(1, 0, 3)).isPresent();
        assertThat(log.bundle(3, 2)).isPresent();
        assertThat(log.bundle(3, 3)).isEmpty();
        assertThat(log.bundle(4, 1)).isEmpty();
    }

    @Test
    void signsAfterARestartWhatWasStoredAndNotSigned() {
        sequencer.start();
        TreeHead head = append(entry("one"), entry("two"));
        close();

        open();
        assertThat(log.head()).isEqualTo(head);
        sequencer.allowSigning();
        sequencer.start();
        soon().until(() -> !signed.isEmpty());
        assertThat(newest()).isEqualTo(head);
    }

    @Test
    void givesTheSameSignatureAgainAfterARestart() {
        sequencer.allowSigning();
        sequencer.start();
        append(entry("one"));
        soon().until(() -> signed.size() == 1);
        close();

        open();
        sequencer.allowSigning();
        sequencer.start();
        soon().until(() -> signed.size() == 2);
        assertThat(signed.get(1)).isEqualTo(signed.get(0));
    }

    @Test
    void writesWhatItTookInBeforeItStops() {
        CompletableFuture<TreeHead> written = sequencer.append(List.of(entry("one")));
        sequencer.start();
        sequencer.close();

        assertThat(written).isCompletedWithValue(log.head());
        assertThat(sequencer.append(List.of(entry("two")))).isCompletedExceptionally();
    }

    @Test
    void failsACallerWhenTheStoreFailsAndStopsSigning() {
        sequencer.allowSigning();
        sequencer.start();
        store.close();

        assertThatThrownBy(() -> append(entry("one")))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreException.class);
        soon().until(() -> !sequencer.isSigning());
    }

    @Test
    void refusesAnEntryThatNoBundleCanHoldAndGoesOn() {
        sequencer.allowSigning();
        sequencer.start();
        assertThatThrownBy(() -> sequencer.append(List.of(LogEntry.inline(new byte[65_536]))))
                .hasMessageContaining("65535");

        append(entry("one"));
        soon().until(() -> newest().size() == 1);
        assertThat(sequencer.isSigning()).isTrue();
    }

    @Test
    void refusesMoreThanItsQueueHolds() {
        CountDownLatch refused = new CountDownLatch(1);
        for (int i = 0; i < 5_000 && refused.getCount() > 0; i++) {
            sequencer.append(List.of(entry("entry"))).exceptionally(failure -> {
                assertThat(failure).hasMessageContaining("try again");
                refused.countDown();
                return TreeHead.EMPTY;
            });
        }
        assertThat(refused.getCount()).isZero();
        sequencer.start();
    }

    @Test
    void answersEveryCallerThatComesWhileItStops() {
        sequencer.start();
        List<CompletableFuture<TreeHead>> answers = new CopyOnWriteArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread caller = new Thread(() -> {
                while (answers.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
                    answers.add(sequencer.append(List.of(entry("entry"))));
                }
            });
            caller.start();
            callers.add(caller);
        }
        soon().until(() -> answers.size() > 10);
        sequencer.close();

        soon().until(() -> callers.stream().noneMatch(Thread::isAlive));
        soon().until(() -> answers.stream().allMatch(CompletableFuture::isDone));
        long written = answers.stream()
                .filter(answer -> !answer.isCompletedExceptionally())
                .count();
        assertThat(log.head().size()).isEqualTo(written);
    }

    @Test
    void attack39AFlippedBitInATileStopsAppendingAndSigning() {
        sequencer.allowSigning();
        sequencer.start();
        append(entry("one"), entry("two"), entry("three"));
        soon().until(() -> newest().size() == 3);
        TileKey key = new TileKey(NODE, 0, 0);
        byte[] tile = store.get(Columns.TILE, key).orElseThrow();
        byte[] flipped = tile.clone();
        flipped[40] ^= 1;
        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.TILE, key, flipped));

        assertThatThrownBy(() -> append(entry("four")))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("the store is damaged");
        assertThat(log.head().size()).isEqualTo(3);
        assertThat(newest().size()).isEqualTo(3);
        assertThat(log.entries(0, 3)).as("reading goes on").hasSize(3);

        store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.TILE, key, tile));
        append(entry("four"));
        soon().until(() -> newest().size() == 4);
    }

    @Test
    void letsTheGateSayWhySigningStopped() {
        SigningGate gate =
                new SigningGate(store, sequencer, log, size -> List.of(KEY.verifierKey()), List.of(), 0, peer -> {});
        sequencer.start();
        gate.start();
        soon().until(gate::isOpen);
        assertThat(gate.state()).isEqualTo("signs");

        store.close();
        assertThatThrownBy(() -> append(entry("one"))).isInstanceOf(CompletionException.class);
        soon().untilAsserted(() ->
                assertThat(gate.state()).startsWith("does not sign: ").contains("closed"));
        assertThat(gate.isOpen()).isFalse();
        gate.close();
    }

    /** What a kill at this moment would leave. */
    private Store copyTo(Path copy) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(folder.relativize(file).toString()));
            }
            return Store.open(copy, IDENTITY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TreeHead append(LogEntry... entries) {
        return sequencer.append(List.of(entries)).join();
    }

    private TreeHead newest() {
        return log.signed().map(note -> Checkpoint.parse(note.text()).head()).orElse(TreeHead.EMPTY);
    }

    private static LogEntry entry(String text) {
        return LogEntry.inline(text.getBytes(UTF_8));
    }
}
