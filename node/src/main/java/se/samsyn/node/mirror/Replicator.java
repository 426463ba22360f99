package se.samsyn.node.mirror;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.store.FailPoint;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * Follows one peer's log: asks for its published checkpoint, verifies the log's signature and the quorum, makes the mirror hold the log up
 * to it, stores the checkpoint, and tells what is now published.
 *
 * <p>One thread a log. It asks the origin first and every other member when the origin is away, pauses for the polling interval (longer,
 * doubling and jittered, while nobody answers), and can be woken by {@link #hint}. It resumes where the mirror ends; nothing that a
 * peer sends stops it, and a checkpoint that is refused leaves everything as it was.
 */
public final class Replicator implements AutoCloseable {
    private static final int LONGEST_BACKOFF_FACTOR = 16;
    private static final int ROUNDS_BEFORE_WARNING = 5;
    private static final int HINT_DELAY_MILLIS = 150;
    /** Every so many rounds another peer is asked too: a log that shows two histories to two halves of the network is found so. */
    private static final int CROSS_CHECK_ROUNDS = 8;

    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger logger = LoggerFactory.getLogger(Replicator.class);

    private final Mirror mirror;
    private final StoredLog log;
    private final List<PeerLog> sources = new ArrayList<>();
    private final InstantSource clock;
    private final int pollMillis;
    private final Refusals refusals;
    private final CheckpointWatch watch;
    private final Consumer<CosignedCheckpoint> onPublished;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private @Nullable CosignedCheckpoint current;
    private int failedRounds;
    private int rounds;
    private boolean hinted;
    private boolean resumed;
    private volatile @Nullable String trouble;
    private volatile long troubledNanos;

    /**
     * Makes the follower; it starts with {@link #start}.
     *
     * @param pollMillis between two questions for the checkpoint
     * @param refusals is told what a peer served that does not hold
     * @param watch is told of every checkpoint that is served, and says whose votes do not count
     * @param onPublished is given each stored checkpoint under a quorum, on the follower's thread
     */
    public Replicator(
            Mirror mirror,
            Peers peers,
            InstantSource clock,
            int pollMillis,
            Refusals refusals,
            CheckpointWatch watch,
            Consumer<CosignedCheckpoint> onPublished) {
        this.mirror = mirror;
        this.log = mirror.log();
        this.clock = clock;
        this.pollMillis = pollMillis;
        this.refusals = refusals;
        this.watch = watch;
        this.onPublished = onPublished;
        peers.of(log.node()).ifPresent(peer -> sources.add(new PeerLog(peer, log.node())));
        for (PeerClient peer : peers.all()) {
            if (!peer.node().equals(log.node())) {
                sources.add(new PeerLog(peer, log.node()));
            }
        }
        this.thread = new Thread(this::run, "replicator-" + log.node());
    }

    public void start() {
        thread.start();
    }

    /** Tells that there may soon be a newer checkpoint. */
    public void hint() {
        lock.lock();
        try {
            hinted = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells that the log's own node has spoken: if nobody could be asked, it is back; one that speaks and fails is left alone a while. */
    public void heardOf() {
        if (trouble != null && System.nanoTime() - troubledNanos > REST_NANOS) {
            hint();
        }
    }

    /** What keeps the mirror from following, if anything does. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Who serves the log, its origin first. */
    List<PeerLog> sources() {
        return sources;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        int factor = 1;
        try {
            while (true) {
                factor = turn() ? 1 : Math.min(LONGEST_BACKOFF_FACTOR, 2 * factor);
                pause(factor);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once for the checkpoint and makes the mirror hold what it says; false if nobody gives any that counts. */
    public boolean turn() {
        return resume() && follow();
    }

    /** Goes on from what was published before a restart; false while the clock is so far behind that its cosignatures seem dated ahead. */
    private boolean resume() {
        if (!resumed) {
            try {
                log.published()
                        .map(this::verifyWithAll)
                        .map(this::less)
                        .filter(CosignedCheckpoint::hasQuorum)
                        .ifPresent(published -> {
                            current = published;
                            onPublished.accept(published);
                        });
                resumed = true;
            } catch (RefutedException e) {
                trouble = e.getMessage() + "; is this node's clock behind?";
                logger.debug("the mirror of {} does not resume: {}", log.node(), trouble);
            } catch (RuntimeException e) {
                trouble = "what is stored of the log cannot be read: " + e.getMessage();
                logger.error("the mirror of {} does not resume", log.node(), e);
            }
        }
        return resumed;
    }

    /** Asks one after the other until one gives a checkpoint that leads on or confirms what is held; false if none does. */
    private boolean follow() {
        crossCheck();
        String failure = "no peer to ask";
        for (PeerLog source : sources) {
            try {
                Optional<SignedNote> note = ask(source);
                if (note.isPresent() || source == sources.get(0)) {
                    trouble = null;
                    failedRounds = 0;
                    return true;
                }
            } catch (MalformedException | RefutedException e) {
                failure = source.servedBy() + ": " + e.getMessage();
                refusals.count(source.servedBy(), "log of " + log.node() + ": " + e.getMessage());
            } catch (PeerException e) {
                failure = source.servedBy() + ": " + e.getMessage();
                logger.debug("mirror of {}: {}", log.node(), failure);
            } catch (RuntimeException e) {
                failure = source.servedBy() + ": " + e;
                logger.error("mirror of {}: {}", log.node(), failure, e);
            }
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
        failedRounds++;
        if (failedRounds == ROUNDS_BEFORE_WARNING) {
            // one that is just starting or restarting is no trouble yet
            logger.warn("the mirror of {} does not follow: {}", log.node(), failure);
        }
        troubledNanos = System.nanoTime();
        trouble = failure;
        return false;
    }

    private Optional<SignedNote> ask(PeerLog source) {
        Optional<SignedNote> note = source.checkpoint();
        if (note.isPresent() && !isCurrent(note.get())) {
            watch.offered(log.node(), note.get());
            CosignedCheckpoint offered = less(verifyWithAll(note.get()));
            offered.requireQuorum();
            try {
                mirror.alone(() -> {
                    take(offered);
                    return true;
                });
            } catch (RefutedException e) {
                watch.refused(log.node(), note.get(), new ServedTree(List.of(source)));
                throw e;
            }
        }
        return note;
    }

    /** Now and then asks one of the other members too, each in its turn, whatever the origin says. */
    private void crossCheck() {
        rounds++;
        if (rounds % CROSS_CHECK_ROUNDS == 0 && sources.size() > 1) {
            PeerLog source = sources.get(1 + rounds / CROSS_CHECK_ROUNDS % (sources.size() - 1));
            try {
                ask(source);
            } catch (MalformedException | RefutedException e) {
                refusals.count(source.servedBy(), "log of " + log.node() + ": " + e.getMessage());
            } catch (RuntimeException e) {
                logger.debug("mirror of {}: {}: {}", log.node(), source.servedBy(), e.toString());
            }
        }
    }

    private CosignedCheckpoint verifyWithAll(SignedNote note) {
        return mirror.roots().verifyPublished(note, clock.instant().getEpochSecond());
    }

    /** The checkpoint less the votes of those that are proven to lie. */
    private CosignedCheckpoint less(CosignedCheckpoint checkpoint) {
        return checkpoint.without(watch.accusations());
    }

    /** Most answers are the note that is held already: no signature needs to be verified again. */
    private boolean isCurrent(SignedNote note) {
        return current != null && note.equals(current.note());
    }

    /** Takes a checkpoint that is newer than the published one, by size or by the times of its cosignatures. */
    private void take(CosignedCheckpoint offered) {
        if (current != null && !isNewer(offered, current)) {
            return;
        }
        long now = clock.instant().getEpochSecond();
        // by what counts at its size, which may be another version than the one that it was first held against
        CosignedCheckpoint[] judged = {offered};
        CosignedCheckpoint published = mirror.hold(
                offered.note(),
                inForce -> {
                    judged[0] = less(AcceptedRoots.verifyPublished(inForce, offered.note(), log.node(), now));
                    judged[0].requireQuorum();
                    return judged[0];
                },
                sources,
                FailPoint.WRITE_MIRRORED_CHECKPOINT,
                batch -> log.putPublished(batch, judged[0]));
        current = published;
        onPublished.accept(published);
    }

    private static boolean isNewer(CosignedCheckpoint offered, CosignedCheckpoint current) {
        long offeredSize = offered.checkpoint().head().size();
        long currentSize = current.checkpoint().head().size();
        if (offeredSize != currentSize) {
            return offeredSize > currentSize;
        }
        boolean same = offered.note().equals(current.note());
        boolean better = offered.timeSeconds() > current.timeSeconds()
                || (offered.timeSeconds() == current.timeSeconds() && offered.votes() >= current.votes());
        return !same && better;
    }

    private void pause(int factor) throws InterruptedException {
        long millis = factor * (pollMillis / 2L + ThreadLocalRandom.current().nextLong(pollMillis / 2L + 1));
        lock.lockInterruptibly();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
            while (nanos > 0 && !hinted) {
                nanos = woken.awaitNanos(nanos);
            }
            if (hinted) {
                // the cosignature that gave the hint has still to reach its log
                hinted = false;
                long delay = TimeUnit.MILLISECONDS.toNanos(Math.min(HINT_DELAY_MILLIS, pollMillis));
                while (delay > 0) {
                    delay = woken.awaitNanos(delay);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
