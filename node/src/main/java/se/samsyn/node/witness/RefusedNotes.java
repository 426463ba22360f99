package se.samsyn.node.witness;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;

/** Checkpoints that a log's key signed and that do not go with what is held: each may be half of a proof against that key. */
final class RefusedNotes {
    /** Kept of one log: two would prove what there is to prove. */
    static final int MAX_KEPT = 64;

    private final Store store;

    RefusedNotes(Store store) {
        this.store = store;
    }

    /** Keeps one, unless it is kept already or there are too many. */
    void keep(String node, SignedNote note) {
        BodyKey id = new BodyKey(node, Hash.sha256(note.encode()));
        if (store.get(Columns.REFUSED, id).isEmpty() && of(node).size() < MAX_KEPT) {
            store.write(FailPoint.WRITE_REFUSED_CHECKPOINT, batch -> batch.put(Columns.REFUSED, id, note.encode()));
        }
    }

    /** Those of a node's log. */
    List<SignedNote> of(String node) {
        List<SignedNote> notes = new ArrayList<>();
        store.forEach(Columns.REFUSED, (id, bytes) -> {
            if (id.node().equals(node)) {
                notes.add(SignedNote.parse(bytes));
            }
        });
        return notes;
    }
}
