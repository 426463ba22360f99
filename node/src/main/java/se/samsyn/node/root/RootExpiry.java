package se.samsyn.node.root;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import se.samsyn.protocol.root.FederationRoot;

/** How near the end of a federation root is, and what to do about it; after it, no view is current until there is a next version. */
public final class RootExpiry {
    /** Days before the end from which it is told, the last two ever more urgently. */
    private static final int NOTICE_DAYS = 60;

    private static final int WARNING_DAYS = 30;
    private static final int URGENT_DAYS = 7;

    private RootExpiry() {}

    /** How urgent it is. */
    public enum Urgency {
        /** More than 60 days are left, or it never expires. */
        NONE,
        /** At most 60 days are left. */
        NOTICE,
        /** At most 30 days are left. */
        WARNING,
        /** At most 7 days are left. */
        URGENT,
        /** It has expired. */
        EXPIRED
    }

    /** How urgent a next version is. */
    public static Urgency urgency(FederationRoot root, Instant now) {
        Optional<Duration> left = root.expires().map(end -> Duration.between(now, end));
        if (left.isEmpty() || left.get().compareTo(Duration.ofDays(NOTICE_DAYS)) > 0) {
            return Urgency.NONE;
        }
        if (!root.expires().orElseThrow().isAfter(now)) {
            return Urgency.EXPIRED;
        }
        if (left.get().compareTo(Duration.ofDays(WARNING_DAYS)) > 0) {
            return Urgency.NOTICE;
        }
        return left.get().compareTo(Duration.ofDays(URGENT_DAYS)) > 0 ? Urgency.WARNING : Urgency.URGENT;
    }

    /** One sentence with what to do, while there is something to be told. */
    public static Optional<String> warning(FederationRoot root, Instant now) {
        Urgency urgency = urgency(root, now);
        if (urgency == Urgency.NONE) {
            return Optional.empty();
        }
        Instant end = root.expires().orElseThrow();
        String what = "version " + root.version() + " of the federation root ";
        String todo = "; make the next with `samsyn root propose --days N` and have the root keys' holders sign it";
        if (urgency == Urgency.EXPIRED) {
            return Optional.of(what + "expired at " + end + ": this node goes on mirroring and cosigning, and calls no"
                    + " view current" + todo);
        }
        long days = Duration.between(now, end).toDays();
        return Optional.of(what + "expires in " + days + (days == 1 ? " day" : " days") + ", at " + end + todo);
    }
}
