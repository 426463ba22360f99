package se.samsyn.protocol.note;

import java.nio.ByteBuffer;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.tlog.Checkpoint;

/** A private key with its name and purpose. Nothing gives the private part back. */
public final class SigningKey {
    private static final long LOG_TIME = 0; // a log's own ML-DSA signature says nothing of a time

    private final SignatureAlgorithm.PrivateHalf key;
    private final VerifierKey verifierKey;

    private SigningKey(String name, KeyType type, byte[] seed) {
        this.key = type.algorithm().open(seed);
        this.verifierKey = VerifierKey.of(name, type, key.publicKey());
    }

    /**
     * Takes a private key.
     *
     * @param seed the 32 bytes of RFC 8032 section 5.1.5 or, for type 0x06, of FIPS 204 algorithm 1
     * @throws MalformedException if the name is none or there are not 32 bytes
     */
    public static SigningKey of(String name, KeyType type, byte[] seed) {
        return new SigningKey(name, type, seed);
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /** Signs the bytes as they are: 64 bytes of Ed25519 or 2420 of ML-DSA-44. */
    public byte[] sign(byte[] message) {
        return key.signing().sign(message);
    }

    /**
     * Signs the text of a note with a key of type 0x01, or that of a checkpoint with a log's key of type 0x06.
     *
     * @param text ends in a line feed
     * @throws MalformedException if the key is of type 0x06 and the text is no checkpoint
     */
    public SignatureLine signNote(String text) {
        return switch (verifierKey.type()) {
            case ED25519 -> line(sign(Utf8.encode(text)));
            case ML_DSA_44 -> {
                Checkpoint checkpoint = Checkpoint.parse(text);
                yield line(timed(LOG_TIME, sign(SubtreeMessage.encode(verifierKey.name(), LOG_TIME, checkpoint))));
            }
            case COSIGNATURE ->
                throw new IllegalStateException(verifierKey.ref() + " is a witness's key, which signs with a time");
        };
    }

    /**
     * Cosigns the text of a checkpoint with a key of type 0x04.
     *
     * @param timeSeconds seconds since 1970, at least 1
     * @param text ends in a line feed
     */
    public SignatureLine cosignNote(long timeSeconds, String text) {
        if (verifierKey.type() != KeyType.COSIGNATURE) {
            throw new IllegalStateException(
                    verifierKey.ref() + " is of type " + verifierKey.type() + ", not " + KeyType.COSIGNATURE);
        }
        return line(timed(timeSeconds, sign(CosignedMessage.encode(timeSeconds, text))));
    }

    @Override
    public String toString() {
        return "private key of " + verifierKey.ref();
    }

    private SignatureLine line(byte[] blob) {
        return new SignatureLine(verifierKey.name(), verifierKey.id(), blob);
    }

    private static byte[] timed(long timeSeconds, byte[] signature) {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(timeSeconds)
                .put(signature)
                .array();
    }
}
