package se.samsyn.node.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;

/**
 * Many values of one column, put in the ascending order of their keys. They go to a table file of their own beside the database, which
 * knows nothing of it until {@link #commit}: then it takes the whole file in with one synced change of its manifest, so a kill leaves all
 * of it or nothing. However many there are, no more than one is in memory.
 */
public final class SortedWrite<K> implements AutoCloseable {
    private static final String TABLE = "table.sst";

    /** So many of the stored keys are passed one by one before the next is looked for from the top. */
    private static final int STEPS = 4;

    private final Store store;
    private final Column<K, byte[]> column;
    private final RocksDB database;
    private final ColumnFamilyHandle handle;
    private final Path table;
    private final EnvOptions environment = new EnvOptions();
    private final Options options = new Options();
    private final SstFileWriter writer;
    private final RocksIterator stored;
    private byte @Nullable [] storedKey;
    private long written;

    /** What became of a value. */
    public enum Change {
        ADDED,
        CHANGED,
        UNCHANGED
    }

    private SortedWrite(Store store, Column<K, byte[]> column, Path folder) {
        this.store = store;
        this.column = column;
        this.database = store.database;
        this.handle = store.handle(column);
        this.table = folder.resolve(TABLE);
        this.writer = new SstFileWriter(environment, options);
        this.stored = database.newIterator(handle);
        try {
            writer.open(table.toString());
            stored.seekToFirst();
            atStored();
        } catch (RocksDBException e) {
            close();
            throw store.failed("write", column, e);
        }
    }

    /**
     * Writes many values of one column, all of them or nothing.
     *
     * @param writing puts them in the order of their keys, and then commits or does not
     */
    public static <K, T> T run(Store store, Column<K, byte[]> column, Function<SortedWrite<K>, T> writing) {
        return store.whileOpen(() -> {
            Path folder = Scratch.of(store).newDirectory();
            try (SortedWrite<K> write = new SortedWrite<>(store, column, folder)) {
                return writing.apply(write);
            } finally {
                Scratch.delete(folder);
            }
        });
    }

    /**
     * Puts a value, unless the store has just that one.
     *
     * @param key greater than all before, as the store compares them
     */
    public Change put(K key, byte[] value) {
        byte[] encoded = column.key().encode(key);
        try {
            boolean isThere = find(encoded);
            if (isThere && Arrays.equals(stored.value(), value)) {
                return Change.UNCHANGED;
            }
            writer.put(encoded, value);
            written++;
            return isThere ? Change.CHANGED : Change.ADDED;
        } catch (RocksDBException e) {
            throw store.failed("write", column, e);
        }
    }

    /** Takes in all that was put, or nothing; on return it is on the disk. */
    public void commit(FailPoint point) {
        if (written == 0) {
            return;
        }
        try (IngestExternalFileOptions ingest = new IngestExternalFileOptions().setMoveFiles(true)) {
            writer.finish();
            store.failPoints().before(point);
            database.ingestExternalFile(handle, List.of(table.toString()), ingest);
            store.failPoints().after(point);
        } catch (RocksDBException e) {
            throw store.failed("write", column, e);
        }
    }

    @Override
    public void close() {
        stored.close();
        writer.close();
        options.close();
        environment.close();
    }

    /** Moves on to the first stored key that is not before the given one, and tells whether it is that one. */
    private boolean find(byte[] key) throws RocksDBException {
        for (int step = 0; storedKey != null && Arrays.compareUnsigned(storedKey, key) < 0; step++) {
            if (step < STEPS) {
                stored.next();
            } else {
                stored.seek(key);
            }
            atStored();
        }
        return storedKey != null && Arrays.equals(storedKey, key);
    }

    private void atStored() throws RocksDBException {
        stored.status();
        storedKey = stored.isValid() ? stored.key() : null;
    }
}
