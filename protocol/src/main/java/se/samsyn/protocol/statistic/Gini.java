package se.samsyn.protocol.statistic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * The Gini coefficient of something that is spread over places, each inhabitant of a place counting with the place's mean: 0 where all
 * places have the same for each inhabitant, towards 1 where one small place has everything.
 */
public final class Gini {
    /** Decimals of a coefficient. */
    public static final int SCALE = 3;

    private Gini() {}

    /**
     * What one place has.
     *
     * @param amount zero or more
     * @param inhabitants at least one
     */
    public record Share(long amount, long inhabitants) {
        public Share {
            if (amount < 0 || inhabitants < 1) {
                throw new IllegalArgumentException("no share: " + amount + " over " + inhabitants + " inhabitants");
            }
        }
    }

    /**
     * The coefficient, rounded to the nearest; it does not depend on the order of the shares.
     *
     * @return empty if there is nothing to spread
     */
    public static Optional<BigDecimal> of(List<Share> shares) {
        BigInteger differences = BigInteger.ZERO;
        BigInteger amounts = BigInteger.ZERO;
        BigInteger inhabitants = BigInteger.ZERO;
        for (Share one : shares) {
            amounts = amounts.add(BigInteger.valueOf(one.amount));
            inhabitants = inhabitants.add(BigInteger.valueOf(one.inhabitants));
            for (Share other : shares) {
                // p(i) p(j) |a(i)/p(i) - a(j)/p(j)| = |a(i) p(j) - a(j) p(i)|: exact in whole numbers
                differences = differences.add(product(one.amount, other.inhabitants)
                        .subtract(product(other.amount, one.inhabitants))
                        .abs());
            }
        }
        if (amounts.signum() == 0) {
            return Optional.empty();
        }
        BigInteger whole = amounts.multiply(inhabitants).shiftLeft(1);
        return Optional.of(new BigDecimal(differences).divide(new BigDecimal(whole), SCALE, RoundingMode.HALF_EVEN));
    }

    private static BigInteger product(long one, long other) {
        return BigInteger.valueOf(one).multiply(BigInteger.valueOf(other));
    }
}
