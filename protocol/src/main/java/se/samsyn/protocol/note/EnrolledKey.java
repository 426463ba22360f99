package se.samsyn.protocol.note;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.RefutedException;

/**
 * A public key A that was found to lie in the prime-order subgroup, which is checked once for all its signatures.
 *
 * <p>A signature (R, S) over M counts if S is below the order of the subgroup and the encoding of [S]B - [k]A is R,
 * byte for byte, where k is
 * SHA-512(R, A, M). This is the equation of RFC 8032 section 5.1.7 without a cofactor, as Go, OpenSSL and the JDK check it. Both
 * products lie in the prime-order subgroup, so an R that equals their sum lies there too, and in its one canonical encoding: what Bouncy
 * Castle accepts and a check of R's order lets pass, without the cost of that check.
 */
final class EnrolledKey {
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final byte[] NEUTRAL = Arrays.copyOf(new byte[] {1}, StrictEd25519.POINT_LENGTH);

    private final byte[] encoded;
    private final Ed25519.PublicPoint point;
    /** Made for the first signature: most keys of a federation root are never asked about one. */
    private volatile @Nullable PointTable negative;

    EnrolledKey(byte[] encoded, Ed25519.PublicPoint point) {
        this.encoded = encoded.clone();
        this.point = point;
    }

    void verify(byte[] message, byte[] signature) {
        if (signature.length != StrictEd25519.SIGNATURE_LENGTH) {
            throw new RefutedException(
                    "an Ed25519 signature has " + StrictEd25519.SIGNATURE_LENGTH + " bytes, not " + signature.length);
        }
        if (!holds(message, signature)) {
            boolean butForR = Ed25519.verify(signature, 0, point, message, 0, message.length);
            throw new RefutedException(
                    butForR
                            ? "the Ed25519 signature's R is no point of the prime-order subgroup"
                            : "the Ed25519 signature is not by this key over these bytes");
        }
    }

    private boolean holds(byte[] message, byte[] signature) {
        byte[] r = Arrays.copyOf(signature, StrictEd25519.POINT_LENGTH);
        byte[] s = Arrays.copyOfRange(signature, StrictEd25519.POINT_LENGTH, StrictEd25519.SIGNATURE_LENGTH);
        if (fromLittleEndian(s).compareTo(ORDER) >= 0 || Arrays.equals(r, NEUTRAL)) {
            return false;
        }
        byte[] expected = PointTable.sumOfProducts(s, PointTable.BASE, challenge(r, message), negative());
        return Arrays.equals(expected, r);
    }

    /** The k of RFC 8032 section 5.1.7, reduced. */
    private byte[] challenge(byte[] r, byte[] message) {
        SHA512Digest sha512 = new SHA512Digest();
        sha512.update(r, 0, r.length);
        sha512.update(encoded, 0, encoded.length);
        sha512.update(message, 0, message.length);
        byte[] digest = new byte[sha512.getDigestSize()];
        sha512.doFinal(digest, 0);
        byte[] reduced = reversed(fromLittleEndian(digest).mod(ORDER).toByteArray());
        return Arrays.copyOf(reduced, StrictEd25519.POINT_LENGTH);
    }

    private PointTable negative() {
        PointTable table = negative;
        if (table == null) {
            table = PointTable.ofNegative(encoded);
            negative = table;
        }
        return table;
    }

    private static BigInteger fromLittleEndian(byte[] bytes) {
        return new BigInteger(1, reversed(bytes));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
