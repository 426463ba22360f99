package se.samsyn.protocol.settlement;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a proposal with what became of it.
 *
 * @param payerAmountOre the payer's amount where it differs, else the line's
 */
record AnsweredLine(InvoiceLine line, Outcome outcome, long payerAmountOre) {
    /** The lines of a proposal, in its order. */
    static List<AnsweredLine> all(Proposal proposal, Answer answer) {
        List<AnsweredLine> all = new ArrayList<>();
        for (int i = 0; i < proposal.lines().size(); i++) {
            InvoiceLine line = proposal.lines().get(i);
            LineOutcome outcome = answer.outcomes().get(i);
            all.add(new AnsweredLine(
                    line, outcome.outcome(), outcome.payerAmountOre().orElse(line.amountOre())));
        }
        return all;
    }

    void addTo(TotalSum sum) {
        sum.add(line.key().trial(), line.amountOre(), payerAmountOre, line.participants());
    }
}
