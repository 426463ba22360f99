package se.samsyn.node.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as it is, for measuring what a {@link Store} costs beside it: values under ascending numbers in synced batches, and nothing else.
 * It is here because no other package may know RocksDB.
 */
public final class BareDatabase implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB database;
    private long next;

    private BareDatabase(Path directory) throws RocksDBException {
        database = RocksDB.open(options, directory.toString());
    }

    /**
     * Makes an empty database.
     *
     * @throws StoreException if the directory cannot be written
     */
    public static BareDatabase create(Path directory) {
        try {
            return new BareDatabase(directory);
        } catch (RocksDBException e) {
            throw new StoreException("cannot make a database in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Writes the values in one batch; on return they are on the disk. */
    public void write(List<byte[]> values) {
        try (WriteBatch batch = new WriteBatch()) {
            for (byte[] value : values) {
                batch.put(ByteBuffer.allocate(Long.BYTES).putLong(next++).array(), value);
            }
            database.write(synced, batch);
        } catch (RocksDBException e) {
            throw new StoreException("cannot write to the bare database: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        database.close();
        synced.close();
        options.close();
    }
}
