package se.samsyn.protocol.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import se.samsyn.protocol.MalformedException;

/**
 * Signed JSON: the profile of RFC 8259 in which a value has exactly one meaning, and its one spelling (RFC 8785).
 *
 * <p>The profile holds strings, booleans, arrays, objects and integers within ±{@value #MAX_INTEGER}. There are no
 * fractions, no exponents, no null, no negative zero, no name twice in an object and no unpaired surrogate, since
 * parsers disagree on each of these. A parsed integer is always a {@code LongNode}, so that equal trees are equal
 * nodes.
 */
public final class CanonicalJson {
    /** The largest magnitude of an integer: 2^53 - 1, the last one that every JSON reader keeps exact. */
    public static final long MAX_INTEGER = 9_007_199_254_740_991L;
    /** Arrays and objects within one another. */
    public static final int MAX_DEPTH = 32;
    /** Bytes in a document: 16 MiB. */
    public static final int MAX_LENGTH = 16 << 20;
    /** UTF-16 units in a string. */
    public static final int MAX_STRING_LENGTH = 1 << 20;
    /** UTF-16 units in the name of a member of an object. */
    public static final int MAX_NAME_LENGTH = 1_000;

    private CanonicalJson() {}

    /**
     * Parses a document of the profile; white space and the order of members are free.
     *
     * @throws MalformedException naming line and column, or the byte, and what is wrong there
     */
    public static JsonNode parse(byte[] utf8) {
        return new ProfileParser(StrictUtf8.decode(utf8, MAX_LENGTH)).document();
    }

    /**
     * Parses a document that must be spelt canonically too.
     *
     * @throws MalformedException as {@link #parse}, and if the bytes are not those of {@link #encode}
     */
    public static JsonNode parseCanonical(byte[] utf8) {
        JsonNode node = parse(utf8);
        byte[] canonical = encode(node);
        int difference = Arrays.mismatch(canonical, utf8);
        if (difference >= 0) {
            throw new MalformedException(
                    "JSON is not canonical (RFC 8785): byte " + difference + " differs from the canonical spelling");
        }
        return node;
    }

    /**
     * The canonical spelling (RFC 8785, section 3.2): no white space, members sorted by the UTF-16 units of their
     * names.
     *
     * @throws MalformedException if the tree holds what the profile does not
     */
    public static byte[] encode(JsonNode node) {
        return new CanonicalWriter().encode(node);
    }

    static boolean inRange(long integer) {
        return -MAX_INTEGER <= integer && integer <= MAX_INTEGER;
    }
}
