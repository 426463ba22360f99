package se.samsyn.protocol.tlog;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tiles that were looked at last, so many of them, with the hashes that were made of them. Whoever looks at a growing log again and
 * again hashes only what came to it. What is remembered of a tile counts only as long as the bytes are the same. For one thread.
 */
public final class TileMemory {
    /** Enough for the right edge of any log, and for what a usual growth fills. */
    public static final int RIGHT_EDGE = 16;

    private static final float LOAD_FACTOR = 0.75f;

    private final int maxTiles;
    private final Map<TilePlace, HashedTile> tiles = new LinkedHashMap<>(RIGHT_EDGE, LOAD_FACTOR, true);

    /**
     * Makes an empty one.
     *
     * @param maxTiles that are remembered; with 0 there is no memory
     */
    public TileMemory(int maxTiles) {
        this.maxTiles = maxTiles;
    }

    /** A tile with what is known of it. */
    HashedTile tile(int level, long index, byte[] bytes) {
        if (maxTiles == 0) {
            return HashedTile.of(bytes);
        }
        TilePlace place = new TilePlace(level, index);
        @Nullable HashedTile known = tiles.get(place);
        HashedTile tile = known == null ? HashedTile.of(bytes) : known.as(bytes);
        tiles.put(place, tile);
        if (tiles.size() > maxTiles) {
            tiles.remove(tiles.keySet().iterator().next());
        }
        return tile;
    }
}
