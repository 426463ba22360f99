package se.samsyn.node.fsck;

import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** What must hold of a stored checkpoint by itself, whatever the log's entries are. */
public final class StoredNotes {
    /** A cosignature's time was judged by the clock when it was stored; here no clock has a say. */
    private static final long NO_CLOCK_SECONDS = Long.MAX_VALUE / 2;

    private StoredNotes() {}

    /**
     * Verifies a checkpoint of a node's log.
     *
     * @return its size and root, which are still to be held against the entries
     * @throws RefutedException if the log's key did not sign it, or it needs a quorum and has none
     * @throws se.samsyn.protocol.MalformedException if it is no checkpoint
     */
    public static TreeHead verify(FederationRoot root, String node, byte[] note, boolean needsQuorum) {
        CosignedCheckpoint checkpoint = root.verifyCheckpoint(SignedNote.parse(note), node, NO_CLOCK_SECONDS);
        if (needsQuorum) {
            checkpoint.requireQuorum();
        }
        return checkpoint.checkpoint().head();
    }

    /**
     * Verifies that a refused checkpoint is one that the log's key signed.
     *
     * @throws RefutedException if it is not, or not the one that was refused
     * @throws se.samsyn.protocol.MalformedException if it is no note
     */
    public static void verifyRefused(FederationRoot root, String node, Hash hash, byte[] note) {
        NoteVerifier.verify(SignedNote.parse(note), root.requireMember(node).logKeys());
        if (!Hash.sha256(note).equals(hash)) {
            throw new RefutedException("is not the note that was refused");
        }
    }
}
