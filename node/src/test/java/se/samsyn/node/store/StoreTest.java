package se.samsyn.node.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.protocol.Hash;

class StoreTest {
    private static final StoreIdentity NORRA = new StoreIdentity("norra.example", Hash.sha256());

    @TempDir
    private Path folder;

    @Test
    void hasEverythingAfterItWasClosedAndOpenedAgain() {
        TileKey tile = new TileKey("norra.example", 1, 1L << 40);
        BundleKey bundle = new BundleKey("norra.example", 7);
        BodyKey body = new BodyKey("norra.example", Hash.sha256(bytes("body")));
        try (Store store = Store.create(folder, NORRA)) {
            store.write(FailPoint.WRITE_ROOT, batch -> {
                batch.put(Columns.TILE, tile, bytes("tile"));
                batch.put(Columns.BUNDLE, bundle, bytes("bundle"));
                batch.put(Columns.BODY, body, bytes("body"));
                batch.put(Columns.ROOT, 3L, bytes("root"));
            });
            store.write(FailPoint.WRITE_ROOT, batch -> batch.delete(Columns.BODY, body));
        }
        try (Store store = Store.open(folder, NORRA)) {
            assertThat(store.get(Columns.TILE, tile)).hasValue(bytes("tile"));
            assertThat(store.get(Columns.BUNDLE, bundle)).hasValue(bytes("bundle"));
            assertThat(store.get(Columns.ROOT, 3L)).hasValue(bytes("root"));
            assertThat(store.get(Columns.BODY, body)).isEmpty();
            store.forEach(Columns.TILE, (key, value) -> assertThat(key).isEqualTo(tile));
        }
    }

    @Test
    void appendsToWhatAKeyHasOverBatchesAndRestarts() {
        BundleKey bundle = new BundleKey("norra.example", 0);
        try (Store store = Store.create(folder, NORRA)) {
            store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(Columns.BUNDLE, bundle, bytes("one,")));
            store.write(FailPoint.WRITE_ENTRIES, batch -> {
                batch.append(Columns.BUNDLE, bundle, bytes("two,"));
                batch.append(Columns.BUNDLE, bundle, bytes("three,"));
            });
        }
        try (Store store = Store.open(folder, NORRA)) {
            store.write(FailPoint.WRITE_ENTRIES, batch -> batch.append(Columns.BUNDLE, bundle, bytes("four")));
            assertThat(store.get(Columns.BUNDLE, bundle)).hasValue(bytes("one,two,three,four"));
            store.forEach(Columns.BUNDLE, (key, value) -> assertThat(value).isEqualTo(bytes("one,two,three,four")));
            BundleKey other = new BundleKey("norra.example", 1);
            store.write(FailPoint.WRITE_ENTRIES, batch -> batch.append(Columns.BUNDLE, other, bytes("first")));
            assertThat(store.get(Columns.BUNDLE, other)).hasValue(bytes("first"));
        }
    }

    @Test
    void doesNotOpenWhenARecordOfItsWriteAheadLogIsDamaged() throws IOException {
        writeRoots(5);
        Path log = writeAheadLog();
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length - 30] ^= 1;
        Files.write(log, bytes);

        assertThatThrownBy(() -> Store.open(folder, NORRA))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it is damaged");
        assertThatThrownBy(() -> Store.openReadOnly(folder))
                .as("fsck looks at it")
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it is damaged");
    }

    @Test
    void hasAllButAWriteThatAKillCutShort() throws IOException {
        writeRoots(5);
        Path log = writeAheadLog();
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, bytes.length - 3));

        try (Store store = Store.open(folder, NORRA)) {
            assertThat(store.get(Columns.ROOT, 4L)).hasValue(bytes("root 4"));
            assertThat(store.get(Columns.ROOT, 5L)).isEmpty();
        }
    }

    private void writeRoots(int count) {
        try (Store store = Store.create(folder, NORRA)) {
            for (long i = 1; i <= count; i++) {
                long version = i;
                store.write(FailPoint.WRITE_ROOT, batch -> batch.put(Columns.ROOT, version, bytes("root " + version)));
            }
        }
    }

    private Path writeAheadLog() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    @Test
    void writesAllOfABatchOrNothing() {
        try (Store store = Store.create(folder, NORRA)) {
            assertThatThrownBy(() -> store.write(FailPoint.WRITE_ROOT, batch -> {
                        batch.put(Columns.ROOT, 1L, bytes("one"));
                        throw new IllegalStateException("half way");
                    }))
                    .hasMessage("half way");
            assertThat(store.get(Columns.ROOT, 1L)).isEmpty();
        }
    }

    @Test
    void givesKeysInTheirOrder() {
        try (Store store = Store.create(folder, NORRA)) {
            store.write(
                    FailPoint.WRITE_ROOT,
                    batch -> List.of(300L, 2L, 1L << 33, 256L, 0L)
                            .forEach(version -> batch.put(Columns.ROOT, version, bytes("root"))));
            List<Long> versions = new ArrayList<>();
            store.forEach(Columns.ROOT, (version, note) -> versions.add(version));
            assertThat(versions).containsExactly(0L, 2L, 256L, 300L, 1L << 33);
        }
    }

    @Test
    void refusesAnotherNodesAndAnotherNetworks() {
        Store.create(folder, NORRA).close();
        assertThatThrownBy(() -> Store.open(folder, new StoreIdentity("sodra.example", NORRA.network())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("node norra.example, not sodra.example");
        assertThatThrownBy(() -> Store.open(folder, new StoreIdentity(NORRA.node(), Hash.sha256(bytes("other")))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("of network " + NORRA.network());
        Store.open(folder, NORRA).close();
    }

    @Test
    void isMadeOnceAndNeverMadeByOpening() {
        assertThatThrownBy(() -> Store.open(folder, NORRA))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no store");
        Store.create(folder, NORRA).close();
        assertThatThrownBy(() -> Store.create(folder, NORRA))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("never overwritten");
    }

    @Test
    void hasOneUserAtATime() {
        try (Store store = Store.create(folder, NORRA)) {
            assertThatThrownBy(() -> Store.open(folder, NORRA))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another process has it open. Is the node running already?");
            assertThat(store.get(Columns.ROOT, 1L)).as("the first one goes on").isEmpty();
        }
    }

    @Test
    void refusesEverythingOnceItIsClosed() {
        Store store = Store.create(folder, NORRA);
        store.close();
        store.close();

        assertThatThrownBy(() -> store.get(Columns.ROOT, 1L)).hasMessageContaining("is closed");
        assertThatThrownBy(() -> store.write(FailPoint.WRITE_ROOT, batch -> {})).hasMessageContaining("is closed");
        assertThatThrownBy(() -> store.forEach(Columns.ROOT, (key, value) -> {}))
                .hasMessageContaining("is closed");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
