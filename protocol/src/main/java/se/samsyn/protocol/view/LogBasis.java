package se.samsyn.protocol.view;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * The state of one member's log that a view was computed from.
 *
 * @param node the member
 * @param head the size and root of its log
 * @param timeSeconds when a quorum last vouched for the log, seconds since 1970
 */
public record LogBasis(String node, TreeHead head, long timeSeconds) {
    public LogBasis {
        Basis.checkTime("the time of the log of " + node, timeSeconds);
    }

    /**
     * How old the member's word is at that instant, in seconds; a time ahead, which clocks that differ a little make,
     * is no age.
     */
    long ageSeconds(long atSeconds) {
        return Math.max(0, atSeconds - timeSeconds);
    }

    /** The day, in UTC, that a quorum last vouched for the log on, as its clocks may be five minutes behind. */
    LocalDate day() {
        return Instant.ofEpochSecond(timeSeconds + CosignedCheckpoint.MAX_AHEAD_SECONDS)
                .atZone(ZoneOffset.UTC)
                .toLocalDate();
    }
}
