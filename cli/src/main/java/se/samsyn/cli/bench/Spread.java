package se.samsyn.cli.bench;

import java.util.Arrays;
import java.util.List;

/** The middle and the ends of what several rounds measured. */
public record Spread(double median, double min, double max) {
    /**
     * Takes one number a round.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Spread of(List<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(quantile(sorted, 0.5), sorted[0], sorted[sorted.length - 1]);
    }

    /** The smallest of the sorted numbers that at least that part of all does not exceed. */
    static double quantile(double[] sorted, double part) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
    }

    /** The same of numbers in any order. */
    static double quantile(List<Double> numbers, double part) {
        double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return quantile(sorted, part);
    }
}
