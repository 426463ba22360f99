package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.integer.IntegerStrategy;

/**
 * Unknown whole numbers, what is known of sums of them, and the question how far apart two values of one of them can be.
 *
 * <p>The answers rest on <em>examples</em>: complete assignments of whole numbers that were checked here, with exact
 * arithmetic, against all that is known. The truth is the first. The solver (a linear programme, and a whole-number one
 * where that gives fractions) is only asked for further ones, so that its rounding, its tolerances and its limits can
 * make a range look narrower than it is and never wider. It runs on one thread and is bounded by iterations, not by a
 * clock: the same question has the same answer on every machine.
 */
final class WholeNumbers {
    /** Unknowns of one question; beyond that nothing is asked, and no example is found. */
    static final int MAX_UNKNOWNS = 2_000;
    /** Steps of the solver for one example. */
    static final int MAX_ITERATIONS = 20_000;
    /** Examples that are looked for, of one set of unknowns. */
    static final int MAX_EXAMPLES = 1_000;

    /** Unknowns that follow each other in the coarsest search for many at once: powers of two up to this. */
    private static final int MAX_PARTS = 4;

    /** More than any sum of values, and far from overflowing. */
    static final long NO_BOUND = Long.MAX_VALUE / 4;

    private static final double ROUNDING = 1e-6;
    /** Beyond this, neighbouring whole numbers are one number to the solver. */
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    static {
        // they divide decimals to find what the solver finds anyhow, and take longer than it; nothing else here uses
        // the library
        ExpressionsBasedModel.clearPresolvers();
    }

    private final List<long[]> bounds = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<long[]> examples = new ArrayList<>();
    private int searches;
    private final List<Long> truth = new ArrayList<>();
    /** By unknown, its sign by row; filled when it is first asked for, after which nothing is added. */
    private final List<Map<Integer, Integer>> columns = new ArrayList<>();

    /** {@code low <= sum of the unknowns, each times its sign <= high}. */
    private record Row(int[] unknowns, int[] signs, long low, long high) {
        long sum(long[] values) {
            long sum = 0;
            for (int i = 0; i < unknowns.length; i++) {
                sum += signs[i] * values[unknowns[i]];
            }
            return sum;
        }
    }

    /** An unknown, or one less another. */
    record Term(int plus, int minus) {
        private static final int NONE = -1;

        static Term of(int unknown) {
            return new Term(unknown, NONE);
        }

        Map<Integer, Integer> weights() {
            return minus == NONE ? Map.of(plus, 1) : Map.of(plus, 1, minus, -1);
        }

        long value(long[] values) {
            return values[plus] - (minus == NONE ? 0 : values[minus]);
        }
    }

    /** The smallest and the largest value found. */
    record Range(long low, long high) {
        long width() {
            return high - low;
        }

        boolean isKnownZero() {
            return low == 0 && high == 0;
        }
    }

    /** Adds an unknown and gives its index; what it truly is lies within the bounds. */
    int unknown(long low, long high, long value) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(value + " is not within " + low + ".." + high);
        }
        bounds.add(new long[] {low, high});
        truth.add(value);
        return truth.size() - 1;
    }

    int size() {
        return truth.size();
    }

    /** Says that the sum of some unknowns, less others, is what it truly is. */
    void known(List<Integer> plus, List<Integer> minus) {
        long sum = sum(plus) - sum(minus);
        row(plus, minus, sum, sum);
    }

    /** Says that the sum of some unknowns, less others, is at most so much. */
    void atMost(List<Integer> plus, List<Integer> minus, long high) {
        row(plus, minus, -NO_BOUND, high);
    }

    /** Takes examples that were found elsewhere, as far as they agree with all that is known here. */
    void tryExamples(List<long[]> candidates) {
        startWithTruth();
        candidates.forEach(this::keep);
    }

    /** Complete assignments that agree with all that is known, the truth first. */
    List<long[]> examples() {
        return examples.stream().map(long[]::clone).toList();
    }

    long truth(int unknown) {
        return truth.get(unknown);
    }

    /**
     * Looks for examples that are far apart in many unknowns at once, which leaves less to be asked one by one.
     *
     * @param narrow the unknowns whose ranges are not wide enough yet
     */
    void spread(List<Integer> narrow) {
        startWithTruth();
        for (int part = 1; part < narrow.size() && part <= MAX_PARTS; part *= 2) {
            Map<Integer, Integer> weights = new TreeMap<>();
            for (int i = 0; i < narrow.size(); i++) {
                weights.put(narrow.get(i), i / part % 2 == 0 ? 1 : -1);
            }
            search(weights, true);
            search(weights, false);
        }
    }

    /** The same unknowns for somebody who knows that each is at least so much. */
    WholeNumbers withLows(long[] lows) {
        WholeNumbers same = new WholeNumbers();
        for (int i = 0; i < size(); i++) {
            long[] bound = bounds.get(i);
            same.unknown(Math.max(bound[0], lows[i]), bound[1], truth.get(i));
        }
        same.rows.addAll(rows);
        return same;
    }

    /**
     * How far apart values of a term are found, up to what is enough.
     *
     * @param enough the width at which the search ends
     */
    Range range(Term term, long enough) {
        isFoundWide(term, enough);
        Range range = found(term);
        boolean canBeEnough = term.minus() != Term.NONE || implied(term.plus()).width() >= enough;
        for (boolean largest : new boolean[] {true, false}) {
            if (range.width() < enough && canBeEnough) {
                search(term.weights(), largest);
                range = found(term);
            }
        }
        return range;
    }

    /** Whether the range of a term is found to be wide enough without the solver. */
    boolean isFoundWide(Term term, long enough) {
        startWithTruth();
        if (found(term).width() < enough && term.minus() == Term.NONE) {
            exchange(term.plus());
        }
        return found(term).width() >= enough;
    }

    /** Outer bounds of a term: nothing that agrees with what is known lies outside; without end where none are found. */
    Range outer(Term term) {
        if (size() > MAX_UNKNOWNS) {
            return new Range(-NO_BOUND, NO_BOUND);
        }
        Optimisation.Result low = solve(term.weights(), false, false);
        Optimisation.Result high = solve(term.weights(), true, false);
        return new Range(
                low.getState().isOptimal() ? (long) Math.ceil(low.getValue() - ROUNDING) : -NO_BOUND,
                high.getState().isOptimal() ? (long) Math.floor(high.getValue() + ROUNDING) : NO_BOUND);
    }

    private Range found(Term term) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (long[] example : examples) {
            low = Math.min(low, term.value(example));
            high = Math.max(high, term.value(example));
        }
        return new Range(low, high);
    }

    /** Outer bounds of an unknown that follow from one row at a time. */
    Range implied(int unknown) {
        long low = bounds.get(unknown)[0];
        long high = bounds.get(unknown)[1];
        for (Map.Entry<Integer, Integer> entry : column(unknown).entrySet()) {
            Row row = rows.get(entry.getKey());
            long least = 0;
            long most = 0;
            for (int i = 0; i < row.unknowns.length; i++) {
                long[] bound = bounds.get(row.unknowns[i]);
                if (row.unknowns[i] != unknown) {
                    least = capped(least + (row.signs[i] > 0 ? bound[0] : -bound[1]));
                    most = capped(most + (row.signs[i] > 0 ? bound[1] : -bound[0]));
                }
            }
            boolean isPlus = entry.getValue() > 0;
            low = Math.max(low, isPlus ? capped(row.low - most) : capped(least - row.high));
            high = Math.min(high, isPlus ? capped(row.high - least) : capped(most - row.low));
        }
        return new Range(low, high);
    }

    private static long capped(long sum) {
        return Math.max(-NO_BOUND, Math.min(NO_BOUND, sum));
    }

    /** From the truth, moves as much as there is between one unknown and those that stand in the same rows. */
    private void exchange(int unknown) {
        for (int sign : new int[] {1, -1}) {
            long[] example = examples.get(0).clone();
            for (int other : peers(unknown)) {
                long room = Math.min(room(example, unknown, sign), room(example, other, -sign));
                example[unknown] += sign * room;
                example[other] -= sign * room;
            }
            keep(example);
        }
    }

    private long room(long[] values, int unknown, int sign) {
        return sign > 0 ? bounds.get(unknown)[1] - values[unknown] : values[unknown] - bounds.get(unknown)[0];
    }

    private List<Integer> peers(int unknown) {
        Map<Integer, Integer> own = column(unknown);
        return IntStream.range(0, size())
                .filter(other -> other != unknown && column(other).equals(own))
                .boxed()
                .toList();
    }

    /** By row, the sign of an unknown. */
    private Map<Integer, Integer> column(int unknown) {
        if (columns.isEmpty()) {
            for (int i = 0; i < size(); i++) {
                columns.add(new TreeMap<>());
            }
            for (int r = 0; r < rows.size(); r++) {
                Row row = rows.get(r);
                for (int i = 0; i < row.unknowns.length; i++) {
                    columns.get(row.unknowns[i]).put(r, row.signs[i]);
                }
            }
        }
        return columns.get(unknown);
    }

    private void startWithTruth() {
        if (examples.isEmpty()) {
            examples.add(truth.stream().mapToLong(Long::longValue).toArray());
        }
    }

    private void search(Map<Integer, Integer> weights, boolean largest) {
        if (size() > MAX_UNKNOWNS || searches >= MAX_EXAMPLES || isTooLarge()) {
            return;
        }
        searches++;
        if (!keep(solve(weights, largest, false))) {
            keep(solve(weights, largest, true));
        }
    }

    private boolean isTooLarge() {
        return truth.stream().anyMatch(value -> value >= EXACT_IN_DOUBLE / Math.max(1, size()));
    }

    private boolean keep(Optimisation.Result result) {
        if (!result.getState().isFeasible()) {
            return false;
        }
        long[] example = new long[size()];
        Arrays.setAll(example, i -> Math.round(result.doubleValue(i)));
        return keep(example);
    }

    private boolean keep(long[] example) {
        for (int i = 0; i < example.length; i++) {
            if (example[i] < bounds.get(i)[0] || example[i] > bounds.get(i)[1]) {
                return false;
            }
        }
        for (Row row : rows) {
            long sum = row.sum(example);
            if (sum < row.low || sum > row.high) {
                return false;
            }
        }
        if (examples.stream().noneMatch(other -> Arrays.equals(other, example))) {
            examples.add(example);
        }
        return true;
    }

    private Optimisation.Result solve(Map<Integer, Integer> weights, boolean largest, boolean whole) {
        Optimisation.Options options = new Optimisation.Options();
        options.time_abort = Long.MAX_VALUE;
        options.time_suffice = Long.MAX_VALUE;
        options.iterations_abort = MAX_ITERATIONS;
        options.iterations_suffice = MAX_ITERATIONS;
        options.integer(IntegerStrategy.newConfigurable().withParallelism(() -> 1));
        ExpressionsBasedModel model = new ExpressionsBasedModel(options);
        Variable[] variables = new Variable[size()];
        for (int i = 0; i < variables.length; i++) {
            variables[i] = model.newVariable("x" + i).lower(bounds.get(i)[0]).integer(whole);
            if (bounds.get(i)[1] < NO_BOUND) {
                variables[i].upper(bounds.get(i)[1]);
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            Expression expression = model.newExpression("row" + r);
            for (int i = 0; i < row.unknowns.length; i++) {
                expression.set(variables[row.unknowns[i]], row.signs[i]);
            }
            if (row.low > -NO_BOUND) {
                expression.lower(row.low);
            }
            expression.upper(row.high);
        }
        weights.forEach((unknown, weight) -> variables[unknown].weight(weight));
        return largest ? model.maximise() : model.minimise();
    }

    private void row(List<Integer> plus, List<Integer> minus, long low, long high) {
        int[] unknowns = new int[plus.size() + minus.size()];
        int[] signs = new int[unknowns.length];
        for (int i = 0; i < unknowns.length; i++) {
            boolean isPlus = i < plus.size();
            unknowns[i] = isPlus ? plus.get(i) : minus.get(i - plus.size());
            signs[i] = isPlus ? 1 : -1;
        }
        if (unknowns.length > 0) {
            rows.add(new Row(unknowns, signs, low, high));
        }
    }

    private long sum(List<Integer> unknowns) {
        return unknowns.stream().mapToLong(truth::get).sum();
    }
}
