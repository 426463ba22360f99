package se.samsyn.protocol.tlog;

import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/**
 * The size and root of a Merkle tree: all that a checkpoint says about a log's content.
 *
 * @param size how many entries; not negative
 * @param root of size 0, the SHA-256 of nothing
 */
public record TreeHead(long size, Hash root) {
    /** The head of a log without entries. */
    public static final TreeHead EMPTY = new TreeHead(0, MerkleTree.EMPTY_ROOT);

    /**
     * Takes a size and a root.
     *
     * @throws MalformedException if the size is negative
     * @throws RefutedException if the size is 0 and the root is not that of an empty tree
     */
    public TreeHead {
        if (size < 0) {
            throw new MalformedException("the size of a tree is 0 to 2^63-1, not " + size);
        }
        if (size == 0 && !root.equals(MerkleTree.EMPTY_ROOT)) {
            throw new RefutedException("a tree of size 0 has root " + MerkleTree.EMPTY_ROOT + ", not " + root);
        }
    }
}
