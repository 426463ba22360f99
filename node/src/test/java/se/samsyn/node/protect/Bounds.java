package se.samsyn.node.protect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * An attacker who narrows whole numbers by propagating bounds from sum to sum, and where that ends tries values and
 * halves. It has no linear programme and no example to start from: it shares no thought with the attack that the
 * protector itself makes. What it refutes is refuted; what it does not decide in time it leaves open.
 */
final class Bounds {
    /** Steps of the search for one question. */
    private static final int MAX_TRIES = 300;

    private final List<long[]> domains = new ArrayList<>();
    private final List<Sum> sums = new ArrayList<>();
    /** By number, the indices of the sums that it is in. */
    private final List<List<Integer>> sumsOf = new ArrayList<>();
    /** The domains after propagation, once a question was asked. */
    private long[][] known = new long[0][];

    /** By number, the smallest and the largest value in all that was found to agree with everything. */
    private long[][] seen = new long[0][];

    private int tries;
    private boolean isOpen;
    private int questions;
    private int open;

    /** {@code low <= sum of factor times number <= high}. */
    private record Sum(int[] numbers, int[] factors, long low, long high) {}

    int number(long low, long high) {
        domains.add(new long[] {low, high});
        sumsOf.add(new ArrayList<>());
        return domains.size() - 1;
    }

    void sum(List<Integer> plus, List<Integer> minus, long low, long high) {
        int[] numbers = new int[plus.size() + minus.size()];
        int[] factors = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i < plus.size() ? plus.get(i) : minus.get(i - plus.size());
            factors[i] = i < plus.size() ? 1 : -1;
        }
        add(new Sum(numbers, factors, low, high));
    }

    private void add(Sum sum) {
        Arrays.stream(sum.numbers).forEach(number -> sumsOf.get(number).add(sums.size()));
        sums.add(sum);
    }

    /** Whether the last answer may be wider than the truth. */
    boolean isLastOpen() {
        return isOpen;
    }

    int questions() {
        return questions;
    }

    /** Questions of which the search left a part open: the true range may be narrower than the answer. */
    int open() {
        return open;
    }

    /** The same for somebody who knows that some numbers are at least so much. */
    Bounds withLows(long[] lows) {
        Bounds same = new Bounds();
        for (int i = 0; i < domains.size(); i++) {
            same.number(Math.max(domains.get(i)[0], lows[i]), domains.get(i)[1]);
        }
        sums.forEach(same::add);
        return same;
    }

    /**
     * How far apart the values of a number can be, and whether it can only be zero.
     *
     * @param enough the width at which the search ends
     */
    long[] range(int number, long enough) {
        if (known.length == 0) {
            known = copy(domains.toArray(long[][]::new));
            if (!propagate(known, IntStream.range(0, sums.size()).boxed().toList())) {
                throw new AssertionError("nothing agrees with what was published");
            }
            seen = new long[known.length][];
        }
        isOpen = false;
        if (isSeenWide(number, enough)) {
            return seen[number].clone();
        }
        questions++;
        tries = 0;
        long low = known[number][0];
        long high = known[number][1];
        if (high - low >= enough) {
            Set<Integer> near = near(number);
            high = last(near, number, low, high, true);
            if (high - low >= enough
                    && !isSeenWide(number, enough)
                    && !isPossible(near, number, high - enough, false)) {
                low = last(near, number, high, high - enough + 1, false);
            }
        }
        open += isOpen ? 1 : 0;
        return new long[] {low, high};
    }

    private boolean isSeenWide(int number, long enough) {
        return seen[number] != null && seen[number][1] - seen[number][0] >= enough;
    }

    /** The value nearest to the end that something agrees with, by halving what is left between. */
    private long last(Set<Integer> near, int number, long start, long end, boolean orMore) {
        long found = start;
        long next = end;
        while (found != end) {
            if (isPossible(near, number, next, orMore)) {
                found = next;
            } else {
                end = next - (orMore ? 1 : -1);
            }
            next = found + (end - found + (orMore ? 1 : -1)) / 2;
        }
        return found;
    }

    private boolean isPossible(Set<Integer> near, int number, long value, boolean orMore) {
        long[][] tried = copy(known);
        tried[number][orMore ? 0 : 1] = value;
        boolean possible = propagate(tried, sumsOf.get(number)) && search(tried, near);
        isOpen |= tries > MAX_TRIES;
        return possible || tries > MAX_TRIES;
    }

    private boolean search(long[][] tried, Set<Integer> near) {
        tries++;
        if (tries > MAX_TRIES) {
            return false;
        }
        int narrowest = -1;
        for (int number : near) {
            long width = tried[number][1] - tried[number][0];
            if (width > 0 && (narrowest < 0 || width < tried[narrowest][1] - tried[narrowest][0])) {
                narrowest = number;
            }
        }
        if (narrowest < 0) {
            for (int number : near) {
                long value = tried[number][0];
                long[] before = seen[number] == null ? new long[] {value, value} : seen[number];
                seen[number] = new long[] {Math.min(before[0], value), Math.max(before[1], value)};
            }
            return true;
        }
        long low = tried[narrowest][0];
        long high = tried[narrowest][1];
        long middle = low + (high - low) / 2;
        return searchWithin(tried, near, narrowest, low, low)
                || (middle > low && searchWithin(tried, near, narrowest, low + 1, middle))
                || searchWithin(tried, near, narrowest, middle + 1, high);
    }

    private boolean searchWithin(long[][] tried, Set<Integer> near, int number, long low, long high) {
        long[][] next = copy(tried);
        next[number] = new long[] {low, high};
        return propagate(next, sumsOf.get(number)) && search(next, near);
    }

    /** From some sums on until nothing changes; false if some number can be nothing. */
    private boolean propagate(long[][] domains, List<Integer> first) {
        Deque<Integer> next = new ArrayDeque<>(first);
        Set<Integer> waiting = new HashSet<>(first);
        while (!next.isEmpty()) {
            int index = next.pop();
            waiting.remove(index);
            Sum sum = sums.get(index);
            long least = 0;
            long most = 0;
            for (int i = 0; i < sum.numbers.length; i++) {
                long[] domain = domains[sum.numbers[i]];
                least += sum.factors[i] > 0 ? domain[0] : -domain[1];
                most += sum.factors[i] > 0 ? domain[1] : -domain[0];
            }
            if (least > sum.high || most < sum.low) {
                return false;
            }
            for (int i = 0; i < sum.numbers.length; i++) {
                long[] domain = domains[sum.numbers[i]];
                boolean isPlus = sum.factors[i] > 0;
                long own = isPlus ? domain[0] : -domain[1];
                long ownMost = isPlus ? domain[1] : -domain[0];
                long high = Math.min(ownMost, sum.high - (least - own));
                long low = Math.max(own, sum.low - (most - ownMost));
                if (low > high) {
                    return false;
                }
                if (high < ownMost || low > own) {
                    domain[0] = isPlus ? low : -high;
                    domain[1] = isPlus ? high : -low;
                    least += low - own;
                    most += high - ownMost;
                    for (int again : sumsOf.get(sum.numbers[i])) {
                        if (waiting.add(again)) {
                            next.add(again);
                        }
                    }
                }
            }
        }
        return true;
    }

    /** The numbers that are not known and are tied to one, directly or through others that are not known. */
    private Set<Integer> near(int number) {
        Set<Integer> reached = new TreeSet<>(Set.of(number));
        Deque<Integer> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            for (int index : sumsOf.get(next.pop())) {
                Arrays.stream(sums.get(index).numbers)
                        .filter(other -> known[other][0] < known[other][1])
                        .filter(reached::add)
                        .forEach(next::add);
            }
        }
        return reached;
    }

    private static long[][] copy(long[][] domains) {
        return Arrays.stream(domains).map(long[]::clone).toArray(long[][]::new);
    }
}
