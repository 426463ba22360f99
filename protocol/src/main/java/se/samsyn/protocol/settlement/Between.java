package se.samsyn.protocol.settlement;

import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.Granularity;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;

/**
 * What both documents of a settlement begin with: whose it is, of when, and which revision.
 *
 * @param issuer the node of the member whose region asks for the money
 * @param payer the node of the member whose region is asked
 * @param quarter that the invoices belong to
 * @param revision from 1; a later one takes the place of all earlier ones
 * @param root version of the federation root that the signer has accepted; from 1
 * @param k the fewest participants that a published total may cover, as the signer asks for; the larger of both counts
 */
public record Between(String issuer, String payer, Period quarter, int revision, long root, int k) {
    /** The most revisions of a quarter between two parties. */
    public static final int MAX_REVISION = 99;

    private static final Pattern NODE = Pattern.compile("[a-z0-9.-]{1,245}");

    public Between {
        checkNode(issuer);
        checkNode(payer);
        if (issuer.equals(payer)) {
            throw new MalformedException("a settlement is between two members, not of " + issuer + " with itself");
        }
        requireQuarter(quarter);
        if (revision < 1 || revision > MAX_REVISION) {
            throw new MalformedException("a revision is 1 to " + MAX_REVISION + ", not " + revision);
        }
        if (root < 1 || root > CanonicalJson.MAX_INTEGER) {
            throw new MalformedException("the version of the federation root is 1 to 2^53-1, not " + root);
        }
        if (k < DisclosureRule.MIN_K || k > DisclosureRule.MAX_K) {
            throw new MalformedException(
                    "k is within " + DisclosureRule.MIN_K + ".." + DisclosureRule.MAX_K + ", not " + k);
        }
    }

    /**
     * Gives the period back if it is a quarter.
     *
     * @throws MalformedException if it is none
     */
    public static Period requireQuarter(Period period) {
        if (period.isUnknown() || period.granularity() != Granularity.QUARTER) {
            throw new MalformedException("settlement is by quarter, such as 2025-Q3, not \"" + period + "\"");
        }
        return period;
    }

    /** The same as another signer says it. */
    public Between signedUnder(long otherRoot, int otherK) {
        return new Between(issuer, payer, quarter, revision, otherRoot, otherK);
    }

    /** True if both are of the same revision of the same quarter between the same two. */
    boolean isSame(Between other) {
        return signedUnder(1, DisclosureRule.MIN_K).equals(other.signedUnder(1, DisclosureRule.MIN_K));
    }

    private static void checkNode(String node) {
        if (!NODE.matcher(node).matches()) {
            throw new MalformedException("\"" + node + "\" is no name of a node: expected a-z, 0-9, . and -");
        }
    }
}
