package se.samsyn.protocol.statement;

import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.LogRoots;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;

/**
 * Verifies the entries of one member's log in their order, each by the version of the federation root that counts at its position. It is
 * for one thread at a time.
 */
public final class LogStatements {
    private final String node;
    private LogRoots roots;
    private long size;

    private LogStatements(String node, LogRoots roots, long size) {
        this.node = node;
        this.roots = roots;
        this.size = size;
    }

    /** Before the first entry. */
    public LogStatements(RootChain chain, String node) {
        this(node, LogRoots.none(chain), 0);
    }

    /** The same position, to look ahead from. */
    public LogStatements copy() {
        return new LogStatements(node, roots, size);
    }

    /** How many entries were verified. */
    public long size() {
        return size;
    }

    /** Which versions of the root the entries so far say were accepted. */
    public LogRoots roots() {
        return roots;
    }

    /** Passes over an entry that cannot be read: whatever it says, it is not heard. */
    public void skip() {
        size++;
    }

    /**
     * Verifies the next entry; after a failure the position is as it was.
     *
     * @throws MalformedException if it is no statement in its envelope
     * @throws RefutedException if it is not by a key that counts there and may sign it, or says what cannot be
     * @throws se.samsyn.protocol.root.LaterRootException if it accepts a version of the root that is not known yet
     */
    public VerifiedStatement next(byte[] entry) {
        LogRoots after = roots;
        // an entry that accepts a version is judged by that version; who signed it is looked at below
        Statement statement = SignedStatement.unverified(entry);
        if (statement instanceof RootAccepted accepted) {
            after = roots.with(new LogRoots.Acceptance(size, accepted.root(), accepted.hash()));
        }
        RootInForce inForce = after.forEntry(size);
        SignedPayload signed = SignedStatement.open(entry, inForce, node, size);
        SignedStatement.checkClaims(statement, inForce.root(), node, signed.publisher());
        roots = after;
        size++;
        return new VerifiedStatement(statement, signed.publisher(), signed.leafHash());
    }
}
