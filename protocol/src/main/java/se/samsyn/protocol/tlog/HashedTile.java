package se.samsyn.protocol.tlog;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.Hash;

/** The bytes of a tile, with the roots over them that were asked for. */
final class HashedTile {
    private final byte[] bytes;
    /** By {@code (WIDTH + begin) / count}, as in a binary heap: 1 is the root over all of a full tile, WIDTH + i its hash i. */
    private final @Nullable Hash[] roots;

    private HashedTile(byte[] bytes, @Nullable Hash[] roots) {
        this.bytes = bytes;
        this.roots = roots;
    }

    static HashedTile of(byte[] bytes) {
        return new HashedTile(bytes, new @Nullable Hash[2 * Tile.WIDTH]);
    }

    /** The same place with these bytes: what is known stays known if they begin alike, and is forgotten if any differs. */
    HashedTile as(byte[] other) {
        int shared = Math.min(bytes.length, other.length);
        boolean alike = Arrays.equals(bytes, 0, shared, other, 0, shared);
        if (!alike) {
            return of(other);
        }
        return other.length > bytes.length ? new HashedTile(other, roots) : this;
    }

    /** The root over {@code count} hashes from {@code begin}, which are one complete subtree. */
    Hash root(int begin, int count) {
        int place = (Tile.WIDTH + begin) / count;
        @Nullable Hash known = roots[place];
        if (known != null) {
            return known;
        }
        Hash made = count == 1
                ? Hash.of(Arrays.copyOfRange(bytes, begin * Hash.LENGTH, (begin + 1) * Hash.LENGTH))
                : MerkleTree.parent(root(begin, count / 2), root(begin + count / 2, count / 2));
        roots[place] = made;
        return made;
    }
}
