package se.samsyn.node.mirror;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.tlog.ConsistencyProof;
import se.samsyn.protocol.tlog.TreeHead;

/** A tree that is not the one held here, as far as somebody tells of it. Nothing that it gives is verified. */
@FunctionalInterface
public interface ForeignTree {
    /** A tree of which nothing is told. */
    ForeignTree UNKNOWN = (olderSize, newer) -> Optional.empty();

    /**
     * Asks what the tree was when it was smaller.
     *
     * @param olderSize from 1, less than the size of {@code newer}
     * @return nothing if nobody tells
     */
    Optional<Growth> grownFrom(long olderSize, TreeHead newer);

    /**
     * How a tree grew.
     *
     * @param olderRoot its root at the older size
     * @param proof that the older tree is the beginning of the newer
     */
    record Growth(Hash olderRoot, List<Hash> proof) {
        public Growth {
            proof = List.copyOf(proof);
        }
    }

    /** What a consistency proof from one size tells, which came with the checkpoint. */
    static ForeignTree of(long provenSize, List<Hash> proof) {
        return (olderSize, newer) -> olderSize == provenSize
                ? ConsistencyProof.provenOlderRoot(olderSize, newer, proof).map(root -> new Growth(root, proof))
                : Optional.empty();
    }

    /** This, or what the other tells. */
    default ForeignTree or(ForeignTree other) {
        return (olderSize, newer) -> {
            Optional<Growth> own = grownFrom(olderSize, newer);
            return own.isPresent() ? own : other.grownFrom(olderSize, newer);
        };
    }
}
