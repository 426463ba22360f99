package se.samsyn.protocol.tlog;

import java.util.List;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

/** The verification that a leaf is in a tree: RFC 9162 section 2.1.3.2. */
public final class InclusionProof {
    private InclusionProof() {}

    /**
     * Verifies a proof, bound to the leaf's index and the tree's size and root.
     *
     * @param leaf the leaf's hash
     * @param index of the leaf, from zero
     * @param proof the sibling of the leaf first
     * @throws RefutedException if the proof does not hold
     */
    public static void verify(Hash leaf, long index, TreeHead tree, List<Hash> proof) {
        // 1. the index is below the size
        if (index < 0 || index >= tree.size()) {
            throw new RefutedException("inclusion proof is for leaf " + index + " of a tree of size " + tree.size());
        }
        // 2. and 3.
        long fn = index;
        long sn = tree.size() - 1;
        Hash r = leaf;
        // 4.
        for (Hash p : proof) {
            // 4.a. a proof that goes on above the root is too long
            if (sn == 0) {
                throw new RefutedException("inclusion proof of leaf " + index + " is too long: it has " + proof.size()
                        + " hashes for a tree of size " + tree.size());
            }
            if ((fn & 1) == 1 || fn == sn) {
                // 4.b.
                r = MerkleTree.parent(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // 4.c.
                r = MerkleTree.parent(r, p);
            }
            // 4.d.
            fn >>= 1;
            sn >>= 1;
        }
        // 5. the path has ended at the root, and the root is the tree's
        if (sn != 0) {
            throw new RefutedException("inclusion proof of leaf " + index + " is too short: it has " + proof.size()
                    + " hashes for a tree of size " + tree.size());
        }
        if (!r.equals(tree.root())) {
            throw new RefutedException("inclusion proof of leaf " + index + " leads to root " + r + ", expected "
                    + tree.root() + " of size " + tree.size());
        }
    }
}
