package se.samsyn.node.witness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.CheckpointWatch;
import se.samsyn.node.mirror.ForeignTree;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.Evidence;

/**
 * Finds, keeps and tells evidence that a key signed two histories (SIGNING section 1).
 *
 * <p>It compares every checkpoint that a peer serves or brings with what is held of that log, on a thread of its own, and takes over what
 * other members' logs prove. What proves nothing is passed over. What proves something is first written to the store and then counts here,
 * is logged in the node's own log once for each accused key and log, and so reaches everybody. A kill in between loses nothing: refused
 * checkpoints are compared again at the next start, and what is kept and not logged is logged then.
 *
 * <p>The lock guards what is known; it is held while evidence is written, and never while a peer or the own log is waited for.
 */
public final class EvidenceKeeper implements CheckpointWatch, AutoCloseable {
    /** Checkpoints waiting to be compared; more are let go, and the same or newer ones will be served again. */
    static final int MAX_WAITING = 256;

    private static final long RETRY_SECONDS = 5;
    private static final long STOP_TIMEOUT_SECONDS = 10;
    private static final Logger logger = LoggerFactory.getLogger(EvidenceKeeper.class);

    private final Store store;
    private final Map<String, StoredLog> logs;
    private final Supplier<List<FederationRoot>> roots;
    private final RefusedNotes refused;
    private final ToldEvidence told;
    private final RememberedNotes remembered;
    private final ScheduledThreadPoolExecutor worker;
    private final Set<Hash> untold = ConcurrentHashMap.newKeySet();
    /** Logs whose growth waits to be looked at, and up to which size that was done. */
    private final Set<String> growing = ConcurrentHashMap.newKeySet();

    private final Map<String, Long> judgedSizes = new ConcurrentHashMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile Consumer<Evidence> tell = evidence -> {};
    private volatile Runnable onChange = () -> {};
    private volatile Accusations accusations;

    /**
     * Takes up what the store has; it finds and tells nothing before {@link #start}.
     *
     * @param own the node's own log
     * @param logs all logs, by the names of their nodes
     * @param roots all versions of the federation root that are known: evidence may be about keys of each
     * @param remembered what an earlier one has left to be judged
     * @param worker what it works on, and closes at its end
     */
    public EvidenceKeeper(
            Store store,
            StoredLog own,
            Map<String, StoredLog> logs,
            Supplier<List<FederationRoot>> roots,
            RememberedNotes remembered,
            ScheduledThreadPoolExecutor worker) {
        this.store = store;
        this.logs = new TreeMap<>(logs);
        this.roots = roots;
        this.refused = new RefusedNotes(store);
        this.remembered = remembered;
        this.told = new ToldEvidence(own);
        this.accusations = stored();
        this.worker = worker;
    }

    /**
     * Starts to find and tell.
     *
     * @param toLog appends evidence to the own log and returns once it is there
     * @param changed is told when other keys are accused than before
     */
    public void start(Consumer<Evidence> toLog, Runnable changed) {
        tell = toLog;
        onChange = changed;
        for (String node : logs.keySet()) {
            work(() -> refused.of(node).forEach(note -> guarded(() -> compare(node, note, ForeignTree.UNKNOWN))));
            work(() -> remembered.of(node).forEach(note -> guarded(() -> judge(node, note))));
        }
        tellSoon(0);
    }

    @Override
    public Accusations accusations() {
        return accusations;
    }

    @Override
    public Optional<Evidence> evidence(Hash sha256) {
        return bytes(sha256).map(Evidence::parse);
    }

    /** The canonical bytes of a piece of evidence that counts, or that did before another proved more. */
    public Optional<byte[]> bytes(Hash sha256) {
        return store.get(Columns.EVIDENCE, sha256);
    }

    @Override
    public void offered(String node, SignedNote note) {
        if (isOf(node, note)) {
            remembered.remember(node, note);
            work(() -> judge(node, note));
        }
    }

    @Override
    public void grown(String node) {
        // many growths that come one after the other are looked at once
        if (growing.add(node) && !work(() -> judgeGrown(node))) {
            growing.remove(node);
        }
    }

    /** What was ahead of the tree that is held, refused or not, may have turned out to be of another. */
    private void judgeGrown(String node) {
        growing.remove(node);
        long held = log(node).head().size();
        long judged = Objects.requireNonNullElse(judgedSizes.put(node, held), 0L);
        Contradictions contradictions = new Contradictions(log(node), keys());
        Set<SignedNote> notes = new LinkedHashSet<>(remembered.of(node));
        notes.addAll(refused.of(node));
        for (SignedNote note : notes) {
            long size = Checkpoint.parse(note.text()).head().size();
            if (size > judged && size <= held && contradictions.isForeign(note)) {
                guarded(() -> judge(node, note));
            }
        }
    }

    @Override
    public void refused(String node, SignedNote note, ForeignTree tree) {
        if (isOf(node, note)) {
            work(() -> {
                if (new Contradictions(log(node), keys()).isByLog(note)) {
                    refused.keep(node, note);
                }
                compare(node, note, tree);
            });
        }
    }

    @Override
    public void logged(Statement statement) {
        if (statement instanceof EvidenceStatement one) {
            try {
                take(one.evidence());
            } catch (RefutedException | MalformedException e) {
                logger.info("{} has logged evidence that proves nothing: {}", statement.node(), e.getMessage());
            }
        }
    }

    /** True once it is closed and looks at nothing any more. */
    public boolean isStopped() {
        return worker.isTerminated();
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                logger.warn("the search for evidence did not stop within {} s", STOP_TIMEOUT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if it is let go. */
    private boolean work(Runnable task) {
        boolean hasRoom = !worker.isShutdown() && worker.getQueue().size() < MAX_WAITING;
        if (hasRoom) {
            worker.execute(() -> guarded(task));
        }
        return hasRoom;
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RefutedException | MalformedException e) {
            logger.debug("nothing is proven: {}", e.getMessage());
        } catch (RuntimeException e) {
            logger.error("the search for evidence failed: {}", e.getMessage(), e);
        }
    }

    /** Whether a note is a checkpoint of the log of a node, whoever signed it: what else a peer serves is not even remembered. */
    private boolean isOf(String node, SignedNote note) {
        try {
            return logs.containsKey(node)
                    && Checkpoint.parse(note.text()).origin().equals(log(node).origin());
        } catch (MalformedException e) {
            return false;
        }
    }

    /** Keeps what the log signed and is of another tree than the one that is held, and compares it. */
    private void judge(String node, SignedNote note) {
        Contradictions contradictions = new Contradictions(log(node), keys());
        if (contradictions.isForeign(note) && contradictions.isByLog(note)) {
            refused.keep(node, note);
        }
        compare(node, note, ForeignTree.UNKNOWN);
    }

    private void compare(String node, SignedNote note, ForeignTree tree) {
        Set<SignedNote> others = new LinkedHashSet<>(held(log(node)));
        others.addAll(refused.of(node));
        others.addAll(remembered.of(node));
        others.remove(note);
        List<VerifierKey> keys = keys();
        List<Evidence> found = new Contradictions(log(node), keys).of(note, others, tree);
        // the one that accuses most first: with it, the others may prove nothing new
        found.sort(Comparator.comparingInt(
                (Evidence evidence) -> -evidence.verify(keys).size()));
        for (Evidence evidence : found) {
            if (accusations.isWorsenedBy(evidence, keys) && told.hasRoomFor(evidence.verify(keys))) {
                untold.add(Hash.sha256(evidence.encode()));
                take(evidence);
            }
        }
    }

    private List<SignedNote> held(StoredLog log) {
        List<SignedNote> held = new ArrayList<>();
        log.signed().ifPresent(held::add);
        log.published().ifPresent(held::add);
        store.get(Columns.COSIGNED, log.node())
                .map(CosignedRecord::parse)
                .map(CosignedRecord::note)
                .ifPresent(held::add);
        return held;
    }

    /** Takes evidence that proves something not known yet, or known by another piece. */
    private void take(Evidence evidence) {
        Accusations before;
        Accusations after;
        synchronized (this) {
            before = accusations;
            after = before.with(evidence, keys());
            if (after.evidence().equals(before.evidence())) {
                return;
            }
            write(after);
            accusations = after;
        }
        for (Accusations.Proven proven : after.all()) {
            if (before.against(proven.accusation().key(), proven.accusation().origin())
                    .isEmpty()) {
                logger.error(
                        "evidence {}: {}", proven.sha256(), proven.accusation().text());
            }
        }
        onChange.run();
        tellSoon(0);
    }

    /** What another piece proves more of stays: an earlier basis names it. */
    private void write(Accusations after) {
        store.write(FailPoint.WRITE_EVIDENCE, batch -> {
            for (Accusations.Proven proven : after.all()) {
                batch.put(Columns.EVIDENCE, proven.sha256(), proven.evidence().encode());
            }
        });
    }

    private void tellSoon(long delaySeconds) {
        if (!worker.isShutdown() && telling.compareAndSet(false, true)) {
            // its failure is logged where it fails
            var unused = worker.schedule(this::tellAll, delaySeconds, TimeUnit.SECONDS);
        }
    }

    private void tellAll() {
        telling.set(false);
        boolean allTold = true;
        for (Accusations.Proven proven : accusations.all()) {
            allTold &= told(proven);
        }
        if (!allTold) {
            tellSoon(RETRY_SECONDS);
        }
    }

    /** One piece that cannot be logged does not keep the others from being told. */
    private boolean told(Accusations.Proven proven) {
        try {
            // what was found here is in no log yet, though another proof of the same may be
            if (!told.isTold(proven.accusation(), keys()) || untold.contains(proven.sha256())) {
                tell.accept(least(proven));
                untold.remove(proven.sha256());
            }
            return true;
        } catch (MalformedException e) {
            // it will not become any shorter; whoever told it before has it in its log
            logger.error("evidence {} is kept and cannot be logged: {}", proven.sha256(), e.getMessage());
            untold.remove(proven.sha256());
            return true;
        } catch (RuntimeException e) {
            logger.error("evidence {} is kept and not logged yet: {}", proven.sha256(), e.getMessage());
            return false;
        }
    }

    /** The piece with no more lines than it needs: what came in another log's entry has to fit under this node's name too. */
    private Evidence least(Accusations.Proven proven) {
        return proven.evidence()
                .against(accusations.all().stream()
                        .filter(other -> other.sha256().equals(proven.sha256()))
                        .map(other -> other.accusation().key())
                        .toList());
    }

    private Accusations stored() {
        List<VerifierKey> keys = keys();
        Accusations[] all = {Accusations.NONE};
        store.forEach(Columns.EVIDENCE, (sha256, bytes) -> {
            try {
                all[0] = all[0].with(Evidence.parse(bytes), keys);
            } catch (RefutedException | MalformedException e) {
                logger.error("evidence {} in the store proves nothing: {}", sha256, e.getMessage());
            }
        });
        return all[0];
    }

    private List<VerifierKey> keys() {
        return EvidenceKeys.of(roots.get());
    }

    private StoredLog log(String node) {
        return Optional.ofNullable(logs.get(node)).orElseThrow(() -> new RefutedException("no log of " + node));
    }
}
