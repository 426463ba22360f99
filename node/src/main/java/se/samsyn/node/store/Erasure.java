package se.samsyn.node.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes deleted bodies leave the files of the database, where a deletion alone hides them until a compaction that may never come. A moment
 * after the deletion, on a thread of its own, everything in memory is flushed, so that no write-ahead log with the body is kept, and the
 * tables with its key are compacted down to the last level; then the copies that were made of the store are told. The batch that deletes
 * also puts a mark, which is taken away when all is done, in the copies too: what a kill interrupted is done again for the whole column at
 * the next start.
 */
final class Erasure implements AutoCloseable {
    private static final long DELAY_MILLIS = 100;
    private static final long RETRY_MILLIS = 60_000;
    private static final long STOP_TIMEOUT_SECONDS = 60;
    private static final Logger logger = LoggerFactory.getLogger(Erasure.class);

    private final Store store;
    private final Copies copies;
    private final ScheduledExecutorService eraser =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "eraser"));
    private final List<byte[]> pending = new ArrayList<>();
    private boolean everything;

    /** A write to the database that may fail. */
    interface Write {
        void run() throws RocksDBException;
    }

    Erasure(Store store, Copies copies) {
        this.store = store;
        this.copies = copies;
    }

    /** Goes on with what an earlier process did not bring to its end. */
    synchronized void resume() {
        everything = true;
        schedule(DELAY_MILLIS);
    }

    /** Writes a batch that deletes these keys and puts the mark, and has them erased soon afterwards. */
    synchronized void write(List<byte[]> keys, Write write) throws RocksDBException {
        write.run();
        pending.addAll(keys);
        schedule(DELAY_MILLIS);
    }

    /** Stops without waiting for what can be done at the next start. */
    @Override
    public void close() {
        eraser.shutdownNow();
        try {
            if (!eraser.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                logger.warn("the erasure of deleted bodies did not stop within {} s", STOP_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void schedule(long delayMillis) {
        if (!eraser.isShutdown()) {
            // its failure is logged where it fails
            var unused = eraser.schedule(this::erase, delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void erase() {
        List<byte[]> keys;
        boolean all;
        synchronized (this) {
            keys = List.copyOf(pending);
            all = everything;
        }
        if (keys.isEmpty() && !all) {
            return;
        }
        try {
            store.compactAway(Columns.BODY, all ? List.of() : keys);
            copies.erased(store);
            done(keys.size(), all);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!eraser.isShutdown()) {
                logger.error(
                        "deleted bodies may still be in files of the store or of its backups, and are erased later: {}",
                        e.getMessage());
                schedule(RETRY_MILLIS);
            }
        }
    }

    private synchronized void done(int count, boolean all) {
        pending.subList(0, count).clear();
        everything &= !all;
        if (pending.isEmpty() && !everything) {
            store.write(FailPoint.WRITE_ERASED, batch -> batch.unmark(StoreMark.ERASING));
            logger.debug("{} deleted bodies have left the files of the store and of its backups", count);
        }
    }
}
