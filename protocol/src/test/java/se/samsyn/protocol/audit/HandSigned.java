package se.samsyn.protocol.audit;

import java.nio.charset.StandardCharsets;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.TestNetwork;

/** Entries whose payload no encoder of this project writes, signed as a node's publisher signs. */
final class HandSigned {
    private HandSigned() {}

    static byte[] entry(String node, String payload) {
        SigningKey key = TestNetwork.publisher(node);
        String header = "{\"alg\":\"EdDSA\",\"kid\":\"" + key.verifierKey().ref() + "\",\"typ\":\"fed-statement+jws\"}";
        String signed = base64(ascii(header)) + "." + base64(ascii(payload));
        return ascii(signed + "." + base64(key.sign(ascii(signed))));
    }

    private static String base64(byte[] bytes) {
        return CanonicalBase64.encodeUrl(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
