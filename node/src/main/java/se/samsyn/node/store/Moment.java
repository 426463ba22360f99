package se.samsyn.node.store;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.rocksdb.ReadOptions;

/** A store as it was at one moment. */
final class Moment implements StoreReader {
    private final Store store;
    private final ReadOptions reading;

    Moment(Store store, ReadOptions reading) {
        this.store = store;
        this.reading = reading;
    }

    @Override
    public <K, V> Optional<V> get(Column<K, V> column, K key) {
        return store.get(reading, column, key);
    }

    @Override
    public <K, V> void forEach(Column<K, V> column, BiConsumer<K, V> each) {
        store.forEach(reading, column, each);
    }
}
