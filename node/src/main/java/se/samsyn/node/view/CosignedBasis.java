package se.samsyn.node.view;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.view.Basis;

/**
 * A basis with what proves it.
 *
 * @param checkpoints by node: the note that its log's size, root and time in the basis were taken from
 */
public record CosignedBasis(Basis basis, SortedMap<String, SignedNote> checkpoints) {
    public CosignedBasis {
        checkpoints = Collections.unmodifiableSortedMap(new TreeMap<>(checkpoints));
    }
}
