package se.samsyn.node.record;

import java.util.Map;
import se.samsyn.protocol.dataset.CodeList;

/**
 * How many of the participants that a trial planned took part, as a code of the list {@code recruited-share}: percent, in ranges. The
 * numbers are whole trials' numbers, which members cannot add up; a range is a fact of the trial, and disagreements about it show.
 */
final class RecruitedShare {
    private static final int PERCENT = 100;

    private RecruitedShare() {}

    /** The code; {@code unknown} unless both numbers are known, and something was planned. */
    static String of(Map<String, String> cells) {
        String planned = cells.getOrDefault("planned_participants", "");
        String actual = cells.getOrDefault("actual_participants", "");
        if (planned.isEmpty() || actual.isEmpty() || Long.parseLong(planned) == 0) {
            return CodeList.UNKNOWN;
        }
        long percent = Long.parseLong(actual) * PERCENT / Long.parseLong(planned);
        if (percent < 50) {
            return "0-49";
        }
        if (percent < 80) {
            return "50-79";
        }
        if (percent < PERCENT) {
            return "80-99";
        }
        return percent < 120 ? "100-119" : "120-";
    }
}
