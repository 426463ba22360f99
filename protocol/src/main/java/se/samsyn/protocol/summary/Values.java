package se.samsyn.protocol.summary;

import java.util.Arrays;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;

/** One number for each measure of a table, in the table's order, each within 0..2^53-1; immutable. */
public final class Values {
    /** The largest value of a measure: 2^53 - 1, the last integer of signed JSON. */
    public static final long MAX_VALUE = CanonicalJson.MAX_INTEGER;

    private final long[] values;

    private Values(long[] values) {
        this.values = values;
    }

    /**
     * Takes the values of all measures.
     *
     * @throws MalformedException if one is negative or larger than {@link #MAX_VALUE}
     */
    public static Values of(long... values) {
        for (int measure = 0; measure < values.length; measure++) {
            if (values[measure] < 0 || values[measure] > MAX_VALUE) {
                throw new MalformedException(
                        "value " + measure + " is " + values[measure] + ", expected 0.." + MAX_VALUE);
            }
        }
        return new Values(values.clone());
    }

    /** Zero for each of so many measures. */
    public static Values zero(int size) {
        return new Values(new long[size]);
    }

    /** The value of the measure with that index. */
    public long get(int measure) {
        return values[measure];
    }

    /** How many measures there are. */
    public int size() {
        return values.length;
    }

    public boolean isZero() {
        return Arrays.stream(values).allMatch(value -> value == 0);
    }

    /**
     * The sums, measure by measure.
     *
     * @throws MalformedException if one is larger than {@link #MAX_VALUE}
     */
    public Values plus(Values other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException(
                    "values of " + values.length + " and of " + other.values.length + " measures do not add up");
        }
        long[] sums = new long[values.length];
        for (int measure = 0; measure < sums.length; measure++) {
            sums[measure] = values[measure] + other.values[measure];
        }
        return of(sums);
    }

    public long[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
