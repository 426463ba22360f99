package se.samsyn.protocol.settlement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

/**
 * What follows from a proposal and its answer, the same for whoever holds both: what the lines come to by outcome.
 *
 * @param k the fewest participants that a published total may cover: the larger of what the two ask for
 * @param totals by outcome, without those that no line has
 */
public record Agreement(int k, Map<Outcome, OutcomeTotal> totals) {
    public Agreement {
        totals = Collections.unmodifiableMap(totals.isEmpty() ? new EnumMap<>(Outcome.class) : new EnumMap<>(totals));
    }

    /**
     * What the two documents come to.
     *
     * @param hash of the signed proposal
     * @throws RefutedException if the answer is not to this proposal
     */
    public static Agreement of(Proposal proposal, Hash hash, Answer answer) {
        answer.checkAnswers(proposal, hash);
        Map<Outcome, Sum> sums = new EnumMap<>(Outcome.class);
        for (int i = 0; i < proposal.lines().size(); i++) {
            InvoiceLine line = proposal.lines().get(i);
            LineOutcome outcome = answer.outcomes().get(i);
            sums.computeIfAbsent(outcome.outcome(), any -> new Sum())
                    .add(
                            line.key().trial(),
                            line.amountOre(),
                            outcome.payerAmountOre().orElse(line.amountOre()),
                            line.participants());
        }
        for (ReceivedInvoice invoice : answer.unknownToIssuer()) {
            sums.computeIfAbsent(Outcome.UNKNOWN_TO_ISSUER, any -> new Sum())
                    .add(invoice.key().trial(), invoice.amountOre(), invoice.amountOre(), 0);
        }
        Map<Outcome, OutcomeTotal> totals = new EnumMap<>(Outcome.class);
        sums.forEach((outcome, sum) -> totals.put(outcome, sum.total()));
        return new Agreement(Math.max(proposal.between().k(), answer.between().k()), totals);
    }

    /** What the lines of an outcome come to; {@link OutcomeTotal#NONE} if there is none. */
    public OutcomeTotal total(Outcome outcome) {
        return totals.getOrDefault(outcome, OutcomeTotal.NONE);
    }

    /** True if both say the same of every line. */
    public boolean isComplete() {
        return totals.keySet().stream().allMatch(outcome -> outcome == Outcome.MATCHED);
    }

    /** The outcomes whose totals may be told to others. */
    public List<Outcome> publishable() {
        List<Outcome> outcomes = new ArrayList<>();
        totals.forEach((outcome, total) -> {
            if (total.isPublishable(k)) {
                outcomes.add(outcome);
            }
        });
        return outcomes;
    }

    /** Adds up the lines of one outcome. */
    private static final class Sum {
        private int lines;
        private long amountOre;
        private long payerAmountOre;
        private final Map<String, Long> amountOfTrial = new HashMap<>();
        private final Map<String, Long> participantsOfTrial = new HashMap<>();

        void add(String trial, long amount, long payerAmount, long participants) {
            lines++;
            amountOre = Math.addExact(amountOre, amount);
            payerAmountOre = Math.addExact(payerAmountOre, payerAmount);
            amountOfTrial.merge(trial, amount, Math::addExact);
            participantsOfTrial.merge(trial, participants, Math::max);
        }

        OutcomeTotal total() {
            return new OutcomeTotal(
                    lines,
                    amountOre,
                    payerAmountOre,
                    participantsOfTrial.values().stream()
                            .mapToLong(each -> each)
                            .sum(),
                    Collections.max(amountOfTrial.values()));
        }
    }
}
