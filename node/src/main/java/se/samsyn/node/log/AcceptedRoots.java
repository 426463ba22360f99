package se.samsyn.node.log;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.LogRoots;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * Which versions of the federation root a stored log has accepted, so that each of its checkpoints is judged by the keys and the quorum of
 * its own time, and whether it is the log whose heads the root fixes; read as the log grows.
 */
public final class AcceptedRoots {
    private final StoredLog log;
    private final RootChain chain;
    private final LogStatements statements;
    private long comparedSize;

    public AcceptedRoots(StoredLog log, RootChain chain) {
        this.log = log;
        this.chain = chain;
        this.statements = new LogStatements(chain, log.node());
    }

    /** The log. */
    public StoredLog log() {
        return log;
    }

    /** The newest version that the log has accepted, 0 if none. */
    public synchronized long newest() {
        return read().newestAccepted();
    }

    /**
     * What counts for the log's tree of a size that is held.
     *
     * @throws RefutedException if the log has accepted no version below that size
     */
    public synchronized RootInForce forTree(long size) {
        LogRoots roots = read();
        if (size > statements.size()) {
            throw new IllegalArgumentException(
                    "size " + size + " of " + log.origin() + ", of which " + statements.size() + " entries are held");
        }
        return roots.forTree(size);
    }

    /** The log keys that count for a tree of this size, or may once it is held. */
    public List<VerifierKey> logKeys(long size) {
        return candidates(size).stream()
                .flatMap(inForce -> inForce.logKeys(log.node(), size).stream())
                .distinct()
                .toList();
    }

    /**
     * Verifies a checkpoint of what is held, or may be pulled; in the second case it has still to be verified by what its entries say.
     *
     * @param nowSeconds the verifier's clock, seconds since 1970
     * @throws RefutedException as {@link CosignedCheckpoint#verify} says
     */
    public CosignedCheckpoint verify(SignedNote note, long nowSeconds) {
        return any(note, inForce -> inForce.verifyCheckpoint(note, log.node(), nowSeconds));
    }

    /**
     * Verifies that a checkpoint is under a quorum too.
     *
     * @throws RefutedException as {@link #verify} says, or if too few members voted
     */
    public CosignedCheckpoint verifyPublished(SignedNote note, long nowSeconds) {
        return any(note, inForce -> verifyPublished(inForce, note, log.node(), nowSeconds));
    }

    /** Verifies a checkpoint under a quorum, by what is known to count for it. */
    public static CosignedCheckpoint verifyPublished(
            RootInForce inForce, SignedNote note, String node, long nowSeconds) {
        CosignedCheckpoint checkpoint = inForce.verifyCheckpoint(note, node, nowSeconds);
        checkpoint.requireQuorum();
        return checkpoint;
    }

    private CosignedCheckpoint any(SignedNote note, Function<RootInForce, CosignedCheckpoint> verify) {
        Optional<RefutedException> failure = Optional.empty();
        for (RootInForce inForce :
                candidates(Checkpoint.parse(note.text()).head().size())) {
            try {
                return verify.apply(inForce);
            } catch (RefutedException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        throw failure.orElseThrow(() -> new RefutedException("no version of the federation root lists " + log.node()));
    }

    private synchronized List<RootInForce> candidates(long size) {
        LogRoots roots = read();
        if (size <= statements.size()) {
            return List.of(roots.forTree(size));
        }
        // before it joined the node had no log
        return roots.candidates().stream()
                .filter(inForce -> inForce.root().member(log.node()).isPresent())
                .toList();
    }

    /** The heads that the log must have passed through, because the word of some key ended there. */
    public List<TreeHead> fixedHeads() {
        return chain.fixedHeads(log.node());
    }

    /**
     * Compares the log's own head of a size with one that the root fixes.
     *
     * @throws RefutedException if it is another
     */
    public void requireFixed(TreeHead fixed, TreeHead own) {
        if (!own.equals(fixed)) {
            throw new RefutedException("the federation root ends a key in " + log.origin() + " at size " + fixed.size()
                    + " with root " + fixed.root().toBase64() + ", the entries here make "
                    + own.root().toBase64());
        }
    }

    private LogRoots read() {
        long size = log.head().size();
        for (TreeHead fixed : fixedHeads()) {
            if (fixed.size() > comparedSize && fixed.size() <= size) {
                requireFixed(fixed, new TreeHead(fixed.size(), MerkleTree.root(fixed.size(), log.subtrees())));
            }
        }
        comparedSize = size;
        for (byte[] entry : log.entries(statements.size(), log.head().size())) {
            try {
                statements.next(entry);
            } catch (RefutedException e) {
                throw new RefutedException(
                        "entry " + statements.size() + " of " + log.origin() + ": " + e.getMessage());
            }
        }
        return statements.roots();
    }
}
