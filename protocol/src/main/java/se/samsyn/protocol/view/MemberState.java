package se.samsyn.protocol.view;

import java.util.Locale;

/** What stands behind a member's part of a national figure, for one period (DESIGN section 6). */
public enum MemberState {
    /** Every value is told. */
    REPORTED(true),
    /** The member says that it has nothing. */
    ZERO(true),
    /** Some cells are told only as a sum over several; totals are told. */
    POOLED(true),
    /** There is a summary, and it tells nothing of this table. */
    WITHHELD(false),
    /** The newest release was retracted; older ones are not revived. */
    WITHDRAWN(false),
    /** No summary, and the due date has passed. */
    MISSING(false),
    /** No summary yet, and none is due. */
    AWAITED(false),
    /** There is a summary, and it does not count; the reason says why. */
    REJECTED(false),
    /** There is a summary under an older version of the definition, which cannot be compared with the newest; the reason says why. */
    OTHER_VERSION(false);

    private final boolean told;

    MemberState(boolean told) {
        this.told = told;
    }

    /** Whether the member's totals are in the national ones. */
    public boolean isTold() {
        return told;
    }

    /** The word for it in a view. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
