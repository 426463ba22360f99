package se.samsyn.protocol.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.MalformedException;

/** One signature line of a note, not verified: {@code — <name> <base64 of key ID and signature>}. */
public final class SignatureLine {
    private static final String DASH = "\u2014 ";

    private final String name;
    private final int keyId;
    private final byte[] blob;

    /**
     * Takes the parts of a line.
     *
     * @param blob what follows the key ID, at least one byte
     * @throws MalformedException if the name is none or the blob is empty
     */
    public SignatureLine(String name, int keyId, byte[] blob) {
        if (blob.length == 0) {
            throw new MalformedException("signature line of " + name + " has no signature after the key ID");
        }
        this.name = KeyName.check(name);
        this.keyId = keyId;
        this.blob = blob.clone();
    }

    /**
     * Reads a line without its line feed.
     *
     * @throws MalformedException if it is not exactly an em dash, a name and canonical base64, with one space between
     */
    public static SignatureLine parse(String line) {
        int space = line.indexOf(' ', DASH.length());
        if (!line.startsWith(DASH) || space < 0) {
            throw new MalformedException(
                    "signature line is not an em dash, a name and base64 with one space between: \"" + shorten(line)
                            + "\"");
        }
        String name = line.substring(DASH.length(), space);
        byte[] bytes = CanonicalBase64.decode(line.substring(space + 1));
        if (bytes.length <= Integer.BYTES) {
            throw new MalformedException("signature line of " + shorten(name) + " has " + bytes.length
                    + " bytes, expected a key ID of 4 and a signature");
        }
        return new SignatureLine(
                name, ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /** The line without its line feed. */
    public String encode() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + blob.length)
                .putInt(keyId)
                .put(blob)
                .array();
        return DASH + name + " " + CanonicalBase64.encode(bytes);
    }

    public String name() {
        return name;
    }

    public int keyId() {
        return keyId;
    }

    /** What follows the key ID. */
    public byte[] blob() {
        return blob.clone();
    }

    /** {@code <name>+<key ID>} of the key that this line claims to be by. */
    public String ref() {
        return name + "+" + HexFormat.of().toHexDigits(keyId);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureLine line
                && name.equals(line.name)
                && keyId == line.keyId
                && Arrays.equals(blob, line.blob);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, keyId, Arrays.hashCode(blob));
    }

    @Override
    public String toString() {
        return encode();
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
