package se.samsyn.protocol;

import java.util.Base64;

/**
 * Base64 (RFC 4648) with one spelling for each value: what does not re-encode to itself is refused, so that no signature has a second form.
 */
public final class CanonicalBase64 {
    private CanonicalBase64() {}

    /** Encodes as in section 4 of RFC 4648, padded. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * Decodes what {@link #encode} made.
     *
     * @throws MalformedException if it is not canonical base64
     */
    public static byte[] decode(String text) {
        return decode(text, Base64.getDecoder(), Base64.getEncoder());
    }

    /** Encodes as in section 5 of RFC 4648, without padding, as JWS does. */
    public static String encodeUrl(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Decodes what {@link #encodeUrl} made.
     *
     * @throws MalformedException if it is not canonical base64url
     */
    public static byte[] decodeUrl(String text) {
        return decode(text, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
    }

    private static byte[] decode(String text, Base64.Decoder decoder, Base64.Encoder encoder) {
        byte[] bytes;
        try {
            bytes = decoder.decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("base64 is not canonical: " + e.getMessage(), e);
        }
        if (!encoder.encodeToString(bytes).equals(text)) {
            throw new MalformedException("base64 is not canonical: it does not re-encode to itself");
        }
        return bytes;
    }
}
