package se.samsyn.node.restore;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreReader;

/** Reads and rests in turns, for the same time each, so that whoever needs the processor or the disk finds them. */
final class PacedReader implements StoreReader {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final StoreReader store;
    private long turnStarted = System.nanoTime();

    PacedReader(StoreReader store) {
        this.store = store;
    }

    @Override
    public <K, V> Optional<V> get(Column<K, V> column, K key) {
        rest();
        return store.get(column, key);
    }

    @Override
    public <K, V> void forEach(Column<K, V> column, BiConsumer<K, V> each) {
        store.forEach(column, (key, value) -> {
            each.accept(key, value);
            rest();
        });
    }

    private void rest() {
        long worked = System.nanoTime() - turnStarted;
        if (worked > TURN_NANOS) {
            LockSupport.parkNanos(worked);
            turnStarted = System.nanoTime();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new StoreException("the reading was stopped before its end");
        }
    }
}
