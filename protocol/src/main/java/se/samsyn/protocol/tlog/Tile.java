package se.samsyn.protocol.tlog;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * Coordinates of a tile (C2SP tlog-tiles): up to 256 hashes of complete subtrees of 256^level leaves each.
 *
 * @param level 0 for leaf hashes, at most {@link #MAX_LEVEL}
 * @param index counts the tiles of a level from zero
 * @param width how many hashes: 256 for a full tile, fewer for a partial one
 */
public record Tile(int level, long index, int width) {
    /** Hashes in a full tile. */
    public static final int WIDTH = 256;
    /** Levels of the tree that a tile spans. */
    public static final int HEIGHT = 8;
    /** The highest level that a tree of at most 2^63−1 leaves has. */
    public static final int MAX_LEVEL = 7;

    /**
     * Takes coordinates.
     *
     * @throws MalformedException if no tree of at most 2^63−1 leaves has such a tile
     */
    public Tile {
        if (level < 0 || level > MAX_LEVEL) {
            throw new MalformedException("tile level is 0 to " + MAX_LEVEL + ", not " + level);
        }
        if (width < 1 || width > WIDTH) {
            throw new MalformedException("tile width is 1 to " + WIDTH + ", not " + width);
        }
        long hashes = Long.MAX_VALUE >> (HEIGHT * level);
        if (index < 0 || width > hashes || index > (hashes - width) / WIDTH) {
            throw new MalformedException("tile " + index + " of level " + level + " is beyond any tree");
        }
    }

    /** True if no tree, however large, has more in this tile. */
    public boolean isFull() {
        return width == WIDTH;
    }

    /** How many hashes a level has in a tree: its complete subtrees of 256^level leaves. */
    public static long hashes(int level, long size) {
        return size >> (HEIGHT * level);
    }

    /**
     * The partial tiles of a tree, lowest level first: its right edge, and all of it that changes when it grows.
     *
     * <p>A level whose hashes fill whole tiles has no partial one.
     */
    public static List<Tile> rightEdge(long size) {
        List<Tile> edge = new ArrayList<>();
        for (int level = 0; level <= MAX_LEVEL && hashes(level, size) > 0; level++) {
            long hashes = hashes(level, size);
            int width = (int) (hashes % WIDTH);
            if (width > 0) {
                edge.add(new Tile(level, hashes / WIDTH, width));
            }
        }
        return edge;
    }
}
