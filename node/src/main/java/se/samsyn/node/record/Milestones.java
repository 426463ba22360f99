package se.samsyn.node.record;

import java.util.OptionalInt;
import se.samsyn.protocol.dataset.Step;

/** Dates of milestones, written {@code 2019}, {@code 2019-05} or {@code 2019-05-13}; one that is not known is empty. */
final class Milestones {
    private static final int DAY_LENGTH = 10;

    private Milestones() {}

    /** Whether a date says the day. */
    static boolean isDay(String date) {
        return date.length() == DAY_LENGTH;
    }

    /** The days from one to the other, counted as registers count them; dates that are not known are less exact than a day. */
    static OptionalInt days(String from, String to) {
        return Step.days(from, to);
    }

    /** Whether what is to come later is told to have come earlier, however inexact the dates are. */
    static boolean areOutOfOrder(String earlier, String later) {
        boolean bothTold = !earlier.isEmpty() && !later.isEmpty();
        // 2019-05 sorts before 2019-05-13 and may be after it
        return bothTold && later.compareTo(earlier) < 0 && !earlier.startsWith(later);
    }
}
