package se.samsyn.node.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.fsck.LogReport;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.store.Batch;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.PositionKey;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.tlog.EntryBundle;

/** The store that a restore takes the place of: old, damaged, or both. It is only read; what is sound in it is taken over. */
final class FormerStore implements AutoCloseable {
    private static final int BATCH_ROWS = 512;

    private final Store store;
    private final List<String> warnings;
    private boolean allRecords = true;

    private FormerStore(Store store, List<String> warnings) {
        this.store = store;
        this.warnings = warnings;
    }

    /**
     * Opens what is there.
     *
     * @param warnings is told what of it cannot be used
     * @return empty if there is no store, or none that can be read at all
     * @throws StoreException if a running process uses it, or it is another node's or network's
     */
    static Optional<FormerStore> open(Path directory, StoreIdentity identity, List<String> warnings) {
        if (!Store.exists(directory)) {
            return Optional.empty();
        }
        Store store;
        try {
            store = Store.openReadOnly(directory);
        } catch (StoreException e) {
            if (String.valueOf(e.getMessage()).contains("in use")) {
                throw e;
            }
            warnings.add("The store before cannot be read: " + e.getMessage());
            return Optional.empty();
        }
        if (!store.node().equals(identity.node())
                || !store.network().equals(identity.network().toHex())) {
            String whose = store.node() + " in network " + store.network();
            store.close();
            throw new StoreException("the store in " + directory + " is of " + whose
                    + "; check dataDirectory in the configuration. Nothing was changed");
        }
        return Optional.of(new FormerStore(store, warnings));
    }

    /** The federation root that it was made with, as a note. */
    Optional<byte[]> firstRoot() {
        return read(() -> store.get(Columns.ROOT, 1L)).flatMap(Function.identity());
    }

    /** A body of a log, whatever it is by now. */
    Optional<byte[]> body(String node, Hash sha256) {
        return read(() -> store.get(Columns.BODY, new BodyKey(node, sha256))).flatMap(Function.identity());
    }

    /** The entries of a log as far as they can be read in their order, whatever they are by now. */
    List<byte[]> entries(String node) {
        List<byte[]> entries = new ArrayList<>();
        try {
            for (long index = 0; ; index++) {
                Optional<byte[]> bundle = store.get(Columns.BUNDLE, new BundleKey(node, index));
                if (bundle.isEmpty()) {
                    return entries;
                }
                entries.addAll(EntryBundle.parse(bundle.get()));
            }
        } catch (StoreException | MalformedException e) {
            return entries;
        }
    }

    /** Copies the records, as far as they can be read; gives how many of each kind that there are any of. */
    Map<String, Long> copyRecords(Store to) {
        Map<String, Long> counts = new TreeMap<>();
        for (Column<String, byte[]> column : Columns.RECORDS) {
            int before = warnings.size();
            long copied = copy(column, to, key -> true);
            if (copied > 0) {
                counts.put(column.name(), copied);
            }
            allRecords &= warnings.size() == before;
        }
        // what was held must not leave because a disk was lost
        int before = warnings.size();
        copy(Columns.HELD, to, key -> true);
        allRecords &= warnings.size() == before;
        return counts;
    }

    /** Tells whether {@link #copyRecords} could read all of them, and all that was held. */
    boolean hasAllRecords() {
        return allRecords;
    }

    /** The federation root's versions, if they can be read and hold. */
    Optional<RootChain> chain(Hash network) {
        try {
            return Optional.of(RootKeeper.read(store, network));
        } catch (StoreException | RefutedException | MalformedException e) {
            return Optional.empty();
        }
    }

    /** Copies evidence and, whole, those logs of other members in which nothing is wrong; gives their nodes. */
    List<String> copySoundMirrors(Store to, StoreIdentity identity) {
        copy(Columns.EVIDENCE, to, sha256 -> true);
        copy(Columns.REFUSED, to, key -> true);
        List<String> sound = Fsck.verify(store, identity.node(), identity.network()).logs().stream()
                .filter(log -> log.faults().isEmpty() && !log.node().equals(identity.node()))
                .map(LogReport::node)
                .toList();
        copy(Columns.TILE, to, key -> sound.contains(key.node()));
        copy(Columns.BUNDLE, to, key -> sound.contains(key.node()));
        copy(Columns.BODY, to, key -> sound.contains(key.node()));
        copy(Columns.SIGNED, to, sound::contains);
        copy(Columns.PUBLISHED, to, sound::contains);
        Predicate<PositionKey> known =
                key -> sound.contains(key.node()) || key.node().equals(identity.node());
        copy(Columns.POSITION, to, known);
        copy(Columns.COUNTED_POSITION, to, known);
        copy(Columns.COSIGNED, to, sound::contains);
        // last, since it says how much of the rest there is
        copy(Columns.TREE, to, sound::contains);
        return sound;
    }

    @Override
    public void close() {
        store.close();
    }

    private <K, V> long copy(Column<K, V> column, Store to, Predicate<K> which) {
        List<Consumer<Batch>> rows = new ArrayList<>();
        long[] count = {0};
        try {
            store.forEach(column, (key, value) -> {
                if (which.test(key)) {
                    rows.add(batch -> batch.put(column, key, value));
                    count[0]++;
                }
                if (rows.size() == BATCH_ROWS) {
                    write(to, rows);
                }
            });
        } catch (StoreException e) {
            warnings.add(
                    "Not all of " + column.name() + " could be read, " + count[0] + " rows were: " + e.getMessage());
        }
        write(to, rows);
        return count[0];
    }

    private static void write(Store to, List<Consumer<Batch>> rows) {
        to.write(FailPoint.WRITE_TAKEN_OVER, batch -> rows.forEach(row -> row.accept(batch)));
        rows.clear();
    }

    private static <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (StoreException e) {
            return Optional.empty();
        }
    }
}
