package se.samsyn.protocol.statement;

import java.nio.charset.StandardCharsets;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.note.SigningKey;

/** Compact JWS made by hand, as an attacker makes them. */
final class HandmadeJws {
    /** The one good header, for a key's name and ID. */
    static final String HEADER = "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"fed-statement+jws\"}";

    private HandmadeJws() {}

    static byte[] signed(String header, byte[] payload, SigningKey key) {
        String message = url(header) + "." + CanonicalBase64.encodeUrl(payload);
        return jws(header, payload, key.sign(message.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static byte[] jws(String header, byte[] payload, byte[] signature) {
        return (url(header) + "." + CanonicalBase64.encodeUrl(payload) + "." + CanonicalBase64.encodeUrl(signature))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static String url(String text) {
        return CanonicalBase64.encodeUrl(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
