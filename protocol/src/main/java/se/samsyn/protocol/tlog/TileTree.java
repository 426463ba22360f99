package se.samsyn.protocol.tlog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;

/**
 * A log's hash tiles, read as the Merkle tree that they hold, and the pure function by which that tree grows. With a memory it is for one
 * thread, as that is.
 */
public final class TileTree implements SubtreeReader {
    private final TileSource source;
    private final TileMemory memory;

    public TileTree(TileSource source) {
        this(source, new TileMemory(0));
    }

    /**
     * Reads a tree that is looked at again and again.
     *
     * @param source is asked for each tile whatever is remembered of it
     */
    public TileTree(TileSource source, TileMemory memory) {
        this.source = source;
        this.memory = memory;
    }

    /**
     * Reads or computes the root of a complete subtree from the one tile that holds it.
     *
     * @throws MalformedException if the source's tile is too narrow, too wide or no whole number of hashes
     */
    @Override
    public Hash subtree(int level, long index) {
        int tileLevel = level / Tile.HEIGHT;
        int count = 1 << (level % Tile.HEIGHT);
        long first = index * count;
        int begin = (int) (first % Tile.WIDTH);
        long tileIndex = first / Tile.WIDTH;
        return memory.tile(tileLevel, tileIndex, read(tileLevel, tileIndex, begin + count))
                .root(begin, count);
    }

    /** The head of the tree of a size. */
    public TreeHead head(long size) {
        return new TreeHead(size, MerkleTree.root(size, this));
    }

    /**
     * What growth leads to.
     *
     * @param head of the grown tree
     * @param tiles every tile that is new or wider than before, lowest level first, leftmost first
     */
    public record Appended(TreeHead head, List<ChangedTile> tiles) {
        public Appended {
            tiles = List.copyOf(tiles);
        }
    }

    /** The tree of these leaves, from nothing. */
    public static Appended of(List<Hash> leaves) {
        TileSource none = (level, index, width) -> {
            throw new IllegalStateException("an empty tree has no tile");
        };
        return new TileTree(none).append(0, leaves);
    }

    /**
     * What the tree becomes with more leaves; read are the tiles of its right edge.
     *
     * @param oldSize how many leaves there are
     * @param leaves the hashes of the new entries
     */
    public Appended append(long oldSize, List<Hash> leaves) {
        long newSize = Math.addExact(oldSize, leaves.size());
        List<ChangedTile> changed = new ArrayList<>();
        List<byte[]> hashes = leaves.stream().map(Hash::toByteArray).toList();
        for (int level = 0; !hashes.isEmpty(); level++) {
            List<ChangedTile> tiles = grow(level, Tile.hashes(level, oldSize), hashes);
            changed.addAll(tiles);
            hashes = tiles.stream()
                    .filter(tile -> tile.tile().isFull())
                    .map(tile -> root(tile).toByteArray())
                    .toList();
        }
        return new Appended(new TileTree(overlay(changed, source), memory).head(newSize), changed);
    }

    /** Adds hashes to one level that had {@code count} of them. */
    private List<ChangedTile> grow(int level, long count, List<byte[]> hashes) {
        List<ChangedTile> changed = new ArrayList<>();
        long index = count / Tile.WIDTH;
        int width = (int) (count % Tile.WIDTH);
        byte[] edge = width == 0 ? new byte[0] : Arrays.copyOf(read(level, index, width), width * Hash.LENGTH);
        for (int from = 0; from < hashes.size(); index++) {
            int to = Math.min(hashes.size(), from + Tile.WIDTH - width);
            byte[] tile = Arrays.copyOf(edge, (width + to - from) * Hash.LENGTH);
            for (int i = from; i < to; i++) {
                System.arraycopy(hashes.get(i), 0, tile, (width + i - from) * Hash.LENGTH, Hash.LENGTH);
            }
            changed.add(new ChangedTile(new Tile(level, index, tile.length / Hash.LENGTH), tile));
            from = to;
            width = 0;
            edge = new byte[0];
        }
        return changed;
    }

    private static TileSource overlay(List<ChangedTile> changed, TileSource below) {
        Map<TilePlace, byte[]> tiles = new HashMap<>();
        for (ChangedTile tile : changed) {
            tiles.put(new TilePlace(tile.tile().level(), tile.tile().index()), tile.bytes());
        }
        return (level, index, minWidth) -> {
            byte[] tile = tiles.get(new TilePlace(level, index));
            return tile != null ? tile : below.tile(level, index, minWidth);
        };
    }

    private byte[] read(int level, long index, int minWidth) {
        byte[] tile = source.tile(level, index, minWidth);
        if (tile.length % Hash.LENGTH != 0
                || tile.length < minWidth * Hash.LENGTH
                || tile.length > Tile.WIDTH * Hash.LENGTH) {
            throw new MalformedException("tile " + index + " of level " + level + " has " + tile.length
                    + " bytes, expected " + minWidth + " to " + Tile.WIDTH + " hashes of " + Hash.LENGTH + " bytes");
        }
        return tile;
    }

    private Hash root(ChangedTile full) {
        return memory.tile(full.tile().level(), full.tile().index(), full.bytes())
                .root(0, Tile.WIDTH);
    }
}
