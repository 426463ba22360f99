package se.samsyn.protocol.settlement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a reader learns who adds and subtracts the totals that several revisions of a settlement tell and the issuer's costs that the
 * payer's regions bear: every combination in which each of them is added, taken away or left out. What of the lines cancels out is not
 * seen; what is left must be of enough participants.
 */
final class Differencing {
    /** The most totals of all revisions together, and costs with them: 3 to this power combinations are tried. */
    static final int MAX_TOTALS = 8;

    private static final int SIGNS = 3;

    private final int k;
    private final int totals;
    /** Of the first totals, which are costs, what they have beside the lines. */
    private final List<Rest> rests;

    private final Map<LineKey, Line> lines = new HashMap<>();
    /** The numbers of the trials. */
    private final Map<String, Integer> trials = new HashMap<>();

    /**
     * What a line adds to each total: nothing to those that it is not in.
     *
     * @param trial the number of its trial
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Line(int trial, long[] amounts, long[] payerAmounts, long[] participants) {
        Line(int trial, int totals) {
            this(trial, new long[totals], new long[totals], new long[totals]);
        }

        void add(int total, InvoiceLine line, long payerAmount) {
            amounts[total] = line.amountOre();
            payerAmounts[total] = payerAmount;
            participants[total] = line.participants();
        }

        /** Whether anything is left of the line in a combination. */
        boolean isLeft(int[] signs) {
            return sum(amounts, signs) != 0 || sum(payerAmounts, signs) != 0 || sum(participants, signs) != 0;
        }

        long amountLeft(int[] signs) {
            return Math.abs(sum(amounts, signs));
        }

        long mostParticipants() {
            return LongStream.of(participants).max().orElse(0);
        }

        private static long sum(long[] values, int[] signs) {
            long sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += signs[i] * values[i];
            }
            return sum;
        }
    }

    /**
     * Lays revisions side by side.
     *
     * @param revisions that tell something, see {@link Answer#tells}
     * @param k the fewest participants that a combination may cover
     */
    Differencing(List<Exchange> revisions, int k) {
        this.k = k;
        List<Proposal> asked = revisions.stream()
                .map(Exchange::proposal)
                .filter(distinctLines())
                .toList();
        this.totals = asked.size()
                + revisions.stream().mapToInt(revision -> told(revision).size()).sum();
        this.rests = asked.stream().map(proposal -> rest(proposal, k)).toList();
        int first = 0;
        for (Proposal proposal : asked) {
            for (InvoiceLine line : proposal.lines()) {
                line(line.key()).add(first, line, line.amountOre());
            }
            first++;
        }
        for (Exchange revision : revisions) {
            List<Outcome> told = told(revision);
            for (AnsweredLine line : AnsweredLine.all(revision.proposal(), revision.answer())) {
                int total = told.indexOf(line.outcome());
                if (total >= 0) {
                    line(line.line().key()).add(first + total, line.line(), line.payerAmountOre());
                }
            }
            first += told.size();
        }
    }

    private Line line(LineKey key) {
        int trial = trials.computeIfAbsent(key.trial(), any -> trials.size());
        return lines.computeIfAbsent(key, any -> new Line(trial, totals));
    }

    /** The costs are the same where the lines and what sets them apart are. */
    private static Predicate<Proposal> distinctLines() {
        Set<List<Object>> seen = new HashSet<>();
        return proposal -> seen.add(List.of(proposal.lines(), proposal.rest()));
    }

    /** The issuer has judged its rest by its own floor; under a higher one enough may be few. */
    private static Rest rest(Proposal proposal, int k) {
        return proposal.rest() == Rest.ENOUGH && k > proposal.between().k() ? Rest.FEW : proposal.rest();
    }

    /** Whether no combination is of fewer than k participants, nor of one trial alone; nothing tells nothing. */
    boolean isSafe() {
        if (totals > MAX_TOTALS) {
            return false;
        }
        int combinations = (int) Math.pow(SIGNS, totals);
        int[] signs = new int[totals];
        for (int combination = 1; combination < combinations; combination++) {
            int rest = combination;
            for (int i = 0; i < totals; i++) {
                signs[i] = rest % SIGNS - 1;
                rest /= SIGNS;
            }
            // what the costs tell alone is for their own protection to judge
            boolean tellsTotals = IntStream.range(rests.size(), totals).anyMatch(i -> signs[i] != 0);
            if (tellsTotals && !isSafe(signs)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSafe(int[] signs) {
        if (signOf(Rest.ENOUGH, signs) != 0) {
            return true;
        }
        long[] amounts = new long[trials.size()];
        long[] participants = new long[trials.size()];
        int left = signOf(Rest.FEW, signs) == 0 ? 0 : 1;
        for (Line line : lines.values()) {
            if (line.isLeft(signs)) {
                left++;
                amounts[line.trial] += line.amountLeft(signs);
                participants[line.trial] = Math.max(participants[line.trial], line.mostParticipants());
            }
        }
        long amount = Arrays.stream(amounts).sum();
        long largest = Arrays.stream(amounts).max().orElse(0);
        return left == 0
                || new OutcomeTotal(
                                left,
                                amount,
                                amount,
                                Arrays.stream(participants).sum(),
                                largest)
                        .isPublishable(k);
    }

    /** How often rests of a kind are left in a combination; those of several revisions may cancel out. */
    private int signOf(Rest rest, int[] signs) {
        int sum = 0;
        for (int i = 0; i < rests.size(); i++) {
            sum += rests.get(i) == rest ? signs[i] : 0;
        }
        return sum;
    }

    private static List<Outcome> told(Exchange revision) {
        return revision.answer().tells().orElse(List.of());
    }
}
