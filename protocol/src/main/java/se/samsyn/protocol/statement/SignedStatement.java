package se.samsyn.protocol.statement;

import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.tlog.EntryBundle;

/**
 * The envelope of a log entry: a compact JWS (RFC 7515) with EdDSA by a publisher key over a statement's canonical
 * JSON.
 *
 * <p>Its header has one spelling and its key comes from the federation root, never from the entry: there is no
 * algorithm to choose.
 */
public final class SignedStatement {
    /** The longest entry in bytes. */
    public static final int MAX_LENGTH = EntryBundle.MAX_ENTRY_LENGTH;

    private static final PublisherJws JWS = new PublisherJws("entry", "fed-statement+jws", MAX_LENGTH);

    private SignedStatement() {}

    /**
     * Signs a statement.
     *
     * @param publisher one of the node's publisher keys
     * @return the entry
     * @throws MalformedException if the entry would be longer than {@link #MAX_LENGTH}
     * @throws IllegalArgumentException if the key is not named as a publisher key of the statement's node
     */
    public static byte[] sign(Statement statement, SigningKey publisher) {
        return JWS.sign(statement.encode(), statement.node(), publisher);
    }

    /**
     * Verifies an entry that is in no log yet: an ended key's word does not count for it.
     *
     * @see #verify(byte[], FederationRoot, String, long)
     */
    public static VerifiedStatement verify(byte[] entry, FederationRoot root, String node) {
        return verify(entry, root, node, Long.MAX_VALUE);
    }

    /**
     * Verifies an entry of a member's log.
     *
     * @param node the member
     * @param index of the entry in the log, from zero
     * @throws MalformedException if it is no such envelope, or its payload no statement in canonical JSON
     * @throws RefutedException if it is not by a publisher key of that member that may sign this, of another node,
     *     under a version of the root that is not known yet or is another, or of a dataset that the network did not
     *     agree on
     */
    public static VerifiedStatement verify(byte[] entry, FederationRoot root, String node, long index) {
        return verify(entry, RootInForce.newest(root), node, index);
    }

    /**
     * As {@link #verify(byte[], FederationRoot, String, long)}, by the version that counts at that position.
     *
     * @param inForce as {@link se.samsyn.protocol.root.LogRoots#forEntry} gives it
     */
    public static VerifiedStatement verify(byte[] entry, RootInForce inForce, String node, long index) {
        SignedPayload signed = open(entry, inForce, node, index);
        Statement statement = Statement.parse(signed.payload());
        checkClaims(statement, inForce.root(), node, signed.publisher());
        return new VerifiedStatement(statement, signed.publisher(), signed.leafHash());
    }

    /** What an entry says, whoever signed it. */
    public static Statement unverified(byte[] entry) {
        return Statement.parse(JWS.unverified(entry));
    }

    /**
     * Verifies the envelope alone, whatever is in it.
     *
     * @throws MalformedException if it is no such envelope
     * @throws RefutedException if it is not by a publisher key of that member that counts at that position
     */
    public static SignedPayload open(byte[] entry, RootInForce inForce, String node, long index) {
        return JWS.open(entry, inForce, node, index);
    }

    /**
     * Verifies what a statement says of itself.
     *
     * @param root the version that counts at its position
     * @param key that signed it
     * @throws RefutedException as {@link #verify(byte[], FederationRoot, String, long)} says
     */
    public static void checkClaims(Statement statement, FederationRoot root, String node, VerifierKey key) {
        if (!statement.node().equals(node)) {
            throw new RefutedException("statement is of node " + statement.node() + ", expected " + node);
        }
        if (statement.root() > root.version()) {
            throw new RefutedException("statement is under version " + statement.root()
                    + " of the federation root, which is at version " + root.version());
        }
        if (statement instanceof RootAccepted accepted
                && accepted.root() == root.version()
                && !accepted.hash().equals(root.hash())) {
            throw new RefutedException("statement accepts a version " + root.version()
                    + " of the federation root with SHA-256 " + accepted.hash() + ", expected " + root.hash());
        }
        if (!root.maySign(key, statement.kind())) {
            throw new RefutedException(key.ref() + " may not sign statements of kind " + statement.kind());
        }
        if (statement instanceof SummaryStatement summary
                && !root.authorises(summary.dataset(), summary.definition())) {
            throw new RefutedException("the federation root has no dataset " + summary.dataset() + " with definition "
                    + summary.definition());
        }
    }
}
