package se.samsyn.protocol;

import java.nio.charset.StandardCharsets;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;

/** Private keys for tests, the same in every run. */
public final class TestKeys {
    private TestKeys() {}

    /** A key of type 0x01 with this name. */
    public static SigningKey signer(String name) {
        return key(name, KeyType.ED25519, "");
    }

    /** A key of type 0x04 with this name. */
    public static SigningKey witness(String name) {
        return key(name, KeyType.COSIGNATURE, "");
    }

    /** Another key of the same name and type for each {@code variant}. */
    public static SigningKey key(String name, KeyType type, String variant) {
        byte[] seed = ("test only: " + type + " " + name + variant).getBytes(StandardCharsets.UTF_8);
        return SigningKey.of(name, type, Hash.sha256(seed).toByteArray());
    }
}
