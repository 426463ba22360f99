package se.samsyn.protocol.tlog;

/** A tile as it is after a growth, in its widest form. */
public final class ChangedTile {
    private final Tile tile;
    private final byte[] bytes;

    ChangedTile(Tile tile, byte[] bytes) {
        this.tile = tile;
        this.bytes = bytes;
    }

    /** Where it is and how wide. */
    public Tile tile() {
        return tile;
    }

    /** Its hashes, 32 bytes each. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return TilePath.hashes(tile).encode();
    }
}
