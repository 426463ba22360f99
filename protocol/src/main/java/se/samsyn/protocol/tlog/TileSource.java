package se.samsyn.protocol.tlog;

/** Gives the bytes of a log's hash tiles. */
@FunctionalInterface
public interface TileSource {
    /**
     * The hashes of a tile, 32 bytes each.
     *
     * @param minWidth how many hashes are needed; the tile may be wider
     */
    byte[] tile(int level, long index, int minWidth);
}
