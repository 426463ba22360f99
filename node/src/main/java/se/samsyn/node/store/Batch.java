package se.samsyn.node.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** A change of many keys that becomes durable as a whole or not at all. */
public final class Batch {
    private final Store store;
    private final WriteBatch writes;

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

    public <K, V> void delete(Column<K, V> column, K key) {
        try {
            writes.delete(store.handle(column), column.key().encode(key));
        } catch (RocksDBException e) {
            throw store.failed("delete from", column, e);
        }
    }
}
