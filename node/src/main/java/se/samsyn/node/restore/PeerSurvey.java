package se.samsyn.node.restore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.Peers;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.RootChain;

/** What all peers together know of one log's checkpoints. */
final class PeerSurvey {
    private final String node;
    private final List<PeerNotes.Known> known = new ArrayList<>();
    private final Map<String, String> unreachable = new TreeMap<>();

    /** Asks them all. */
    PeerSurvey(Peers peers, RootChain chain, String node) {
        this.node = node;
        PeerNotes notes = new PeerNotes(chain, node);
        for (PeerClient peer : peers.all()) {
            try {
                known.addAll(notes.ask(peer));
            } catch (PeerException e) {
                unreachable.put(peer.node(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** Everything that was found. */
    List<PeerNotes.Known> known() {
        return known;
    }

    /** Who gave no answer that counts, and why. */
    Map<String, String> unreachable() {
        return unreachable;
    }

    Optional<PeerNotes.Known> newest() {
        return known.stream().max(Comparator.comparingLong(note -> note.head().size()));
    }

    /**
     * Holds everything that the log's key signed against the log's entries.
     *
     * @throws RefutedException if two peers hold checkpoints of two histories
     */
    void requireOneHistory(VerifiedEntries entries, PeerNotes.Known newest) {
        for (PeerNotes.Known note : known) {
            if (note.head().size() <= entries.size()
                    && !entries.root(note.head().size()).equals(note.head().root())) {
                throw new RefutedException("the log key of " + node + " signed two histories: " + newest.peer()
                        + " holds a checkpoint of size " + newest.head().size() + ", and " + note.peer()
                        + " one of size " + note.head().size() + " with root "
                        + note.head().root().toBase64()
                        + ", which is not the beginning of it. Nothing was changed. Ask both for their"
                        + " notes, which together are evidence, find out who else signs with this key, and go on under a new log"
                        + " key: a root version with the new key and an `end` line for this one");
            }
        }
    }
}
