package se.samsyn.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 that refuses what it cannot carry, where Java's own silently replaces it. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Decodes text.
     *
     * @throws MalformedException if the bytes are not valid UTF-8
     */
    public static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("text is not valid UTF-8", e);
        }
    }

    /**
     * Encodes text.
     *
     * @throws MalformedException if it has a lone surrogate
     */
    public static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            throw new MalformedException("text has a lone surrogate, which UTF-8 cannot carry");
        }
        return bytes;
    }
}
