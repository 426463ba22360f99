package se.samsyn.protocol.dataset;

import se.samsyn.protocol.MalformedException;

/**
 * What a table must hide (DESIGN section 6): cells about fewer than k persons, and sums that one contributor dominates.
 *
 * @param persons the measure of the table that counts persons
 * @param contributor the field whose values are the contributors to a sum, such as the trial
 * @param k the fewest persons that a published cell may cover; a member can raise it
 * @param dominancePercent the largest share of a sum that one contributor may hold
 */
public record DisclosureRule(String persons, String contributor, int k, int dominancePercent) {
    /** The network's floor: no definition and no member goes below it. */
    public static final int MIN_K = 5;
    /** A k beyond this would hide everything. */
    public static final int MAX_K = 1_000;

    private static final int MIN_DOMINANCE_PERCENT = 50;
    private static final int MAX_DOMINANCE_PERCENT = 100;

    public DisclosureRule {
        Names.checkCamelCase("a disclosure rule's persons", persons);
        Names.checkCamelCase("a disclosure rule's contributor", contributor);
        if (k < MIN_K || k > MAX_K) {
            throw new MalformedException("k is within " + MIN_K + ".." + MAX_K + ", not " + k);
        }
        if (dominancePercent < MIN_DOMINANCE_PERCENT || dominancePercent > MAX_DOMINANCE_PERCENT) {
            throw new MalformedException("dominancePercent is within " + MIN_DOMINANCE_PERCENT + ".."
                    + MAX_DOMINANCE_PERCENT + ", not " + dominancePercent);
        }
    }
}
