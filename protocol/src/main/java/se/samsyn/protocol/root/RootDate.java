package se.samsyn.protocol.root;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/** Dates of a federation root: RFC 3339 with seconds, or a day alone, which stands for its first instant in UTC. */
final class RootDate {
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME =
            Pattern.compile(DAY.pattern() + "T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private RootDate() {}

    static Instant parse(String text) {
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (TIME.matcher(text).matches()) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            throw new MalformedException("\"" + text + "\" is no date: " + e.getMessage(), e);
        }
        throw new MalformedException("\"" + text + "\" is no date, expected 2026-05-01 or 2026-05-01T00:00:00Z");
    }

    static String encode(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
