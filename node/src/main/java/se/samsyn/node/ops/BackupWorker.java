package se.samsyn.node.ops;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.store.Store;

/** Makes the backups of a running node on a thread of its own: those that somebody asks for, and those that are due. */
public final class BackupWorker implements AutoCloseable {
    private static final long WATCH_MINUTES = 10;
    private static final long STOP_TIMEOUT_SECONDS = 60;
    private static final Logger logger = LoggerFactory.getLogger(BackupWorker.class);

    private final Backups backups;
    private final Store store;
    private final ScheduledExecutorService thread;
    private @Nullable Job last;

    /** A backup that somebody asked for; whoever asks before it is begun shares it. */
    public static final class Job {
        private final long number;
        private final CompletableFuture<Backup> result = new CompletableFuture<>();
        private volatile boolean begun;

        private Job(long number) {
            this.number = number;
        }

        /** By which it can be asked for again. */
        public long number() {
            return number;
        }

        /** The backup; fails with what {@link Backups#make} throws. */
        public CompletableFuture<Backup> result() {
            return result;
        }

        private void run(Backups backups, Store store) {
            begun = true;
            try {
                result.complete(backups.make(store));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }
    }

    /** Makes it; what is due is done from {@link #start} on. */
    public BackupWorker(String node, Backups backups, Store store) {
        this.backups = backups;
        this.store = store;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "backup-" + node));
    }

    public void start() {
        if (backups.isConfigured()) {
            // its failures are logged where they come up
            var unused = thread.scheduleWithFixedDelay(this::watch, 0, WATCH_MINUTES, TimeUnit.MINUTES);
        }
    }

    /** The backups that it makes. */
    public Backups backups() {
        return backups;
    }

    /**
     * Asks for a backup of the store as it is now, or for one that was asked for before.
     *
     * @param number of the one asked for before, if it was the last
     * @throws java.util.concurrent.RejectedExecutionException if the node is stopping
     */
    public synchronized Job ask(OptionalLong number) {
        Job job = last;
        if (job == null || (job.begun && !number.equals(OptionalLong.of(job.number)))) {
            Job next = new Job(job == null ? 1 : job.number + 1);
            thread.execute(() -> next.run(backups, store));
            last = next;
        }
        return Objects.requireNonNull(last);
    }

    /** Waits for a backup that is being made. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                logger.warn("a backup is not done within {} s; the store is closed when it is", STOP_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            backups.watch(store);
        } catch (RuntimeException e) {
            logger.error("{}", e.getMessage());
        }
    }
}
