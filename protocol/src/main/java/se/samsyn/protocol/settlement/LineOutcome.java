package se.samsyn.protocol.settlement;

import java.util.Optional;
import java.util.OptionalLong;
import se.samsyn.protocol.MalformedException;

/**
 * What the payer answers to one line of a proposal.
 *
 * @param outcome any but {@link Outcome#UNKNOWN_TO_ISSUER}
 * @param payerAmountOre of a differing line: the amount that the payer has
 * @param reason of a disputed line
 */
public record LineOutcome(Outcome outcome, OptionalLong payerAmountOre, Optional<DisputeReason> reason) {
    public LineOutcome {
        if (outcome == Outcome.UNKNOWN_TO_ISSUER
                || payerAmountOre.isPresent() != (outcome == Outcome.DIFFERING)
                || reason.isPresent() != (outcome == Outcome.DISPUTED)) {
            throw new MalformedException("a differing line has the payer's amount, a disputed one a reason, any other"
                    + " neither; this one is " + outcome.wireName());
        }
        payerAmountOre.ifPresent(InvoiceLine::checkAmount);
    }

    static LineOutcome matched() {
        return new LineOutcome(Outcome.MATCHED, OptionalLong.empty(), Optional.empty());
    }

    static LineOutcome differing(long payerAmountOre) {
        return new LineOutcome(Outcome.DIFFERING, OptionalLong.of(payerAmountOre), Optional.empty());
    }

    static LineOutcome disputed(DisputeReason reason) {
        return new LineOutcome(Outcome.DISPUTED, OptionalLong.empty(), Optional.of(reason));
    }

    static LineOutcome unknown() {
        return new LineOutcome(Outcome.UNKNOWN_TO_PAYER, OptionalLong.empty(), Optional.empty());
    }
}
