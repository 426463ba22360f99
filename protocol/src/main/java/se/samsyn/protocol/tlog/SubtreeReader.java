package se.samsyn.protocol.tlog;

import se.samsyn.protocol.Hash;

/** Gives the hashes of complete subtrees, from which every root and proof is made. */
@FunctionalInterface
public interface SubtreeReader {
    /**
     * The root of the complete subtree over the leaves from {@code index·2^level}.
     *
     * @param level 0 for a leaf
     * @param index counts the subtrees of this level from zero
     */
    Hash subtree(int level, long index);
}
