package se.samsyn.protocol.settlement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

/**
 * What follows from a proposal and its answer, the same for whoever holds both: what the lines come to by outcome, and what of it others
 * may be told.
 *
 * @param k the fewest participants that a published total may cover: the larger of what the two ask for
 * @param totals by outcome, without those that no line has
 * @param publishable the outcomes whose totals may be told to others, in the order of {@link Outcome}: each is of enough participants and
 *     of no trial alone, and so is what is left of the issuer's costs when some of them are taken away
 */
public record Agreement(int k, Map<Outcome, OutcomeTotal> totals, List<Outcome> publishable) {
    public Agreement {
        totals = Collections.unmodifiableMap(totals.isEmpty() ? new EnumMap<>(Outcome.class) : new EnumMap<>(totals));
        publishable = List.copyOf(publishable);
    }

    /**
     * What the two documents come to.
     *
     * @param hash of the signed proposal
     * @throws RefutedException if the answer is not to this proposal, or tells others more or less than may be told
     */
    public static Agreement of(Proposal proposal, Hash hash, Answer answer) {
        answer.checkAnswers(proposal, hash);
        Agreement agreement = of(proposal, answer);
        if (answer.tells().isPresent() && !answer.tells().get().equals(agreement.publishable)) {
            throw new RefutedException("/tells: " + words(answer.tells().get()) + ", where what may be told is "
                    + words(agreement.publishable));
        }
        return agreement;
    }

    private static Agreement of(Proposal proposal, Answer answer) {
        Map<Outcome, TotalSum> sums = new EnumMap<>(Outcome.class);
        for (AnsweredLine line : AnsweredLine.all(proposal, answer)) {
            line.addTo(sums.computeIfAbsent(line.outcome(), any -> new TotalSum()));
        }
        for (ReceivedInvoice invoice : answer.unknownToIssuer()) {
            sums.computeIfAbsent(Outcome.UNKNOWN_TO_ISSUER, any -> new TotalSum())
                    .add(invoice.key().trial(), invoice.amountOre(), invoice.amountOre(), 0);
        }
        Map<Outcome, OutcomeTotal> totals = new EnumMap<>(Outcome.class);
        sums.forEach((outcome, sum) -> totals.put(outcome, sum.total()));
        int k = Math.max(proposal.between().k(), answer.between().k());
        return new Agreement(k, totals, publishable(proposal, answer, totals, k));
    }

    /** The lines of an outcome come to this; {@link OutcomeTotal#NONE} if there is none. */
    public OutcomeTotal total(Outcome outcome) {
        return totals.getOrDefault(outcome, OutcomeTotal.NONE);
    }

    /** True if both say the same of every line. */
    public boolean isComplete() {
        return totals.keySet().stream().allMatch(outcome -> outcome == Outcome.MATCHED);
    }

    private static List<Outcome> publishable(
            Proposal proposal, Answer answer, Map<Outcome, OutcomeTotal> totals, int k) {
        List<Outcome> told = new ArrayList<>();
        totals.forEach((outcome, total) -> {
            // of what the issuer does not know nobody tells how many participants it is about
            if (outcome != Outcome.UNKNOWN_TO_ISSUER && total.isPublishable(k)) {
                told.add(outcome);
            }
        });
        Exchange alone = new Exchange(proposal, answer.telling(told));
        return new Differencing(List.of(alone), k).isSafe() ? told : List.of();
    }

    private static String words(List<Outcome> outcomes) {
        return outcomes.isEmpty()
                ? "nothing"
                : String.join(", ", outcomes.stream().map(Outcome::wireName).toList());
    }
}
