package se.samsyn.node.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.CompactRangeOptions.BottommostLevelCompaction;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import se.samsyn.node.FileTrouble;

/**
 * The node's database. Every change is one batch, synced to the disk before {@link #write} returns, so that what was acknowledged
 * survives any kill. A store knows its node and its network and is refused by others. Calls block: never on an event loop.
 */
public final class Store implements StoreReader, AutoCloseable {
    static final String NODE = "node";
    static final String NETWORK = "network";
    private static final String SCHEMA = "schema";

    static {
        RocksDB.loadLibrary();
    }

    final Path directory;
    private final FailPoints failPoints;
    private final Optional<ReadLock> readLock;
    private final DatabaseOptions options;
    private final WriteOptions synced;
    private final ReadOptions latest = new ReadOptions();
    final RocksDB database;
    private final Map<String, ColumnFamilyHandle> handles = new HashMap<>();
    private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
    /** Held for reading while somebody reads at one moment, which keeps deleted values in the files. */
    private final ReentrantReadWriteLock moments = new ReentrantReadWriteLock();

    private final Erasure erasure;
    private boolean closed;

    private enum Mode {
        CREATE,
        WRITE,
        READ
    }

    private Store(Path directory, Mode mode, FailPoints failPoints, Copies copies) {
        this.directory = directory;
        this.failPoints = failPoints;
        erasure = new Erasure(this, copies);
        readLock = mode == Mode.READ ? ReadLock.of(directory) : Optional.empty();
        options = new DatabaseOptions(mode == Mode.CREATE);
        synced = new WriteOptions().setSync(true);
        List<ColumnFamilyDescriptor> descriptors = options.columns();
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            database = mode == Mode.READ
                    ? RocksDB.openReadOnly(options.database(), directory.toString(), descriptors, opened)
                    : RocksDB.open(options.database(), directory.toString(), descriptors, opened);
            for (int i = 0; i < opened.size(); i++) {
                handles.put(Codec.TEXT.decode(descriptors.get(i).getName()), opened.get(i));
            }
        } catch (RocksDBException e) {
            readLock.ifPresent(ReadLock::close);
            throw new StoreException("cannot open the store in " + directory + ": " + OpenTrouble.reason(e), e);
        }
        if (mode != Mode.READ) {
            ReadLock.opened(directory);
        }
    }

    /** Tells whether there is a store in a directory. */
    public static boolean exists(Path directory) {
        return Files.exists(directory.resolve("CURRENT"));
    }

    /**
     * Makes a new, empty store.
     *
     * @throws StoreException if there is a store already, or the directory cannot be written
     */
    public static Store create(Path directory, StoreIdentity identity) {
        return create(directory, identity, FailPoints.NONE, Copies.NONE);
    }

    private static Store create(Path directory, StoreIdentity identity, FailPoints failPoints, Copies copies) {
        if (exists(directory)) {
            throw new StoreException("there is a store in " + directory + " already; it is never overwritten");
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreException("cannot make the folder " + directory + ": " + FileTrouble.reason(e), e);
        }
        Store store = new Store(directory, Mode.CREATE, failPoints, copies);
        store.name(identity);
        return store;
    }

    /**
     * Opens the store that {@link #create} made.
     *
     * @throws StoreException if there is none (a lost disk must not start the log anew), or it is another node's or network's
     */
    public static Store open(Path directory, StoreIdentity identity) {
        return open(directory, identity, FailPoints.NONE, Copies.NONE);
    }

    /** As {@link #open(Path, StoreIdentity)}, with fail points. */
    public static Store open(Path directory, StoreIdentity identity, FailPoints failPoints) {
        return open(directory, identity, failPoints, Copies.NONE);
    }

    /** As {@link #open(Path, StoreIdentity, FailPoints)}; the copies are told what is erased. */
    public static Store open(Path directory, StoreIdentity identity, FailPoints failPoints, Copies copies) {
        OpenTrouble.requireStore(directory);
        Store store = new Store(directory, Mode.WRITE, failPoints, copies);
        try {
            OpenTrouble.requireSchema(directory, store.get(Columns.IDENTITY, SCHEMA));
            store.require(NODE, identity.node());
            store.require(NETWORK, identity.network().toHex());
            Scratch.of(store).clear();
            if (store.marked(StoreMark.ERASING).isPresent()) {
                store.erasure.resume();
            }
        } catch (StoreException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /**
     * Opens a store to look at it, whoever's it is. Nothing in its directory is changed, and no node can start on it meanwhile.
     *
     * @throws StoreException if there is none, a running process uses it, or it is of another version of the schema
     */
    public static Store openReadOnly(Path directory) {
        OpenTrouble.requireStore(directory);
        Store store = new Store(directory, Mode.READ, FailPoints.NONE, Copies.NONE);
        try {
            OpenTrouble.requireSchema(directory, store.get(Columns.IDENTITY, SCHEMA));
        } catch (StoreException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /**
     * Opens the store of a node that joins, and makes it if it is not there or was not made to its end.
     *
     * @param copies are told what is erased
     * @throws StoreException if it is another node's or network's
     */
    public static Store openOrCreate(Path directory, StoreIdentity identity, FailPoints failPoints, Copies copies) {
        if (!exists(directory)) {
            return create(directory, identity, failPoints, copies);
        }
        Store store = new Store(directory, Mode.CREATE, failPoints, copies);
        boolean named = store.get(Columns.IDENTITY, SCHEMA).isPresent();
        if (!named) {
            // a kill came before the batch that names it, and before anything else was written
            store.name(identity);
        }
        store.close();
        return open(directory, identity, failPoints, copies);
    }

    private void name(StoreIdentity identity) {
        write(FailPoint.WRITE_IDENTITY, batch -> {
            batch.put(Columns.IDENTITY, SCHEMA, Long.toString(Columns.SCHEMA_VERSION));
            batch.put(Columns.IDENTITY, NODE, identity.node());
            batch.put(Columns.IDENTITY, NETWORK, identity.network().toHex());
        });
    }

    /** The fail points of the node whose store it is. */
    public FailPoints failPoints() {
        return failPoints;
    }

    private void require(String what, String expected) {
        String found = get(Columns.IDENTITY, what).orElse("none");
        if (!found.equals(expected)) {
            throw new StoreException("the store in " + directory + " is of " + what + " " + found + ", not " + expected
                    + "; check dataDirectory in the configuration");
        }
    }

    @Override
    public <K, V> Optional<V> get(Column<K, V> column, K key) {
        return get(latest, column, key);
    }

    @Override
    public <K, V> void forEach(Column<K, V> column, BiConsumer<K, V> each) {
        forEach(latest, column, each);
    }

    /** Reads with everything as it is now, whatever is written meanwhile. What is deleted meanwhile stays in the files until it ends. */
    public <T> T atOneMoment(Function<StoreReader, T> reading) {
        moments.readLock().lock();
        try {
            return whileOpen(() -> {
                Snapshot snapshot = database.getSnapshot();
                try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                    return reading.apply(new Moment(this, options));
                } finally {
                    database.releaseSnapshot(snapshot);
                }
            });
        } finally {
            moments.readLock().unlock();
        }
    }

    <K, V> Optional<V> get(ReadOptions reading, Column<K, V> column, K key) {
        return whileOpen(() -> {
            try {
                byte[] value =
                        database.get(handle(column), reading, column.key().encode(key));
                return Optional.ofNullable(value).map(column.value()::decode);
            } catch (RocksDBException e) {
                throw failed("read", column, e);
            }
        });
    }

    /** The greatest key of a column that is not after the given one in the order of the keys, with its value. */
    public <K, V> Optional<Map.Entry<K, V>> floor(Column<K, V> column, K key) {
        return whileOpen(() -> {
            try (RocksIterator rows = database.newIterator(handle(column))) {
                rows.seekForPrev(column.key().encode(key));
                rows.status();
                return rows.isValid()
                        ? Optional.of(Map.entry(
                                column.key().decode(rows.key()), column.value().decode(rows.value())))
                        : Optional.empty();
            } catch (RocksDBException e) {
                throw failed("read", column, e);
            }
        });
    }

    <K, V> void forEach(ReadOptions reading, Column<K, V> column, BiConsumer<K, V> each) {
        whileOpen(() -> {
            try (RocksIterator rows = database.newIterator(handle(column), reading)) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    each.accept(column.key().decode(rows.key()), column.value().decode(rows.value()));
                }
                rows.status();
                return true;
            } catch (RocksDBException e) {
                throw failed("read", column, e);
            }
        });
    }

    /**
     * Copies everything as it is at one moment into a store of its own, which is on the disk on return; writing goes on meanwhile. A node
     * that is started on the copy takes it for what it is, an older state, and asks all other members before it signs anything.
     *
     * @param target must not be there, and its folder must
     * @param why what such a node says of it
     * @throws StoreException if it cannot be made; what there is of it then is none
     */
    public void copyTo(Path target, String why) {
        whileOpen(() -> {
            StoreCopy.make(database, target);
            return true;
        });
        StoreCopy.finish(this, target, why);
    }

    /** Why the store has a mark, if it has it. */
    public Optional<String> marked(StoreMark mark) {
        return get(Columns.IDENTITY, mark.key());
    }

    /**
     * Writes all that the consumer puts into the batch, or nothing; on return it is on the disk.
     *
     * @param point which write it is
     */
    public void write(FailPoint point, Consumer<Batch> changes) {
        whileOpen(() -> {
            try (WriteBatch writes = new WriteBatch()) {
                Batch batch = new Batch(this, writes);
                changes.accept(batch);
                failPoints.before(point);
                if (batch.erased().isEmpty()) {
                    database.write(synced, writes);
                } else {
                    erasure.write(batch.erased(), () -> database.write(synced, writes));
                }
                failPoints.after(point);
                return true;
            } catch (RocksDBException e) {
                throw new StoreException(
                        "cannot write to the store in " + directory + ": " + e.getMessage()
                                + ". Nothing of the change was kept; is the disk full?",
                        e);
            }
        });
    }

    /** Closes the database once the calls under way have ended; further calls are refused. */
    @Override
    public void close() {
        erasure.close();
        closing.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                handles.values().forEach(ColumnFamilyHandle::close);
                database.close();
                synced.close();
                latest.close();
                options.close();
                ReadLock.closed(directory);
                readLock.ifPresent(ReadLock::close);
            }
        } finally {
            closing.writeLock().unlock();
        }
    }

    /**
     * Rewrites the files that have deleted values of these keys, or all of the column if none is named, after everything in memory was
     * flushed, so that neither a table nor a write-ahead log holds them any more.
     */
    void compactAway(Column<?, ?> column, List<byte[]> keys) throws InterruptedException {
        moments.writeLock().lockInterruptibly();
        try {
            whileOpen(() -> {
                try (FlushOptions flush = new FlushOptions().setWaitForFlush(true);
                        CompactRangeOptions compaction = new CompactRangeOptions()
                                .setBottommostLevelCompaction(BottommostLevelCompaction.kForce)) {
                    database.flush(flush, List.copyOf(handles.values()));
                    if (keys.isEmpty()) {
                        database.compactRange(handle(column), null, null, compaction);
                    }
                    for (byte[] key : keys) {
                        database.compactRange(handle(column), key, key, compaction);
                    }
                    return true;
                } catch (RocksDBException e) {
                    throw failed("compact", column, e);
                }
            });
        } finally {
            moments.writeLock().unlock();
        }
    }

    ColumnFamilyHandle handle(Column<?, ?> column) {
        ColumnFamilyHandle handle = handles.get(column.name());
        if (handle == null) {
            throw new IllegalArgumentException("column " + column.name() + " is not in Columns.ALL");
        }
        return handle;
    }

    StoreException failed(String verb, Column<?, ?> column, RocksDBException e) {
        return new StoreException(
                "cannot " + verb + " " + column.name() + " in the store in " + directory + ": " + e.getMessage(), e);
    }

    // A native handle that is used after its database was closed would take the process down.
    <T> T whileOpen(Supplier<T> call) {
        closing.readLock().lock();
        try {
            if (closed) {
                throw new StoreException("the store in " + directory + " is closed");
            }
            return call.get();
        } finally {
            closing.readLock().unlock();
        }
    }
}
