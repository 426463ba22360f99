package se.samsyn.protocol.note;

import java.math.BigInteger;

/**
 * Points of edwards25519 in affine coordinates: slow arithmetic from RFC 8032 section 5.1, to craft what libraries do
 * not make.
 */
record EdwardsPoint(BigInteger x, BigInteger y) {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    /** The order of the prime-order subgroup. */
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(inverse(BigInteger.valueOf(121666)))
            .mod(P);
    static final EdwardsPoint BASE =
            withY(BigInteger.valueOf(4).multiply(inverse(BigInteger.valueOf(5))).mod(P), false);
    static final EdwardsPoint NEUTRAL = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);

    /** A point of order 8: what the order of the subgroup leaves of a point outside it. */
    static EdwardsPoint torsion() {
        for (BigInteger y = BigInteger.TWO; ; y = y.add(BigInteger.ONE)) {
            if (x2(y).modPow(P.subtract(BigInteger.ONE).shiftRight(1), P).equals(BigInteger.ONE)) {
                EdwardsPoint point = withY(y, false).times(L);
                if (!point.times(BigInteger.valueOf(4)).equals(NEUTRAL)) {
                    return point;
                }
            }
        }
    }

    EdwardsPoint plus(EdwardsPoint other) {
        BigInteger product =
                D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
        BigInteger sumX = x.multiply(other.y).add(other.x.multiply(y));
        BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
        return new EdwardsPoint(
                sumX.multiply(inverse(BigInteger.ONE.add(product))).mod(P),
                sumY.multiply(inverse(BigInteger.ONE.subtract(product))).mod(P));
    }

    EdwardsPoint times(BigInteger scalar) {
        EdwardsPoint result = NEUTRAL;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            result = result.plus(result);
            if (scalar.testBit(bit)) {
                result = result.plus(this);
            }
        }
        return result;
    }

    /** 32 bytes as in RFC 8032 section 5.1.2. */
    byte[] encode() {
        byte[] bytes = littleEndian(y);
        if (x.testBit(0)) {
            bytes[31] |= (byte) 0x80;
        }
        return bytes;
    }

    static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static BigInteger fromLittleEndian(byte[] bytes) {
        BigInteger number = BigInteger.ZERO;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
        }
        return number;
    }

    private static EdwardsPoint withY(BigInteger y, boolean odd) {
        BigInteger x2 = x2(y);
        BigInteger x = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(x2)) {
            BigInteger root = BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
            x = x.multiply(root).mod(P);
        }
        return new EdwardsPoint(x.testBit(0) == odd ? x : P.subtract(x), y);
    }

    private static BigInteger x2(BigInteger y) {
        BigInteger y2 = y.multiply(y);
        return y2.subtract(BigInteger.ONE)
                .multiply(inverse(D.multiply(y2).add(BigInteger.ONE)))
                .mod(P);
    }

    private static BigInteger inverse(BigInteger number) {
        return number.modPow(P.subtract(BigInteger.TWO), P);
    }
}
