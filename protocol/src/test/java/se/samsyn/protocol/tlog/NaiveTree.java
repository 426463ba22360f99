package se.samsyn.protocol.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.Hash;

/** A Merkle tree straight from the definition in RFC 6962 section 2.1, over all leaves at once; an oracle. */
final class NaiveTree {
    private final List<Hash> leaves = new ArrayList<>();

    /** A tree over entries that are all different. */
    static NaiveTree ofSize(int size) {
        NaiveTree tree = new NaiveTree();
        for (int i = 0; i < size; i++) {
            tree.leaves.add(
                    MerkleTree.leafHash(ByteBuffer.allocate(8).putLong(i).array()));
        }
        return tree;
    }

    static NaiveTree of(List<byte[]> entries) {
        NaiveTree tree = new NaiveTree();
        entries.forEach(entry -> tree.leaves.add(MerkleTree.leafHash(entry)));
        return tree;
    }

    List<Hash> leaves() {
        return leaves;
    }

    TreeHead head(int size) {
        return new TreeHead(size, hash(leaves.subList(0, size)));
    }

    SubtreeReader reader() {
        return (level, index) ->
                hash(leaves.subList(Math.toIntExact(index << level), Math.toIntExact((index + 1) << level)));
    }

    /** The tiles of the tree of a size, each as narrow as is asked for. */
    TileSource tiles(int size) {
        Map<List<Long>, byte[]> tiles = new HashMap<>();
        List<Hash> level = leaves.subList(0, size);
        for (long number = 0; !level.isEmpty(); number++) {
            List<Hash> above = new ArrayList<>();
            for (int from = 0; from < level.size(); from += Tile.WIDTH) {
                List<Hash> tile = level.subList(from, Math.min(level.size(), from + Tile.WIDTH));
                ByteBuffer bytes = ByteBuffer.allocate(tile.size() * Hash.LENGTH);
                tile.forEach(hash -> bytes.put(hash.toByteArray()));
                tiles.put(List.of(number, (long) from / Tile.WIDTH), bytes.array());
                if (tile.size() == Tile.WIDTH) {
                    above.add(hash(tile));
                }
            }
            level = above;
        }
        return (tileLevel, index, minWidth) -> {
            byte[] tile = tiles.get(List.of((long) tileLevel, index));
            if (tile == null || tile.length < minWidth * Hash.LENGTH) {
                throw new AssertionError("asked for tile " + index + " of level " + tileLevel + ", width " + minWidth
                        + ", which size " + size + " does not have");
            }
            return tile;
        };
    }

    private static Hash hash(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.sha256();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = 1;
        while (2 * split < leaves.size()) {
            split *= 2;
        }
        Hash left = hash(leaves.subList(0, split));
        Hash right = hash(leaves.subList(split, leaves.size()));
        return Hash.sha256(new byte[] {1}, left.toByteArray(), right.toByteArray());
    }
}
