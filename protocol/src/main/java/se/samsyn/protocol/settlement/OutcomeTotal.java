package se.samsyn.protocol.settlement;

/**
 * What all lines of one outcome come to.
 *
 * @param lines how many
 * @param amountOre as the issuer has it; of what the issuer does not know, as the payer has it
 * @param payerAmountOre of differing lines as the payer has it, of others the same as {@code amountOre}
 * @param participants at least so many: of each trial the most that one line is about, since nobody tells who is in two lines
 * @param largestTrialOre what the trial with the most comes to, by {@code amountOre}
 */
public record OutcomeTotal(int lines, long amountOre, long payerAmountOre, long participants, long largestTrialOre) {
    /** Nothing. */
    public static final OutcomeTotal NONE = new OutcomeTotal(0, 0, 0, 0, 0);

    /** The largest share of a total, in percent, that one trial may hold where it is published. */
    public static final int DOMINANCE_PERCENT = 85;

    private static final long PERCENT = 100;

    /** True if one trial holds so much of the total that it would tell what that trial cost. */
    public boolean isDominated() {
        return Math.multiplyExact(largestTrialOre, PERCENT) > Math.multiplyExact(amountOre, (long) DOMINANCE_PERCENT);
    }

    /** True if the total is of enough participants and no trial dominates it. */
    public boolean isPublishable(int k) {
        return participants >= k && !isDominated();
    }
}
