package se.samsyn.node.fsck;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
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
     * @param mayCount versions of the root of which one counts for it
     * @return its size and root, which are still to be held against the entries
     * @throws RefutedException if the log's key did not sign it, or it needs a quorum and has none
     * @throws se.samsyn.protocol.MalformedException if it is no checkpoint
     */
    public static TreeHead verify(List<RootInForce> mayCount, String node, byte[] note, boolean needsQuorum) {
        SignedNote parsed = SignedNote.parse(note);
        Optional<RefutedException> failure = Optional.empty();
        for (RootInForce inForce : mayCount) {
            try {
                CosignedCheckpoint checkpoint = inForce.verifyCheckpoint(parsed, node, NO_CLOCK_SECONDS);
                if (needsQuorum) {
                    checkpoint.requireQuorum();
                }
                return checkpoint.checkpoint().head();
            } catch (RefutedException e) {
                failure = failure.or(() -> Optional.of(e));
            }
        }
        throw failure.orElseThrow(() -> new RefutedException("no version of the federation root lists " + node));
    }

    /**
     * Verifies that a refused checkpoint is one that the log's key signed.
     *
     * @throws RefutedException if it is not, or not the one that was refused
     * @throws se.samsyn.protocol.MalformedException if it is no note
     */
    public static void verifyRefused(RootChain chain, String node, Hash hash, byte[] note) {
        NoteVerifier.verify(SignedNote.parse(note), chain.logKeys(node));
        if (!Hash.sha256(note).equals(hash)) {
            throw new RefutedException("is not the note that was refused");
        }
    }
}
