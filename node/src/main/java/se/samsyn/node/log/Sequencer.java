package se.samsyn.node.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TileMemory;
import se.samsyn.protocol.tlog.TileTree;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * The one writer of the node's own log.
 *
 * <p>All changes go through one thread, so that the log has one order. A batch is what came while the one before was written; it is hashed,
 * and written with its tiles, bodies and tree head in one synced write; only then are the callers told, and only then is the new head
 * signed, once for all batches that come close together. So a signature never covers what a crash could take away: a kill before the write
 * loses entries that nobody was told of and nobody saw signed; a kill between the write and the signature leaves a stored head that is
 * signed after the restart; a kill after the signature was made but before it was stored loses a signature that never left the node, and
 * Ed25519 and the deterministic form of ML-DSA give the same one again for the same head.
 *
 * <p>Two signed heads of one size cannot differ, because the signed note is stored (synced) before it is given to anybody, and the
 * stored tree only grows. What no local order can prevent is a store that was put back to an older state; hence nothing is signed until
 * {@link #allowSigning} is called, after enough witnesses were asked for the newest checkpoint that they know of this log.
 */
public final class Sequencer implements Appender, AutoCloseable {
    /** Entries in one call at most; a batch is written once it has so many. */
    static final int MAX_BATCH_SIZE = 1_024;

    private static final int MAX_QUEUED = 4 * MAX_BATCH_SIZE;
    /** Without appends for so long, the head is signed at once. */
    private static final int QUIET_MILLIS = 2;
    /** While appends keep coming, one signature covers the batches of so long: it costs a synced write of its own. */
    private static final int MAX_UNSIGNED_MILLIS = 50;

    private static final int IDLE_MILLIS = 200;
    private static final int STOP_TIMEOUT_MILLIS = 10_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final String STOPPING = "the node is stopping";
    private static final Logger logger = LoggerFactory.getLogger(Sequencer.class);

    private final Store store;
    private final StoredLog log;
    private final List<SigningKey> logKeys;
    private final Consumer<SignedNote> onSigned;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final ReentrantLock changing = new ReentrantLock();
    /** What is read from the store is compared with it, and hashed where it differs. */
    private final TileMemory hashed = new TileMemory(TileMemory.RIGHT_EDGE);

    private final Thread writer;
    private boolean signedHeadGiven;
    /** When the first batch was written that no signature covers yet; only while one is about to. */
    private OptionalLong unsignedSinceNanos = OptionalLong.empty();

    private volatile boolean signingAllowed;
    private volatile @Nullable String failure;
    private volatile boolean stopping;
    private volatile boolean stopped;

    private record Waiting(List<LogEntry> entries, CompletableFuture<TreeHead> written) {}

    /**
     * Makes the writer; it starts with {@link #start}.
     *
     * @param logKeys each of them signs every checkpoint
     * @param onSigned is given each new signed checkpoint, on the writer's thread
     */
    public Sequencer(Store store, StoredLog log, List<SigningKey> logKeys, Consumer<SignedNote> onSigned) {
        this.store = store;
        this.log = log;
        this.logKeys = List.copyOf(logKeys);
        this.onSigned = onSigned;
        this.writer = new Thread(this::run, "sequencer-" + log.node());
    }

    public void start() {
        writer.start();
    }

    /** Lets the writer sign heads, from now on. */
    public void allowSigning() {
        signingAllowed = true;
    }

    /** Makes the writer stop signing; it goes on appending. */
    public void stopSigning() {
        signingAllowed = false;
    }

    /** Tells whether heads are signed. */
    public boolean isSigning() {
        return signingAllowed && failure == null;
    }

    /** Why the newest head could not be signed, if it could not. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * {@inheritDoc}
     *
     * @param entries at most {@link #MAX_BATCH_SIZE}
     */
    @Override
    public CompletableFuture<TreeHead> append(List<LogEntry> entries) {
        Waiting waiting = new Waiting(List.copyOf(entries), new CompletableFuture<>());
        if (entries.isEmpty() || entries.size() > MAX_BATCH_SIZE) {
            throw new IllegalArgumentException(entries.size() + " entries, not 1 to " + MAX_BATCH_SIZE);
        }
        if (stopping || !queue.offer(waiting)) {
            waiting.written()
                    .completeExceptionally(
                            new BusyException(stopping ? STOPPING : "the log's queue is full; try again in a moment"));
        }
        if (stopped) {
            failRest();
        }
        return waiting.written();
    }

    /** True once nothing is written any more. */
    public boolean isStopped() {
        return !writer.isAlive();
    }

    /** Stops after what was taken in is written. */
    @Override
    public void close() {
        stopping = true;
        try {
            writer.join(STOP_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            writeAndSign();
        } finally {
            // whatever ends it, nobody waits for a thread that is gone
            stopping = true;
            stopped = true;
            signingAllowed = false;
            failRest();
        }
    }

    private void writeAndSign() {
        while (!stopping || !queue.isEmpty() || unsignedSinceNanos.isPresent()) {
            try {
                List<Waiting> batch = nextBatch();
                changing.lockInterruptibly();
                try {
                    writeAndSign(batch, batch.isEmpty());
                } finally {
                    changing.unlock();
                }
            } catch (InterruptedException e) {
                stopping = true;
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void writeAndSign(List<Waiting> batch, boolean quiet) {
        if (!batch.isEmpty()) {
            write(batch);
        }
        signOnceDue(quiet);
    }

    /** Writes what waits and signs the head, for whoever runs the writer without {@link #start}. */
    public void turn() {
        List<Waiting> batch = new ArrayList<>();
        queue.drainTo(batch);
        changing.lock();
        try {
            writeAndSign(batch, true);
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            changing.unlock();
        }
    }

    /** What failed left nothing half-written, so that it is tried again: a disk that was full may have room. */
    private void failed(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.equals(failure)) {
            logger.error("{}: nothing is signed: {}", log.origin(), message, e);
        }
        failure = message;
        unsignedSinceNanos = OptionalLong.empty();
    }

    /** Signs when no append came for a moment, and while they keep coming after the longest time that a head may wait. */
    private void signOnceDue(boolean quiet) {
        long nowNanos = System.nanoTime();
        long sinceNanos = unsignedSinceNanos.orElse(nowNanos);
        if (!signingAllowed) {
            unsignedSinceNanos = OptionalLong.empty();
        } else if (quiet || nowNanos - sinceNanos >= MAX_UNSIGNED_MILLIS * NANOS_PER_MILLI) {
            signHead();
            failure = null;
            unsignedSinceNanos = OptionalLong.empty();
        } else {
            unsignedSinceNanos = OptionalLong.of(sinceNanos);
        }
    }

    /** Answers callers that came while the last batch was written. */
    private void failRest() {
        for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.written().completeExceptionally(new BusyException(STOPPING));
        }
    }

    /** What has come until now, but waits a moment for the first; while that is written, others come together for the next batch. */
    private List<Waiting> nextBatch() throws InterruptedException {
        List<Waiting> batch = new ArrayList<>();
        int patienceMillis = unsignedSinceNanos.isPresent() ? QUIET_MILLIS : IDLE_MILLIS;
        @Nullable Waiting next = queue.poll(patienceMillis, TimeUnit.MILLISECONDS);
        int size = 0;
        while (next != null) {
            batch.add(next);
            size += next.entries().size();
            next = size >= MAX_BATCH_SIZE ? null : queue.poll();
        }
        return batch;
    }

    /** Runs a change of the own log's rows while nothing is appended or signed. */
    public <T> T alone(Supplier<T> change) {
        changing.lock();
        try {
            return change.get();
        } finally {
            changing.unlock();
        }
    }

    /** A flipped bit in a tile must not grow into a root that contradicts what was signed (Certificate Transparency logs ended so). */
    private void requireUndamaged(String what, TreeHead head, TileTree tree) {
        Hash made = MerkleTree.root(head.size(), tree);
        if (!made.equals(head.root())) {
            throw new StoreException("the stored tiles of " + log.origin() + " make root " + made.toBase64()
                    + " at size " + head.size() + ", " + what + " says "
                    + head.root().toBase64()
                    + ": the store is damaged; nothing is appended or signed until it is repaired from peers");
        }
    }

    private void write(List<Waiting> batch) {
        List<LogEntry> entries =
                batch.stream().flatMap(waiting -> waiting.entries().stream()).toList();
        try {
            TileTree tree = log.tree(hashed);
            TreeHead head = log.head();
            requireUndamaged("the stored tree head", head, tree);
            Growth growth = log.grow(head, entries, tree);
            store.write(FailPoint.WRITE_ENTRIES, changes -> {
                log.put(changes, growth);
                entries.forEach(entry -> {
                    entry.body().ifPresent(body -> log.putBody(changes, body.sha256(), body.bytes()));
                    entry.withdrawnBody().ifPresent(hash -> log.deleteBody(changes, hash));
                });
            });
            batch.forEach(waiting -> waiting.written().complete(growth.head()));
        } catch (RuntimeException e) {
            logger.error("{}: {} entries were not appended: {}", log.origin(), entries.size(), e.getMessage());
            batch.forEach(waiting -> waiting.written().completeExceptionally(e));
        }
    }

    private void signHead() {
        TreeHead head = log.head();
        Optional<SignedNote> signed = log.signed();
        long signedSize =
                signed.map(note -> Checkpoint.parse(note.text()).head().size()).orElse(0L);
        if (head.size() == signedSize) {
            giveOnce(signed);
            return;
        }
        if (head.size() < signedSize) {
            throw new StoreException(
                    "the store holds " + head.size() + " entries of " + log.origin() + " and a signed checkpoint of "
                            + signedSize + ": it is damaged, and nothing is signed; stop the node and run samsyn fsck");
        }
        TileTree tree = log.tree(hashed);
        requireUndamaged("the stored tree head", head, tree);
        signed.ifPresent(note -> requireUndamaged(
                "the signed checkpoint", Checkpoint.parse(note.text()).head(), tree));
        String text = new Checkpoint(log.origin(), head).encode();
        List<SignatureLine> lines = store.failPoints()
                .around(
                        FailPoint.SIGN_CHECKPOINT,
                        () -> logKeys.stream().map(key -> key.signNote(text)).toList());
        SignedNote note = SignedNote.of(text, lines);
        store.write(
                FailPoint.WRITE_SIGNED_CHECKPOINT, changes -> changes.put(Columns.SIGNED, log.node(), note.encode()));
        signedHeadGiven = true;
        onSigned.accept(note);
    }

    /** After a start: what was signed before may not have reached its quorum. */
    private void giveOnce(Optional<SignedNote> signed) {
        if (!signedHeadGiven) {
            signedHeadGiven = true;
            signed.ifPresent(onSigned);
        }
    }
}
