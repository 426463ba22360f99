package se.samsyn.protocol;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: 32 bytes, immutable. */
public final class Hash implements Comparable<Hash> {
    /** Bytes in a hash. */
    public static final int LENGTH = 32;

    /** Never fed: what hashes is a copy of it, which costs less than asking the platform each time. */
    private static final MessageDigest UNUSED = newDigest();

    private static final String HEX = "[0-9a-f]{64}";

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes 32 bytes that are a digest already.
     *
     * @throws MalformedException if there are not 32 of them
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new MalformedException("a hash has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** The SHA-256 of the parts, one after the other. */
    public static Hash sha256(byte[]... parts) {
        try {
            MessageDigest digest = (MessageDigest) UNUSED.clone();
            for (byte[] part : parts) {
                digest.update(part);
            }
            return new Hash(digest.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        }
    }

    /** What writes bytes, one after the other. */
    public interface Writing {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The SHA-256 of what is written, which is not held. */
    public static Hash sha256Of(Writing writing) {
        try {
            MessageDigest digest = (MessageDigest) UNUSED.clone();
            try (OutputStream out =
                    new BufferedOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
                writing.writeTo(out);
            }
            return new Hash(digest.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be copied", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a digest takes all bytes", e);
        }
    }

    /**
     * Reads 64 lower-case hexadecimal digits.
     *
     * @throws MalformedException if the text is anything else
     */
    public static Hash parseHex(String text) {
        if (!text.matches(HEX)) {
            throw new MalformedException("a hash is 64 lower-case hexadecimal digits, not \"" + text + "\"");
        }
        return new Hash(HexFormat.of().parseHex(text));
    }

    /**
     * Reads canonical base64 of 32 bytes.
     *
     * @throws MalformedException if the text is anything else
     */
    public static Hash parseBase64(String text) {
        return of(CanonicalBase64.decode(text));
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    public String toBase64() {
        return CanonicalBase64.encode(bytes);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toHex();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
