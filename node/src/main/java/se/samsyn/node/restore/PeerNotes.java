package se.samsyn.node.restore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerResponse;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** The checkpoints of one log that peers know: the newest that each has cosigned, and the newest under a quorum that it serves. */
final class PeerNotes {
    private static final int NOT_FOUND = 404;

    private final RootChain chain;
    private final String node;
    private final String origin;

    /** Prepares for the log of a node. */
    PeerNotes(RootChain chain, String node) {
        this.chain = chain;
        this.node = node;
        this.origin = StoredLog.originOf(node);
    }

    /** A checkpoint that the log's key signed, and who has it. */
    record Known(String peer, SignedNote note, TreeHead head) {}

    /** A checkpoint with the lines of its log's keys alone, as the log signed it. */
    static SignedNote logLines(RootChain chain, String node, SignedNote note) {
        return SignedNote.of(
                note.text(),
                note.signatures().stream()
                        .filter(line -> chain.logKeys(node).stream()
                                .anyMatch(key -> key.ref().equals(line.ref())))
                        .toList());
    }

    /**
     * Asks one peer.
     *
     * @return none, if it knows none
     * @throws PeerException if it gave no answer that counts
     */
    List<Known> ask(PeerClient peer) {
        List<Known> known = new ArrayList<>();
        String witnessed =
                "/" + Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).toHex() + "/checkpoint";
        get(peer, witnessed).ifPresent(known::add);
        get(peer, "/log/" + node + "/checkpoint").ifPresent(known::add);
        return known;
    }

    private Optional<Known> get(PeerClient peer, String path) {
        PeerResponse answer = peer.get(path, SignedNote.MAX_LENGTH);
        if (answer.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!answer.isOk()) {
            throw new PeerException(peer.node() + " answers " + answer.status() + ": " + answer.shown());
        }
        try {
            SignedNote note = SignedNote.parse(answer.body());
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            NoteVerifier.verify(note, chain.logKeys(node, checkpoint.head().size()));
            if (!checkpoint.origin().equals(origin)) {
                throw new RefutedException("it is of " + checkpoint.origin());
            }
            return Optional.of(new Known(peer.node(), note, checkpoint.head()));
        } catch (MalformedException | RefutedException e) {
            throw new PeerException(peer.node() + " gave no checkpoint of " + origin + ": " + e.getMessage());
        }
    }
}
