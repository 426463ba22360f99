package se.samsyn.protocol.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;

/** A public key with its name and purpose: the verifier key (vkey) of C2SP signed-note, checked when it is enrolled. */
public final class VerifierKey {
    private static final Pattern VKEY = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+(.+)");
    private static final int MAX_LENGTH = 4096; // an ML-DSA-44 key with the longest name has some 2,020

    private final String name;
    private final KeyType type;
    private final byte[] publicKey;
    private final Hash hash;
    private final int id;
    private final SignatureAlgorithm.PublicHalf verification;

    private VerifierKey(String name, KeyType type, byte[] publicKey) {
        this.name = KeyName.check(name);
        this.type = type;
        this.publicKey = publicKey.clone();
        this.verification = type.algorithm().enrol(this.publicKey);
        this.hash = Hash.sha256(Utf8.encode(name), new byte[] {'\n', type.code()}, this.publicKey);
        this.id = ByteBuffer.wrap(hash.toByteArray()).getInt();
    }

    /**
     * Enrols a public key.
     *
     * @param publicKey 32 bytes of Ed25519 or 1312 of ML-DSA-44
     * @throws MalformedException if the name is none, or the key has another length or, for Ed25519, is no point of
     *     the prime-order subgroup
     */
    public static VerifierKey of(String name, KeyType type, byte[] publicKey) {
        return new VerifierKey(name, type, publicKey);
    }

    /**
     * Reads {@code <name>+<key ID, 8 hex digits>+<base64 of type and public key>}.
     *
     * @throws MalformedException if it is anything else, or the key ID is of another key
     */
    public static VerifierKey parse(String vkey) {
        Matcher parts = VKEY.matcher(vkey);
        if (vkey.length() > MAX_LENGTH) {
            throw new MalformedException(
                    "a verifier key has at most " + MAX_LENGTH + " characters, not " + vkey.length());
        }
        if (!parts.matches()) {
            throw new MalformedException(
                    "\"" + vkey + "\" is not a verifier key: expected <name>+<8 hex digits>+<base64>");
        }
        byte[] typed = CanonicalBase64.decode(parts.group(3));
        if (typed.length == 0) {
            throw new MalformedException("verifier key of " + parts.group(1) + " is empty");
        }
        KeyType type = KeyType.of(typed[0]);
        VerifierKey key = of(parts.group(1), type, Arrays.copyOfRange(typed, 1, typed.length));
        if (!key.hexId().equals(parts.group(2))) {
            throw new MalformedException("verifier key of " + key.name + " has key ID " + parts.group(2) + ", expected "
                    + key.hexId() + " for this name and public key");
        }
        return key;
    }

    /** The form that {@link #parse} reads. */
    public String encode() {
        byte[] typed = new byte[1 + publicKey.length];
        typed[0] = type.code();
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return ref() + "+" + CanonicalBase64.encode(typed);
    }

    public String name() {
        return name;
    }

    public KeyType type() {
        return type;
    }

    /** The first four bytes, big-endian, of SHA-256(name, line feed, type, public key). */
    public int id() {
        return id;
    }

    /** {@code <name>+<key ID>}: how signature lines, JWS headers and the lines of a federation root name this key. */
    public String ref() {
        return name + "+" + hexId();
    }

    /** SHA-256(name, line feed, type, public key), of which the key ID is the beginning: no two keys have the same. */
    Hash hash() {
        return hash;
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /**
     * Verifies a signature over bytes as they are, strictly: 64 bytes of Ed25519 or 2420 of ML-DSA-44.
     *
     * @throws RefutedException if they are not this key's signature of it
     */
    public void verify(byte[] message, byte[] signature) {
        verification.verify(message, signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey key
                && name.equals(key.name)
                && type == key.type
                && Arrays.equals(publicKey, key.publicKey);
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return ref();
    }

    private String hexId() {
        return HexFormat.of().toHexDigits(id);
    }
}
