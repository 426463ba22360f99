package se.samsyn.node.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import se.samsyn.protocol.Hash;

/** A bearer token as a node knows it: a name for the log, what its holder may do, and the SHA-256 of the secret. */
public record Token(String name, Role role, Hash sha256) {
    /** Tells in constant time whether a secret is this token's. */
    public boolean matches(String secret) {
        return MessageDigest.isEqual(hashOf(secret).toByteArray(), sha256.toByteArray());
    }

    /** What a configuration holds instead of the secret. */
    public static Hash hashOf(String secret) {
        return Hash.sha256(secret.getBytes(StandardCharsets.UTF_8));
    }
}
