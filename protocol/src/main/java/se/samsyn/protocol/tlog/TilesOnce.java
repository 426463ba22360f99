package se.samsyn.protocol.tlog;

import java.util.HashMap;
import java.util.Map;
import se.samsyn.protocol.Hash;

/**
 * Reads each tile once, for one look at a tree: a root or a proof takes several hashes from the tiles of the right edge. Not for several
 * threads.
 */
public final class TilesOnce implements TileSource {
    private final TileSource source;
    private final Map<TilePlace, byte[]> read = new HashMap<>();

    public TilesOnce(TileSource source) {
        this.source = source;
    }

    @Override
    public byte[] tile(int level, long index, int minWidth) {
        return read.compute(
                new TilePlace(level, index),
                (place, tile) -> tile != null && tile.length >= minWidth * Hash.LENGTH
                        ? tile
                        : source.tile(level, index, minWidth));
    }
}
