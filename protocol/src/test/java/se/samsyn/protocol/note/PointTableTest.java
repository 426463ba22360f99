package se.samsyn.protocol.note;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PointTableTest {
    private static final BigInteger TOP = BigInteger.TWO.pow(255).subtract(BigInteger.ONE);

    static Stream<BigInteger> edges() {
        return Stream.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.valueOf(8),
                BigInteger.valueOf(9),
                BigInteger.valueOf(16),
                new BigInteger("8".repeat(63), 16),
                new BigInteger("9".repeat(63), 16),
                new BigInteger("7" + "f".repeat(63), 16),
                EdwardsPoint.L.subtract(BigInteger.ONE),
                EdwardsPoint.L,
                EdwardsPoint.L.add(BigInteger.ONE),
                TOP);
    }

    @ParameterizedTest
    @MethodSource("edges")
    void multipliesByNumbersAtTheEdgesOfTheirDigits(BigInteger number) {
        EdwardsPoint point = EdwardsPoint.BASE.times(BigInteger.valueOf(31));

        checkSum("edge", number, BigInteger.ZERO, point);
        checkSum("edge", BigInteger.ZERO, number, point);
        checkSum("edge", number, number, point);
    }

    @Test
    void addsProductsAsTheFormulasOfRfc8032Do() {
        long seed = 25519;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            EdwardsPoint point = EdwardsPoint.BASE.times(number(random));
            checkSum("seed " + seed + ", round " + round, number(random), number(random), point);
        }
    }

    @Test
    void addsWhatCancelsOut() {
        PointTable minusBase = PointTable.ofNegative(EdwardsPoint.BASE.encode());
        byte[] number = EdwardsPoint.littleEndian(BigInteger.valueOf(1_234_567));

        assertThat(PointTable.sumOfProducts(number, PointTable.BASE, number, minusBase))
                .isEqualTo(EdwardsPoint.NEUTRAL.encode());
    }

    private static void checkSum(String what, BigInteger s, BigInteger k, EdwardsPoint point) {
        EdwardsPoint negative = new EdwardsPoint(EdwardsPoint.P.subtract(point.x()), point.y());
        assertThat(PointTable.sumOfProducts(
                        EdwardsPoint.littleEndian(s),
                        PointTable.BASE,
                        EdwardsPoint.littleEndian(k),
                        PointTable.ofNegative(point.encode())))
                .as("%s: [%s]B - [%s]P", what, s, k)
                .isEqualTo(EdwardsPoint.BASE.times(s).plus(negative.times(k)).encode());
    }

    private static BigInteger number(SplittableRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return EdwardsPoint.fromLittleEndian(bytes).and(TOP);
    }
}
