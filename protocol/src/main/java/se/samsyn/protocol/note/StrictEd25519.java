package se.samsyn.protocol.note;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/**
 * Ed25519 (RFC 8032) as every verifier agrees on it.
 *
 * <p>Libraries disagree about keys and signatures with a part outside the prime-order subgroup: Bouncy Castle
 * multiplies by the cofactor and accepts some that Go, OpenSSL and the JDK refuse. So a key is enrolled only if it
 * lies in that subgroup, and a signature counts only if it has 64 bytes, Bouncy Castle accepts it, and its R lies in
 * the subgroup too.
 */
public final class StrictEd25519 {
    /** Bytes of a public key. */
    public static final int PUBLIC_KEY_LENGTH = Ed25519.PUBLIC_KEY_SIZE;
    /** Bytes of a private key (the seed of RFC 8032). */
    public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;
    /** Bytes of a signature. */
    public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;

    private StrictEd25519() {}

    /**
     * Verifies one signature under a key that is checked as well.
     *
     * @throws RefutedException if the key may not be enrolled or the signature does not hold
     */
    public static void verify(byte[] publicKey, byte[] message, byte[] signature) {
        Ed25519.PublicPoint point;
        try {
            point = enrol(publicKey);
        } catch (MalformedException e) {
            throw new RefutedException("the public key may not be enrolled: " + e.getMessage());
        }
        verify(point, message, signature);
    }

    /**
     * Decodes a public key once for many verifications.
     *
     * @throws MalformedException if it is not 32 bytes of a point in the prime-order subgroup
     */
    static Ed25519.PublicPoint enrol(byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_LENGTH) {
            throw new MalformedException(
                    "an Ed25519 public key has " + PUBLIC_KEY_LENGTH + " bytes, not " + publicKey.length);
        }
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(publicKey, 0);
        if (point == null) {
            throw new MalformedException("the Ed25519 public key is no point of the prime-order subgroup");
        }
        return point;
    }

    static void verify(Ed25519.PublicPoint publicKey, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_LENGTH) {
            throw new RefutedException(
                    "an Ed25519 signature has " + SIGNATURE_LENGTH + " bytes, not " + signature.length);
        }
        if (!Ed25519.verify(signature, 0, publicKey, message, 0, message.length)) {
            throw new RefutedException("the Ed25519 signature is not by this key over these bytes");
        }
        if (!Ed25519.validatePublicKeyFull(signature, 0)) { // R is the first half of a signature
            throw new RefutedException("the Ed25519 signature's R is no point of the prime-order subgroup");
        }
    }
}
