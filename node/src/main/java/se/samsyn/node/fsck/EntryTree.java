package se.samsyn.node.fsck;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.Hash;

/**
 * The Merkle tree over a log's entries by the recursion of RFC 6962 section 2.1. It shares nothing with the tiles or with the code that
 * writes them, so that each can be held against the other.
 */
public final class EntryTree {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private final List<Hash> leaves = new ArrayList<>();
    private final BitSet unknown = new BitSet();

    public void add(byte[] entry) {
        leaves.add(Hash.sha256(LEAF, entry));
    }

    /** Leaves room for entries that could not be read. */
    void addUnknown(int count) {
        unknown.set(leaves.size(), leaves.size() + count);
        for (int i = 0; i < count; i++) {
            leaves.add(Hash.sha256());
        }
    }

    /** How many entries there are. */
    public int size() {
        return leaves.size();
    }

    /** The hash over the entries from {@code from}, inclusive, to {@code to}, exclusive; empty if not all of them are known. */
    public Optional<Hash> root(long from, long to) {
        if (to > leaves.size()) {
            return Optional.empty();
        }
        int next = unknown.nextSetBit((int) from);
        return next >= 0 && next < to ? Optional.empty() : Optional.of(hash(leaves.subList((int) from, (int) to)));
    }

    private static Hash hash(List<Hash> part) {
        if (part.isEmpty()) {
            return Hash.sha256();
        }
        if (part.size() == 1) {
            return part.get(0);
        }
        int split = Integer.highestOneBit(part.size() - 1);
        return Hash.sha256(
                NODE,
                hash(part.subList(0, split)).toByteArray(),
                hash(part.subList(split, part.size())).toByteArray());
    }
}
