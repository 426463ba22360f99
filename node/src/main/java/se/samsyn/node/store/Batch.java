package se.samsyn.node.store;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A change of many keys that becomes durable as a whole or not at all. */
public final class Batch {
    private final Store store;
    private final WriteBatch writes;
    private final List<byte[]> erased = new ArrayList<>();

    Batch(Store store, WriteBatch writes) {
        this.store = store;
        this.writes = writes;
    }

    public <K, V> void put(Column<K, V> column, K key, V value) {
        try {
            writes.put(
                    store.handle(column),
                    column.key().encode(key),
                    column.value().encode(value));
        } catch (RocksDBException e) {
            throw store.failed("write", column, e);
        }
    }

    /** Puts bytes after the value that the key has, or makes them its value, without reading or writing what is there. */
    public <K> void append(Column<K, byte[]> column, K key, byte[] bytes) {
        try {
            writes.merge(
                    store.handle(column),
                    column.key().encode(key),
                    column.value().encode(bytes));
        } catch (RocksDBException e) {
            throw store.failed("append to", column, e);
        }
    }

    /** Deletes a value; a body leaves the files of the database too, soon after the batch is written. */
    public <K, V> void delete(Column<K, V> column, K key) {
        byte[] encoded = column.key().encode(key);
        try {
            writes.delete(store.handle(column), encoded);
            if (column.equals(Columns.BODY)) {
                erased.add(encoded);
                mark(StoreMark.ERASING, "a body was deleted");
            }
        } catch (RocksDBException e) {
            throw store.failed("delete from", column, e);
        }
    }

    /** Marks the store. */
    public void mark(StoreMark mark, String why) {
        put(Columns.IDENTITY, mark.key(), why);
    }

    /** Takes a mark away. */
    public void unmark(StoreMark mark) {
        delete(Columns.IDENTITY, mark.key());
    }

    /** Keys of the bodies that the batch deletes. */
    List<byte[]> erased() {
        return erased;
    }
}
