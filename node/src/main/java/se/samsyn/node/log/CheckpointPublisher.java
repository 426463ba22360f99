package se.samsyn.node.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifiedSignature;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * Brings the own log's checkpoints to all witnesses in parallel, and publishes one once a quorum has cosigned it; lines that come later
 * are added. While a checkpoint is on its way to its quorum, newer ones wait, and then the newest is next: with a log that grows faster
 * than witnesses answer, each would else cosign another head and none would ever count. One that does not reach its quorum in time makes
 * way. One thread a witness; the lock guards the target and its cosignatures, and is never held while a peer is asked.
 */
public final class CheckpointPublisher implements AutoCloseable {
    /** An unchanged checkpoint is brought again after this time, for a fresh time of its cosignatures. */
    static final Duration REFRESH = Duration.ofHours(1);

    /** How long a checkpoint may be on its way to its quorum while a newer one waits. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A witness that failed is left alone for so long at least. */
    static final Duration REST = Duration.ofSeconds(1);

    private static final Logger logger = LoggerFactory.getLogger(CheckpointPublisher.class);

    private final Store store;
    private final StoredLog log;
    private final AcceptedRoots roots;
    private final FederationRoot root;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Refusals refusals;
    private final Supplier<Accusations> accusations;
    private final Consumer<CosignedCheckpoint> onPublished;
    private final Map<String, WitnessLink> links = new TreeMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, SignatureLine> lines = new TreeMap<>();
    private final Map<String, Cosigned> cosigned = new HashMap<>();
    private final Map<String, String> troubles = new TreeMap<>();
    private final Map<String, Instant> tries = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private @Nullable SignedNote newest;
    private @Nullable SignedNote target;
    private long targetSince;
    private boolean targetPublished;

    /** What a witness cosigned last, and when. */
    private record Cosigned(String text, long timeSeconds) {}

    /**
     * Makes the publisher; it starts with {@link #start}.
     *
     * @param nanoTime a clock that never jumps, in nanoseconds
     * @param refusals is told which answers of witnesses were no cosignatures
     * @param accusations says whose votes do not count
     * @param onPublished is given each checkpoint under a quorum, and the same again when more have cosigned it
     */
    public CheckpointPublisher(
            Store store,
            AcceptedRoots roots,
            FederationRoot root,
            InstantSource clock,
            LongSupplier nanoTime,
            Refusals refusals,
            Supplier<Accusations> accusations,
            Consumer<CosignedCheckpoint> onPublished) {
        this.store = store;
        this.log = roots.log();
        this.roots = roots;
        this.root = root;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.refusals = refusals;
        this.accusations = accusations;
        this.onPublished = onPublished;
    }

    /** Starts with one thread a witness. */
    public void start(List<PeerClient> witnesses) {
        resume(witnesses);
        links.forEach((witness, link) -> {
            Thread thread = new Thread(link, "witness-" + witness + "-of-" + log.node());
            threads.add(thread);
            thread.start();
        });
    }

    /** Goes on with what was published before a restart, and brings checkpoints to these witnesses from now on. */
    public void resume(List<PeerClient> witnesses) {
        log.published().ifPresent(this::resume);
        witnesses.forEach(witness -> links.put(witness.node(), new WitnessLink(witness, log, this)));
    }

    /** Brings a witness the checkpoint that it is to cosign now, if there is one, for whoever runs this without {@link #start}. */
    public void turn(String witness) {
        Objects.requireNonNull(links.get(witness), witness).turn();
    }

    /** Takes a newly signed checkpoint as the one to publish. */
    public void publish(SignedNote signed) {
        lock.lock();
        try {
            newest = signed;
            retarget();
        } finally {
            lock.unlock();
        }
    }

    /** Tells whether every witness has cosigned the newest signed checkpoint. */
    public boolean isFullyCosigned() {
        lock.lock();
        try {
            SignedNote note = newest;
            return note != null
                    && links.size()
                            == cosigned.values().stream()
                                    .filter(last -> last.text().equals(note.text()))
                                    .count();
        } finally {
            lock.unlock();
        }
    }

    /** What keeps witnesses from cosigning, by their node; empty if nothing does. */
    public Map<String, String> troubles() {
        lock.lock();
        try {
            return Map.copyOf(troubles);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until there is a checkpoint that the witness has not cosigned, or not for an hour. */
    SignedNote awaitWork(String witness) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Optional<SignedNote> work = due(witness);
            while (work.isEmpty()) {
                changed.await(1, TimeUnit.SECONDS);
                work = due(witness);
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The checkpoint that the witness has not cosigned, or not for an hour, if there is one. */
    Optional<SignedNote> due(String witness) {
        lock.lock();
        try {
            retarget();
            return Optional.ofNullable(target).filter(note -> isDue(witness, note));
        } finally {
            lock.unlock();
        }
    }

    /** Tells that a peer has spoken: one that was away is back, and is asked again soon. */
    public void heardOf(String witness) {
        // told on an event loop, which waits for no write; whoever is missed speaks again
        if (!lock.tryLock()) {
            return;
        }
        try {
            Instant tried = tries.get(witness);
            // one that speaks and refuses is not asked at its every word
            boolean rested = tried != null && !clock.instant().isBefore(tried.plus(REST));
            if (troubles.containsKey(witness) && rested && heard.add(witness)) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the time given, or until there is another checkpoint to be brought or the witness has spoken.
     *
     * @param brought the one that could not be brought
     * @return true if the witness has spoken
     */
    boolean pause(String witness, SignedNote brought, long time, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = unit.toNanos(time);
            while (nanos > 0 && Objects.equals(brought, target) && !heard.contains(witness)) {
                nanos = changed.awaitNanos(nanos);
            }
            return heard.remove(witness);
        } finally {
            lock.unlock();
        }
    }

    /** Takes what a witness answered, after verifying that it is that witness's cosignature of that checkpoint. */
    void cosigned(String witness, SignedNote note, List<SignatureLine> answer) {
        List<VerifierKey> keys = root.requireMember(witness).witnesses();
        SignedNote claimed = SignedNote.of(note.text(), answer);
        NoteVerifier.verify(claimed, keys).signatures().forEach(this::requireNotAhead);
        lock.lock();
        try {
            if (target != null && target.text().equals(note.text())) {
                answer.forEach(line -> lines.put(line.ref(), line));
                store(note);
                retarget();
            }
            // only now: what could not be stored is brought again
            troubles.remove(witness);
            cosigned.put(witness, new Cosigned(note.text(), clock.instant().getEpochSecond()));
        } finally {
            lock.unlock();
        }
    }

    /** Counts an answer that was no cosignature of what was asked. */
    void refused(String witness, String message) {
        refusals.count(witness, "as a witness of " + log.origin() + ": " + message);
    }

    void troubled(String witness, String message) {
        lock.lock();
        try {
            troubles.put(witness, message);
            tries.put(witness, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** Turns to the newest checkpoint, unless the one before is still on its way to its quorum. */
    private void retarget() {
        long now = nanoTime.getAsLong();
        boolean free = target == null || targetPublished || now - targetSince > PATIENCE.toNanos();
        if (free && !Objects.equals(target, newest)) {
            target = newest;
            targetSince = now;
            targetPublished = false;
            lines.clear();
            changed.signalAll();
        }
    }

    private void requireNotAhead(VerifiedSignature cosignature) {
        long now = clock.instant().getEpochSecond();
        if (CosignedCheckpoint.isAhead(cosignature.timeSeconds(), now)) {
            throw new RefutedException("the cosignature is dated " + (cosignature.timeSeconds() - now)
                    + " s ahead of this node's clock; one of the two clocks is wrong");
        }
    }

    private boolean isDue(String witness, SignedNote note) {
        Cosigned last = cosigned.get(witness);
        return last == null
                || !last.text().equals(note.text())
                || clock.instant().getEpochSecond() - last.timeSeconds() >= REFRESH.toSeconds();
    }

    private void store(SignedNote note) {
        long now = clock.instant().getEpochSecond();
        RootInForce inForce = roots.forTree(Checkpoint.parse(note.text()).head().size());
        SignedNote merged =
                CosignedCheckpoint.merge(note, lines.values(), inForce.root().quorumFor(log.node()), now);
        CosignedCheckpoint checkpoint =
                inForce.verifyCheckpoint(merged, log.node(), now).without(accusations.get());
        if (checkpoint.hasQuorum()) {
            store.write(FailPoint.WRITE_PUBLISHED_CHECKPOINT, batch -> log.putPublished(batch, checkpoint));
            logger.debug(
                    "{}: size {} has {} cosignatures",
                    log.origin(),
                    checkpoint.checkpoint().head().size(),
                    checkpoint.votes());
            targetPublished = true;
            onPublished.accept(checkpoint);
        }
    }

    /** Goes on with what was published before a restart. */
    private void resume(SignedNote published) {
        CosignedCheckpoint checkpoint =
                roots.verify(published, clock.instant().getEpochSecond()).without(accusations.get());
        if (checkpoint.hasQuorum()) {
            onPublished.accept(checkpoint);
        }
    }
}
