package se.samsyn.protocol.tlog;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * The path of a tile or an entry bundle below a log's address: {@code tile/<level>/<N>[.p/<W>]}, {@code
 * tile/entries/<N>[.p/<W>]}.
 *
 * @param kind which of the two
 * @param tile the tile, or the tile of level 0 whose entries the bundle holds
 */
public record TilePath(Kind kind, Tile tile) {
    /** What is found at a path. */
    public enum Kind {
        /** 32 bytes a hash. */
        HASHES,
        /** An {@link EntryBundle}. */
        ENTRIES
    }

    private static final Pattern PATH =
            Pattern.compile("tile/(entries|[0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");
    private static final int MAX_LENGTH = 64;
    private static final long GROUP = 1000;

    public TilePath {
        if (kind == Kind.ENTRIES && tile.level() != 0) {
            throw new MalformedException("entry bundles are of level 0, not " + tile.level());
        }
    }

    public static TilePath hashes(Tile tile) {
        return new TilePath(Kind.HASHES, tile);
    }

    /**
     * The path of the bundle with the entries of one tile.
     *
     * @param width how many entries
     */
    public static TilePath entries(long index, int width) {
        return new TilePath(Kind.ENTRIES, new Tile(0, index, width));
    }

    /**
     * Reads a path.
     *
     * @throws MalformedException if it is not exactly what {@link #encode} writes
     */
    public static TilePath parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (path.length() > MAX_LENGTH || !parts.matches()) {
            throw refuse(path);
        }
        boolean entries = parts.group(1).equals("entries");
        long index = Long.parseLong(parts.group(2).replaceAll("[x/]", "")); // at most 18 digits
        int width = parts.group(3) == null ? Tile.WIDTH : Integer.parseInt(parts.group(3));
        Tile tile = new Tile(entries ? 0 : Integer.parseInt(parts.group(1)), index, width);
        TilePath parsed = new TilePath(entries ? Kind.ENTRIES : Kind.HASHES, tile);
        if (!parsed.encode().equals(path)) {
            throw refuse(path);
        }
        return parsed;
    }

    /** The path, without a slash before it. */
    public String encode() {
        String folder = kind == Kind.ENTRIES ? "entries" : Integer.toString(tile.level());
        String partial = tile.isFull() ? "" : ".p/" + tile.width();
        return "tile/" + folder + "/" + groups(tile.index()) + partial;
    }

    /** The index in groups of three digits, an x before all but the last. */
    private static String groups(long index) {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % GROUP));
        for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % GROUP));
        }
        return path.toString();
    }

    private static MalformedException refuse(String path) {
        String shown = path.length() <= MAX_LENGTH ? path : path.substring(0, MAX_LENGTH) + "…";
        return new MalformedException(
                "\"" + shown + "\" is not the path of a tile: expected tile/<0 to 7>/<N>[.p/<W>] or "
                        + "tile/entries/<N>[.p/<W>], with N in groups like x001/x234/067 and W from 1 to 255");
    }
}
