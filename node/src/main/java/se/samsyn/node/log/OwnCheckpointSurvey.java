package se.samsyn.node.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * Asks witnesses for the newest checkpoint that they know of the node's own log, so that a store which was put back to an older state is
 * found out before it signs a second history (C2SP tlog-witness, the read route for monitors).
 */
final class OwnCheckpointSurvey {
    private static final int NOT_FOUND = 404;

    private final StoredLog log;
    private final LongFunction<List<VerifierKey>> logKeys;

    OwnCheckpointSurvey(StoredLog log, LongFunction<List<VerifierKey>> logKeys) {
        this.log = log;
        this.logKeys = logKeys;
    }

    /**
     * Asks one witness.
     *
     * @return why the node must not sign, if what the witness knows is ahead of the store or contradicts it
     * @throws PeerException if the witness gave no answer that counts
     */
    Optional<String> ask(PeerClient witness) {
        String path =
                "/" + Hash.sha256(log.origin().getBytes(StandardCharsets.UTF_8)).toHex() + "/checkpoint";
        PeerResponse answer = witness.get(path, SignedNote.MAX_LENGTH);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isOk()) {
            throw new PeerException(witness.node() + " answers " + answer.status() + ": " + answer.shown());
        }
        try {
            SignedNote note = SignedNote.parse(answer.body());
            Checkpoint known = Checkpoint.parse(note.text());
            // a key that has ended says nothing of what came after
            NoteVerifier.verify(note, logKeys.apply(known.head().size()));
            return compare(witness.node(), known);
        } catch (MalformedException | RefutedException e) {
            throw new PeerException(witness.node() + " gave no checkpoint of this log: " + e.getMessage());
        }
    }

    private Optional<String> compare(String witness, Checkpoint known) {
        if (!known.origin().equals(log.origin())) {
            throw new RefutedException("checkpoint is of " + known.origin());
        }
        TreeHead stored = log.head();
        String what = witness + " knows a checkpoint of " + log.origin() + " with size "
                + known.head().size();
        if (known.head().size() > stored.size()) {
            return Optional.of(what + ", the store has only " + stored.size()
                    + ": it is older than what this node signed, as if it was put back from an old backup. Stop the node and run"
                    + " `samsyn restore --from-peers`");
        }
        Hash own = MerkleTree.root(known.head().size(), log.subtrees());
        if (!own.equals(known.head().root())) {
            return Optional.of(what + " and root " + known.head().root().toBase64() + ", the store has "
                    + own.toBase64() + " there: the log key signed two histories. Find out who else has it");
        }
        return Optional.empty();
    }
}
