package se.samsyn.protocol.note;

import java.nio.ByteBuffer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Utf8;

/** A private Ed25519 key with its name and purpose. Nothing gives the private part back. */
public final class SigningKey {
    private final byte[] seed;
    private final byte[] publicKey;
    private final VerifierKey verifierKey;

    private SigningKey(String name, KeyType type, byte[] seed) {
        this.seed = seed.clone();
        this.publicKey = new byte[StrictEd25519.PUBLIC_KEY_LENGTH];
        Ed25519.generatePublicKey(this.seed, 0, publicKey, 0);
        this.verifierKey = VerifierKey.of(name, type, publicKey);
    }

    /**
     * Takes a private key.
     *
     * @param seed the 32 bytes of RFC 8032 section 5.1.5
     * @throws MalformedException if the name is none or there are not 32 bytes
     */
    public static SigningKey of(String name, KeyType type, byte[] seed) {
        if (seed.length != StrictEd25519.SEED_LENGTH) {
            throw new MalformedException(
                    "an Ed25519 private key has " + StrictEd25519.SEED_LENGTH + " bytes, not " + seed.length);
        }
        return new SigningKey(name, type, seed);
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /** Signs the bytes as they are: 64 bytes of Ed25519. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[StrictEd25519.SIGNATURE_LENGTH];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /**
     * Signs the text of a note with a key of type 0x01.
     *
     * @param text ends in a line feed
     */
    public SignatureLine signNote(String text) {
        require(KeyType.ED25519);
        return new SignatureLine(verifierKey.name(), verifierKey.id(), sign(Utf8.encode(text)));
    }

    /**
     * Cosigns the text of a checkpoint with a key of type 0x04.
     *
     * @param timeSeconds seconds since 1970, at least 1
     * @param text ends in a line feed
     */
    public SignatureLine cosignNote(long timeSeconds, String text) {
        require(KeyType.COSIGNATURE);
        byte[] signature = sign(CosignedMessage.encode(timeSeconds, text));
        byte[] blob = ByteBuffer.allocate(KeyType.COSIGNATURE.blobLength())
                .putLong(timeSeconds)
                .put(signature)
                .array();
        return new SignatureLine(verifierKey.name(), verifierKey.id(), blob);
    }

    @Override
    public String toString() {
        return "private key of " + verifierKey.ref();
    }

    private void require(KeyType type) {
        if (verifierKey.type() != type) {
            throw new IllegalStateException(verifierKey.ref() + " is of type " + verifierKey.type() + ", not " + type);
        }
    }
}
