package se.samsyn.protocol.tlog;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.Hash;

/** The Merkle tree of RFC 6962 section 2.1: its hashes, roots and proofs, made from the hashes of complete subtrees. */
public final class MerkleTree {
    /** The root of a tree without leaves: the SHA-256 of nothing. */
    static final Hash EMPTY_ROOT = Hash.sha256();

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    /** The hash of an entry: SHA-256(0x00, entry). */
    public static Hash leafHash(byte[] entry) {
        return Hash.sha256(LEAF, entry);
    }

    /** The hash over two subtrees: SHA-256(0x01, left, right). */
    public static Hash parent(Hash left, Hash right) {
        return Hash.sha256(NODE, left.toByteArray(), right.toByteArray());
    }

    /** The root of the tree over the first {@code size} leaves. */
    public static Hash root(long size, SubtreeReader reader) {
        requireSize(size);
        return size == 0 ? EMPTY_ROOT : range(0, size, reader);
    }

    /**
     * The proof that the leaf at an index is in the tree of a size, sibling of the leaf first (section 2.1.1, PATH).
     *
     * @param index counts from zero, below {@code size}
     */
    public static List<Hash> inclusionProof(long index, long size, SubtreeReader reader) {
        requireSize(size);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " in a tree of size " + size);
        }
        List<Hash> proof = new ArrayList<>();
        path(index, 0, size, reader, proof);
        return proof;
    }

    /**
     * The proof that the tree of one size is the beginning of the tree of another (section 2.1.2, PROOF).
     *
     * @param oldSize at most {@code newSize}; for 0 and for equal sizes the proof is empty
     */
    public static List<Hash> consistencyProof(long oldSize, long newSize, SubtreeReader reader) {
        requireSize(oldSize);
        if (oldSize > newSize) {
            throw new IllegalArgumentException("size " + oldSize + " is not before size " + newSize);
        }
        List<Hash> proof = new ArrayList<>();
        if (oldSize > 0 && oldSize < newSize) {
            subproof(oldSize, 0, newSize, true, reader, proof);
        }
        return proof;
    }

    private static void requireSize(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size " + size + " is negative");
        }
    }

    /**
     * The hash over the leaves from {@code begin} up to {@code end}, which are one complete subtree or begin with one.
     */
    private static Hash range(long begin, long end, SubtreeReader reader) {
        long size = end - begin;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return reader.subtree(level, begin >>> level);
        }
        long middle = begin + split(size);
        return parent(range(begin, middle, reader), range(middle, end, reader));
    }

    private static void path(long index, long begin, long end, SubtreeReader reader, List<Hash> proof) {
        if (end - begin == 1) {
            return;
        }
        long middle = begin + split(end - begin);
        if (index < middle) {
            path(index, begin, middle, reader, proof);
            proof.add(range(middle, end, reader));
        } else {
            path(index, middle, end, reader, proof);
            proof.add(range(begin, middle, reader));
        }
    }

    /** SUBPROOF; {@code known}: the old tree is exactly this subtree so far, and its root is known to the verifier. */
    private static void subproof(
            long oldEnd, long begin, long end, boolean known, SubtreeReader reader, List<Hash> proof) {
        if (oldEnd == end) {
            if (!known) {
                proof.add(range(begin, end, reader));
            }
            return;
        }
        long middle = begin + split(end - begin);
        if (oldEnd <= middle) {
            subproof(oldEnd, begin, middle, known, reader, proof);
            proof.add(range(middle, end, reader));
        } else {
            subproof(oldEnd, middle, end, false, reader, proof);
            proof.add(range(begin, middle, reader));
        }
    }

    /** The largest power of two below {@code size}, which is at least 2. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
