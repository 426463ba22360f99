package se.samsyn.protocol.summary;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * The 32 random bytes that make a body's hash unguessable: without them, a hash of small counts could be found by
 * trying them all, and a retracted body would still be known by its statement (SIGNING section 1).
 */
public final class Salt {
    /** Bytes in a salt. */
    public static final int LENGTH = 32;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes 32 bytes, which the caller has drawn from a secure random source for this body alone.
     *
     * @throws MalformedException if there are not 32 of them
     */
    public static Salt of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new MalformedException("a salt has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new Salt(bytes.clone());
    }

    /**
     * Reads 64 lower-case hexadecimal digits.
     *
     * @throws MalformedException if the text is anything else
     */
    public static Salt parseHex(String text) {
        if (!HEX.matcher(text).matches()) {
            throw new MalformedException("a salt is 64 lower-case hexadecimal digits, not \"" + text + "\"");
        }
        return new Salt(HexFormat.of().parseHex(text));
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt salt && Arrays.equals(bytes, salt.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }
}
