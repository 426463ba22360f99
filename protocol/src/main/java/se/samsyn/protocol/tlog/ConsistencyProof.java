package se.samsyn.protocol.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

/** The verification that one tree is the beginning of another: RFC 9162 section 2.1.4.2. */
public final class ConsistencyProof {
    private ConsistencyProof() {}

    /**
     * Verifies a proof between two heads of one log.
     *
     * <p>Every tree begins with the empty one, and a tree with itself; the proof of either is empty.
     *
     * @throws RefutedException if the proof does not hold, or {@code older} is larger than {@code newer}
     */
    public static void verify(TreeHead older, TreeHead newer, List<Hash> proof) {
        if (older.size() > newer.size()) {
            throw new RefutedException("size " + older.size() + " is not before size " + newer.size());
        }
        if (older.size() == newer.size() && !older.root().equals(newer.root())) {
            throw new RefutedException(
                    "two roots of size " + older.size() + ": " + older.root() + " and " + newer.root());
        }
        if (older.size() == 0 || older.size() == newer.size()) {
            if (!proof.isEmpty()) {
                throw refuse(older, newer, "is not empty, but needs no hashes");
            }
            return;
        }
        verifyGrowth(older, newer, proof);
    }

    /** The steps of the RFC, for 0 &lt; first &lt; second. */
    private static void verifyGrowth(TreeHead older, TreeHead newer, List<Hash> proof) {
        // 1. an empty path proves nothing
        if (proof.isEmpty()) {
            throw refuse(older, newer, "is empty");
        }
        // 2. a complete subtree begins with its own root, which the prover leaves out
        List<Hash> path = new ArrayList<>(proof);
        if (Long.bitCount(older.size()) == 1) {
            path.add(0, older.root());
        }
        // 3.
        long fn = older.size() - 1;
        long sn = newer.size() - 1;
        // 4.
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        // 5.
        Hash fr = path.get(0);
        Hash sr = path.get(0);
        // 6.
        for (Hash c : path.subList(1, path.size())) {
            // 6.a.
            if (sn == 0) {
                throw refuse(older, newer, "is too long");
            }
            if ((fn & 1) == 1 || fn == sn) {
                // 6.b.
                fr = MerkleTree.parent(c, fr);
                sr = MerkleTree.parent(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                // 6.c.
                sr = MerkleTree.parent(sr, c);
            }
            // 6.d.
            fn >>= 1;
            sn >>= 1;
        }
        // 7.
        if (sn != 0) {
            throw refuse(older, newer, "is too short");
        }
        if (!fr.equals(older.root())) {
            throw refuse(older, newer, "leads to the older root " + fr + ", expected " + older.root());
        }
        if (!sr.equals(newer.root())) {
            throw refuse(older, newer, "leads to the newer root " + sr + ", expected " + newer.root());
        }
    }

    /**
     * Finds the older tree's root from which a proof leads to a newer tree, whatever root the older tree is said to have.
     *
     * <p>That root is told by the proof unless the older size is a power of two, where a proof leaves it out.
     *
     * @return the root, if the proof tells it and holds for it
     */
    public static Optional<Hash> provenOlderRoot(long olderSize, TreeHead newer, List<Hash> proof) {
        if (olderSize <= 0 || olderSize >= newer.size() || Long.bitCount(olderSize) == 1 || proof.isEmpty()) {
            return Optional.empty();
        }
        Hash older = olderRoot(olderSize, newer.size(), proof);
        try {
            verifyGrowth(new TreeHead(olderSize, older), newer, proof);
            return Optional.of(older);
        } catch (RefutedException e) {
            return Optional.empty();
        }
    }

    /** Steps 4 to 6 of the RFC for the older root alone. */
    private static Hash olderRoot(long olderSize, long newerSize, List<Hash> proof) {
        long fn = olderSize - 1;
        long sn = newerSize - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        Hash fr = proof.get(0);
        for (Hash c : proof.subList(1, proof.size())) {
            if ((fn & 1) == 1 || fn == sn) {
                fr = MerkleTree.parent(c, fr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            fn >>= 1;
            sn >>= 1;
        }
        return fr;
    }

    private static RefutedException refuse(TreeHead older, TreeHead newer, String why) {
        return new RefutedException("consistency proof from size " + older.size() + " to " + newer.size() + " " + why);
    }
}
