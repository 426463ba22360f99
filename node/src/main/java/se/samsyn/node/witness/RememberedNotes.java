package se.samsyn.node.witness;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.note.SignedNote;

/**
 * The checkpoints that peers served or brought last, so many of each log: one that cannot be judged now may turn out to contradict another.
 * They are remembered as long as the process runs, whichever versions of the federation root it goes by meanwhile.
 */
public final class RememberedNotes {
    /** Checkpoints of one log. */
    static final int MAX_REMEMBERED = 16;

    /** Bytes of a checkpoint. */
    static final int MAX_LENGTH = 64 << 10;

    private final Map<String, Deque<SignedNote>> notes = new HashMap<>();

    /** Remembers a checkpoint of a node's log in the place of the one that is remembered longest, if there are too many. */
    synchronized void remember(String node, SignedNote note) {
        if (note.encode().length <= MAX_LENGTH) {
            Deque<SignedNote> ofLog = notes.computeIfAbsent(node, key -> new ArrayDeque<>());
            ofLog.remove(note);
            // of one tree the first and the newest, for their times: an hourly renewed one must not push out all others
            ofLog.stream()
                    .filter(other -> other.text().equals(note.text()))
                    .skip(1)
                    .findFirst()
                    .ifPresent(ofLog::remove);
            ofLog.addLast(note);
            if (ofLog.size() > MAX_REMEMBERED) {
                ofLog.removeFirst();
            }
        }
    }

    /** Those of a node's log. */
    synchronized List<SignedNote> of(String node) {
        return List.copyOf(notes.getOrDefault(node, new ArrayDeque<>()));
    }
}
