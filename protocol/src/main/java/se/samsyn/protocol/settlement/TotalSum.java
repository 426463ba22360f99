package se.samsyn.protocol.settlement;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Adds up lines into an {@link OutcomeTotal}. */
public final class TotalSum {
    private int lines;
    private long amountOre;
    private long payerAmountOre;
    private final Map<String, Long> amountOfTrial = new HashMap<>();
    private final Map<String, Long> participantsOfTrial = new HashMap<>();

    /**
     * Adds a line.
     *
     * @param participants that the line is about; 0 if nobody tells
     * @throws ArithmeticException if the sum does not fit a long
     */
    public void add(String trial, long amount, long payerAmount, long participants) {
        lines++;
        amountOre = Math.addExact(amountOre, amount);
        payerAmountOre = Math.addExact(payerAmountOre, payerAmount);
        amountOfTrial.merge(trial, amount, Math::addExact);
        participantsOfTrial.merge(trial, participants, Math::max);
    }

    /** What was added comes to. */
    public OutcomeTotal total() {
        return lines == 0
                ? OutcomeTotal.NONE
                : new OutcomeTotal(
                        lines,
                        amountOre,
                        payerAmountOre,
                        participantsOfTrial.values().stream()
                                .mapToLong(each -> each)
                                .sum(),
                        Collections.max(amountOfTrial.values()));
    }
}
