package se.samsyn.protocol.note;

import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/**
 * Ed25519 (RFC 8032) as every verifier agrees on it.
 *
 * <p>Libraries disagree about keys and signatures with a part outside the prime-order subgroup: Bouncy Castle
 * multiplies by the cofactor and accepts some that Go, OpenSSL and the JDK refuse. So a key is enrolled only if it
 * lies in that subgroup, and a signature counts only if it has 64 bytes, Bouncy Castle accepts it, and its R lies in
 * the subgroup too. {@link EnrolledKey} says how that is checked in one go.
 */
public final class StrictEd25519 {
    /** Bytes of a public key. */
    public static final int PUBLIC_KEY_LENGTH = Ed25519.PUBLIC_KEY_SIZE;
    /** Bytes of a private key (the seed of RFC 8032). */
    public static final int SEED_LENGTH = Ed25519.SECRET_KEY_SIZE;
    /** Bytes of a signature. */
    public static final int SIGNATURE_LENGTH = Ed25519.SIGNATURE_SIZE;
    /** Bytes of an encoded point: a public key, and R, the first half of a signature. */
    static final int POINT_LENGTH = PUBLIC_KEY_LENGTH;

    /** Every version of a federation root lists the same keys again. */
    private static final Recent<String, EnrolledKey> ENROLLED = new Recent<>(1_024);

    private StrictEd25519() {}

    /**
     * Verifies one signature under a key that is checked as well.
     *
     * @throws RefutedException if the key may not be enrolled or the signature does not hold
     */
    public static void verify(byte[] publicKey, byte[] message, byte[] signature) {
        EnrolledKey key;
        try {
            key = enrol(publicKey);
        } catch (MalformedException e) {
            throw new RefutedException("the public key may not be enrolled: " + e.getMessage());
        }
        key.verify(message, signature);
    }

    /**
     * Checks a public key once for many verifications.
     *
     * @throws MalformedException if it is not 32 bytes of a point in the prime-order subgroup
     */
    static EnrolledKey enrol(byte[] publicKey) {
        if (publicKey.length != PUBLIC_KEY_LENGTH) {
            throw new MalformedException(
                    "an Ed25519 public key has " + PUBLIC_KEY_LENGTH + " bytes, not " + publicKey.length);
        }
        return ENROLLED.get(HexFormat.of().formatHex(publicKey), key -> check(publicKey));
    }

    private static EnrolledKey check(byte[] publicKey) {
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyFullExport(publicKey, 0);
        if (point == null) {
            throw new MalformedException("the Ed25519 public key is no point of the prime-order subgroup");
        }
        return new EnrolledKey(publicKey, point);
    }
}
