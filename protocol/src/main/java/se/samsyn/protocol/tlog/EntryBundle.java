package se.samsyn.protocol.tlog;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * The entries of one tile of level 0 (C2SP tlog-tiles): for each its length in two bytes, big-endian, then its bytes.
 */
public final class EntryBundle {
    /** The longest entry in bytes. */
    public static final int MAX_ENTRY_LENGTH = 65_535;
    /** The longest bundle in bytes. */
    public static final int MAX_LENGTH = Tile.WIDTH * (Short.BYTES + MAX_ENTRY_LENGTH);

    private EntryBundle() {}

    /**
     * Writes 1 to 256 entries, each at most {@link #MAX_ENTRY_LENGTH} long.
     *
     * @throws MalformedException if there are fewer or more, or one is longer
     */
    public static byte[] encode(List<byte[]> entries) {
        checkWidth(entries.size());
        int length = 0;
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY_LENGTH) {
                throw new MalformedException(
                        "an entry has at most " + MAX_ENTRY_LENGTH + " bytes, not " + entry.length);
            }
            length += Short.BYTES + entry.length;
        }
        ByteBuffer bundle = ByteBuffer.allocate(length);
        for (byte[] entry : entries) {
            bundle.putShort((short) entry.length).put(entry);
        }
        return bundle.array();
    }

    /**
     * Reads a bundle of as many entries as its path says.
     *
     * @param width how many entries, 1 to 256
     * @throws MalformedException if it holds fewer or more
     */
    public static List<byte[]> parse(byte[] bundle, int width) {
        checkWidth(width);
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>(width);
        while (entries.size() < width) {
            int length = rest.remaining() < Short.BYTES ? -1 : Short.toUnsignedInt(rest.getShort());
            if (length < 0 || length > rest.remaining()) {
                throw new MalformedException(
                        "entry bundle ends within entry " + entries.size() + ", expected " + width + " entries");
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        if (rest.hasRemaining()) {
            throw new MalformedException(
                    "entry bundle has " + rest.remaining() + " bytes after its " + width + " entries");
        }
        return entries;
    }

    /**
     * Reads all entries of a bundle, however many there are.
     *
     * @throws MalformedException if it ends within an entry, or holds none or more than a tile
     */
    public static List<byte[]> parse(byte[] bundle) {
        int width = 0;
        ByteBuffer rest = ByteBuffer.wrap(bundle);
        while (rest.remaining() >= Short.BYTES) {
            int length = Short.toUnsignedInt(rest.getShort());
            rest.position(Math.min(rest.limit(), rest.position() + length));
            width++;
        }
        return parse(bundle, width);
    }

    private static void checkWidth(int width) {
        if (width < 1 || width > Tile.WIDTH) {
            throw new MalformedException("an entry bundle has 1 to " + Tile.WIDTH + " entries, not " + width);
        }
    }
}
