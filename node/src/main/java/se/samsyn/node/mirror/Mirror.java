package se.samsyn.node.mirror;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import se.samsyn.node.log.AcceptedRoots;
import se.samsyn.node.log.Growth;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.store.Batch;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.LaterRootException;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * The verified copy of one peer's log. It grows only under its lock, only to a head that the log's key signed, and only when every new
 * entry is a statement of that node, the entries make the signed root, and every body that they name and no later entry retracts is stored.
 *
 * <p>Bodies are stored as they come, entries and tree all at once at the end: an interrupted pull keeps the bodies it has, which are
 * vouched for by signed statements, and shows nothing of the rest.
 */
public final class Mirror {
    /** Entries pulled in one growth at most: they are held in memory until they have made the signed root. */
    static final int MAX_PULLED_SIZE = 1 << 20;

    /** Bytes of entries pulled in one growth at most. */
    static final long MAX_PULLED_LENGTH = 256L << 20;

    private static final long PULL_TIMEOUT_SECONDS = 60;

    private static final long LOCK_TIMEOUT_SECONDS = 20;
    private static final long SHORT_LOCK_TIMEOUT_SECONDS = 3;

    private final Store store;
    private final StoredLog log;
    private final AcceptedRoots roots;
    private final KnownStatements known;
    private final Refusals refusals;
    private final CheckpointWatch watch;
    private final ReentrantLock growing = new ReentrantLock();
    private volatile boolean stopping;

    /**
     * Makes the copy over what the store has of the log.
     *
     * @param refusals is told what a peer served that is not what it was asked for
     * @param watch is told of each growth and each new statement
     */
    public Mirror(Store store, StoredLog log, RootChain chain, Refusals refusals, CheckpointWatch watch) {
        this.store = store;
        this.log = log;
        this.roots = new AcceptedRoots(log, chain);
        this.refusals = refusals;
        this.watch = watch;
        this.known = new KnownStatements(log, chain);
    }

    /** Which versions of the root the log has accepted as far as it is held. */
    public AcceptedRoots roots() {
        return roots;
    }

    public StoredLog log() {
        return log;
    }

    /**
     * Runs one change of the mirror at a time, after waiting for the one under way.
     *
     * @throws PeerException if that takes too long
     */
    public <T> T alone(Supplier<T> change) {
        return alone(LOCK_TIMEOUT_SECONDS, change);
    }

    /**
     * Runs one change of the mirror at a time, after waiting only a little: whoever asks for a busy log must not keep others from being
     * served.
     *
     * @throws PeerException if the one under way takes longer
     */
    public <T> T aloneOrBusy(Supplier<T> change) {
        return alone(SHORT_LOCK_TIMEOUT_SECONDS, change);
    }

    /** Lets no further change begin. */
    void stop() {
        stopping = true;
    }

    /** True once no change is under way and none can begin. */
    boolean isStopped() {
        return stopping && !growing.isLocked();
    }

    private <T> T alone(long waitSeconds, Supplier<T> change) {
        try {
            if (!growing.tryLock(waitSeconds, TimeUnit.SECONDS)) {
                throw new PeerException("the mirror of " + log.node() + " is busy; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted while waiting for the mirror of " + log.node(), e);
        }
        try {
            if (stopping) {
                throw new PeerException("the node is stopping");
            }
            return change.get();
        } finally {
            growing.unlock();
        }
    }

    /**
     * Makes the mirror hold the log up to a checkpoint; call it within {@link #alone}.
     *
     * @param signed the checkpoint, which may count as far as is known
     * @param judge verifies it by the version of the root that counts for it, as the log's entries up to it say
     * @param sources who serves the log, asked in their order
     * @param point names the write
     * @param more put into the same batch
     * @return what the judge says
     * @throws PeerException if something cannot be had now
     * @throws RefutedException if the log's content is not what its checkpoint and keys say, or the judge refuses it
     */
    CosignedCheckpoint hold(
            SignedNote signed,
            Function<RootInForce, CosignedCheckpoint> judge,
            List<PeerLog> sources,
            FailPoint point,
            Consumer<Batch> more) {
        TreeHead target = Checkpoint.parse(signed.text()).head();
        TreeHead held = log.head();
        if (target.size() <= held.size()) {
            CosignedCheckpoint judged = judge.apply(roots.forTree(target.size()));
            requirePrefix(target);
            store.write(point, more);
            return judged;
        }
        if (target.size() - held.size() > MAX_PULLED_SIZE) {
            throw new PeerException(
                    "the log of " + log.node() + " grew by more than " + MAX_PULLED_SIZE + " entries at once");
        }
        Deadline deadline = Deadline.in(PULL_TIMEOUT_SECONDS);
        List<byte[]> entries = pullEntries(held.size(), target.size(), sources, deadline);
        Growth growth = log.grow(entries);
        if (!growth.head().equals(target)) {
            throw new RefutedException("the entries of " + log.origin() + " up to size " + target.size() + " make root "
                    + growth.head().root().toBase64() + ", its checkpoint says "
                    + target.root().toBase64());
        }
        KnownStatements.Next next = verified(entries);
        RootInForce inForce = next.roots().forTree(target.size());
        CosignedCheckpoint judged = judge.apply(inForce);
        requireFixedHeads(entries);
        Set<Hash> retracted = retracted(next.statements());
        pullBodies(next.statements(), retracted, sources, deadline);
        store.write(point, batch -> {
            log.put(batch, growth);
            retracted.forEach(hash -> log.deleteBody(batch, hash));
            batch.put(Columns.SIGNED, log.node(), signed.encode());
            more.accept(batch);
        });
        watch.grown(log.node());
        next.statements().forEach(watch::logged);
        return judged;
    }

    private KnownStatements.Next verified(List<byte[]> entries) {
        try {
            return known.verify(entries);
        } catch (LaterRootException e) {
            // the peers are asked for it anyway
            throw new PeerException("the log of " + log.node() + ": " + e.getMessage(), e);
        }
    }

    /** Where the word of a key ended in the log, there is but one tree that it ended with. */
    private void requireFixedHeads(List<byte[]> entries) {
        long heldSize = log.head().size();
        for (TreeHead fixed : roots.fixedHeads()) {
            if (fixed.size() > heldSize && fixed.size() <= heldSize + entries.size()) {
                roots.requireFixed(
                        fixed,
                        log.grow(entries.subList(0, (int) (fixed.size() - heldSize)))
                                .head());
            }
        }
    }

    private void requirePrefix(TreeHead target) {
        Hash own = MerkleTree.root(target.size(), log.subtrees());
        if (!own.equals(target.root())) {
            throw new RefutedException("checkpoint of " + log.origin() + " has root "
                    + target.root().toBase64() + " at size " + target.size() + ", the entries held here make "
                    + own.toBase64());
        }
    }

    private List<byte[]> pullEntries(long from, long to, List<PeerLog> sources, Deadline deadline) {
        List<byte[]> entries = new ArrayList<>();
        long length = 0;
        for (long index = from; index < to; ) {
            long bundle = index / Tile.WIDTH;
            int width = (int) Math.min(Tile.WIDTH, to - bundle * Tile.WIDTH);
            int first = (int) (index % Tile.WIDTH);
            List<byte[]> pulled = first(sources, deadline, source -> source.bundle(bundle, width));
            entries.addAll(pulled.subList(first, width));
            length += pulled.stream().mapToLong(entry -> entry.length).sum();
            if (length > MAX_PULLED_LENGTH) {
                throw new PeerException(
                        "the log of " + log.node() + " grew by more than " + MAX_PULLED_LENGTH + " bytes at once");
            }
            index += width - first;
        }
        return entries;
    }

    private static Set<Hash> retracted(List<Statement> statements) {
        Set<Hash> hashes = new HashSet<>();
        for (Statement statement : statements) {
            if (statement instanceof Retraction retraction) {
                hashes.add(retraction.sha256());
            }
        }
        return hashes;
    }

    private void pullBodies(List<Statement> statements, Set<Hash> retracted, List<PeerLog> sources, Deadline deadline) {
        for (Statement statement : statements) {
            if (statement instanceof SummaryStatement summary
                    && !retracted.contains(summary.sha256())
                    && log.body(summary.sha256()).isEmpty()) {
                byte[] body = first(sources, deadline, source -> verified(source.body(summary.sha256()), summary));
                store.write(FailPoint.WRITE_MIRRORED_BODY, batch -> log.putBody(batch, summary.sha256(), body));
            }
        }
    }

    private byte[] verified(byte[] body, SummaryStatement summary) {
        if (body.length != summary.length() || !Hash.sha256(body).equals(summary.sha256())) {
            throw new MalformedException(
                    "body " + summary.sha256() + " of " + log.node() + " is not the one that was released");
        }
        return body;
    }

    private <T> T first(List<PeerLog> sources, Deadline deadline, Function<PeerLog, T> ask) {
        List<String> failures = new ArrayList<>();
        for (PeerLog source : sources) {
            if (deadline.hasPassed()) {
                // what was pulled of the bodies is kept, so that the next try gets further
                throw new PeerException(
                        "the log of " + log.node() + " could not be pulled within " + PULL_TIMEOUT_SECONDS + " s");
            }
            try {
                return ask.apply(source);
            } catch (MalformedException e) {
                refusals.count(source.servedBy(), String.valueOf(e.getMessage()));
                failures.add(source.servedBy() + ": " + e.getMessage());
            } catch (PeerException e) {
                failures.add(source.servedBy() + ": " + e.getMessage());
            }
        }
        throw new PeerException(failures.isEmpty() ? "no peer to ask" : String.join("; ", failures));
    }
}
