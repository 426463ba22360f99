package se.samsyn.protocol.note;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * Multiples of one fixed point of edwards25519, which make multiplying it by any number a matter of additions.
 *
 * <p>A number is 64 digits of -8 to 8 in base 16. The table has d * 16^(4b) * P for each digit's size d and each
 * block b of four digits, so that
 * the sum over a number takes 64 additions and 12 doublings, and two numbers share the doublings. Points are added by the formulas
 * for twisted Edwards curves with a = -1 in extended coordinates (Hisil, Wong, Carter, Dawson 2008, sections 3.1 and 3.3), complete on this
 * curve, over the field arithmetic of Bouncy Castle. Time depends on the numbers: for verification only, never for a secret.
 */
final class PointTable {
    private static final int DIGITS = 64;
    private static final int DIGIT_BITS = 4;
    private static final int MAX_DIGIT = 1 << (DIGIT_BITS - 1);
    private static final int DIGITS_PER_BLOCK = 4;
    private static final int BLOCKS = DIGITS / DIGITS_PER_BLOCK;
    private static final int ENCODED_LENGTH = 32;
    private static final int SIGN = 0x80;

    private static final int[] HALF = quotient(1, 2);
    /** The d of the curve's equation -x^2 + y^2 = 1 + d x^2 y^2. */
    private static final int[] D = negative(quotient(121_665, 121_666));

    /** The generator of the prime-order subgroup, whose y is 4/5. */
    static final PointTable BASE = ofBasePoint();

    // (y + x) / 2, (y - x) / 2 and dxy of each multiple; halves, so that an addition need not double its Z
    private final int[][] sums = new int[BLOCKS * MAX_DIGIT][];
    private final int[][] differences = new int[BLOCKS * MAX_DIGIT][];
    private final int[][] products = new int[BLOCKS * MAX_DIGIT][];

    private PointTable(int[] x, int[] y) {
        Accumulator blockStart = new Accumulator();
        set(0, x, y);
        blockStart.add(this, 0);
        for (int block = 0; block < BLOCKS; block++) {
            int first = block * MAX_DIGIT;
            if (block > 0) {
                blockStart.doubled(DIGIT_BITS * DIGITS_PER_BLOCK);
                set(first, blockStart);
            }
            Accumulator multiple = new Accumulator();
            multiple.add(this, first);
            for (int digit = 2; digit <= MAX_DIGIT; digit++) {
                multiple.add(this, first);
                set(first + digit - 1, multiple);
            }
        }
    }

    /**
     * A table for the negative of a point.
     *
     * @param encoded as in RFC 8032 section 5.1.2, of a point that is known to lie on the curve
     */
    static PointTable ofNegative(byte[] encoded) {
        int[] y = X25519Field.create();
        X25519Field.decode255(encoded, y);
        boolean odd = (encoded[ENCODED_LENGTH - 1] & SIGN) != 0;
        return new PointTable(x(y, !odd), y);
    }

    private static PointTable ofBasePoint() {
        int[] y = quotient(4, 5);
        return new PointTable(x(y, false), y);
    }

    /**
     * The sum of two products, encoded as in RFC 8032 section 5.1.2: the one encoding that the point has.
     *
     * @param s 32 bytes of a number below 2^255, little-endian
     * @param p the point that s multiplies
     * @param k such a number
     * @param q the point that k multiplies
     */
    static byte[] sumOfProducts(byte[] s, PointTable p, byte[] k, PointTable q) {
        byte[] sDigits = digits(s);
        byte[] kDigits = digits(k);
        Accumulator sum = new Accumulator();
        for (int place = DIGITS_PER_BLOCK - 1; place >= 0; place--) {
            for (int block = 0; block < BLOCKS; block++) {
                int digit = block * DIGITS_PER_BLOCK + place;
                sum.addMultiple(p, block, sDigits[digit]);
                sum.addMultiple(q, block, kDigits[digit]);
            }
            if (place > 0) {
                sum.doubled(DIGIT_BITS);
            }
        }
        return sum.encode();
    }

    /** Digits of -8 to 8 (the last of 0 to 8), the lowest first, whose sum in base 16 is the number. */
    private static byte[] digits(byte[] number) {
        byte[] digits = new byte[DIGITS];
        int carry = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = (number[i / 2] >> (i % 2 * DIGIT_BITS) & 0xf) + carry;
            carry = digit > MAX_DIGIT && i < DIGITS - 1 ? 1 : 0;
            digits[i] = (byte) (digit - (carry << DIGIT_BITS));
        }
        return digits;
    }

    private void set(int index, Accumulator point) {
        int[] inverse = X25519Field.create();
        int[] x = X25519Field.create();
        int[] y = X25519Field.create();
        X25519Field.invVar(point.z, inverse);
        X25519Field.mul(point.x, inverse, x);
        X25519Field.mul(point.y, inverse, y);
        set(index, x, y);
    }

    private void set(int index, int[] x, int[] y) {
        int[] sum = X25519Field.create();
        int[] difference = X25519Field.create();
        int[] product = X25519Field.create();
        X25519Field.apm(y, x, sum, difference);
        X25519Field.mul(sum, HALF, sum);
        X25519Field.mul(difference, HALF, difference);
        X25519Field.mul(x, y, product);
        X25519Field.mul(product, D, product);
        sums[index] = sum;
        differences[index] = difference;
        products[index] = product;
    }

    /** The root of (y^2 - 1) / (d y^2 + 1) with that parity: RFC 8032 section 5.1.3 for a point that is known to be one. */
    private static int[] x(int[] y, boolean odd) {
        int[] numerator = X25519Field.create();
        int[] denominator = X25519Field.create();
        int[] x = X25519Field.create();
        X25519Field.sqr(y, numerator);
        X25519Field.mul(numerator, D, denominator);
        X25519Field.subOne(numerator);
        X25519Field.addOne(denominator);
        if (!X25519Field.sqrtRatioVar(numerator, denominator, x)) {
            throw new IllegalArgumentException("no point of the curve");
        }
        X25519Field.normalize(x);
        return (x[0] & 1) == (odd ? 1 : 0) ? x : negative(x);
    }

    private static int[] quotient(int numerator, int denominator) {
        int[] result = X25519Field.create();
        int[] one = X25519Field.create();
        X25519Field.one(one);
        X25519Field.mul(one, denominator, result);
        X25519Field.invVar(result, result);
        X25519Field.mul(result, numerator, result);
        return result;
    }

    private static int[] negative(int[] element) {
        int[] result = X25519Field.create();
        X25519Field.negate(element, result);
        X25519Field.carry(result);
        return result;
    }

    /** A running sum in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. It starts as the neutral point. */
    private static final class Accumulator {
        private final int[] x = X25519Field.create();
        private final int[] y = X25519Field.create();
        private final int[] z = X25519Field.create();
        private final int[] t = X25519Field.create();
        private final int[] a = X25519Field.create();
        private final int[] b = X25519Field.create();
        private final int[] c = X25519Field.create();
        private final int[] e = X25519Field.create();
        private final int[] f = X25519Field.create();
        private final int[] g = X25519Field.create();
        private final int[] h = X25519Field.create();

        Accumulator() {
            X25519Field.one(y);
            X25519Field.one(z);
        }

        void addMultiple(PointTable table, int block, int digit) {
            int first = block * MAX_DIGIT - 1;
            if (digit > 0) {
                add(table, first + digit);
            } else if (digit < 0) {
                subtract(table, first - digit);
            }
        }

        void add(PointTable table, int index) {
            X25519Field.apm(y, x, b, a);
            X25519Field.mul(a, table.differences[index], a);
            X25519Field.mul(b, table.sums[index], b);
            X25519Field.mul(t, table.products[index], c);
            X25519Field.apm(b, a, h, e);
            X25519Field.apm(z, c, g, f);
            finish();
        }

        void subtract(PointTable table, int index) {
            X25519Field.apm(y, x, b, a);
            X25519Field.mul(a, table.sums[index], a);
            X25519Field.mul(b, table.differences[index], b);
            X25519Field.mul(t, table.products[index], c);
            X25519Field.apm(b, a, h, e);
            X25519Field.apm(z, c, f, g);
            finish();
        }

        void doubled(int times) {
            for (int i = 0; i < times; i++) {
                X25519Field.add(x, y, e);
                X25519Field.sqr(x, a);
                X25519Field.sqr(y, b);
                X25519Field.sqr(z, c);
                X25519Field.sqr(e, e);
                X25519Field.apm(a, b, h, g);
                X25519Field.sub(h, e, e);
                X25519Field.add(c, c, c);
                X25519Field.add(c, g, f);
                // sums of three and more: the field multiplies what has few excess bits
                X25519Field.carry(e);
                X25519Field.carry(f);
                finish();
            }
        }

        private void finish() {
            X25519Field.mul(e, f, x);
            X25519Field.mul(g, h, y);
            X25519Field.mul(f, g, z);
            X25519Field.mul(e, h, t);
        }

        byte[] encode() {
            X25519Field.invVar(z, a);
            X25519Field.mul(x, a, b);
            X25519Field.mul(y, a, c);
            X25519Field.normalize(b);
            X25519Field.normalize(c);
            byte[] encoded = new byte[ENCODED_LENGTH];
            X25519Field.encode(c, encoded);
            encoded[ENCODED_LENGTH - 1] |= (byte) ((b[0] & 1) * SIGN);
            return encoded;
        }
    }
}
