package se.samsyn.protocol.dataset;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.MalformedException;

/**
 * The time that a summary is about: {@code 2019}, {@code 2019-Q3}, {@code 2019-07}, or {@code unknown}.
 *
 * <p>Periods are ordered by their first day, the longer before the shorter, and {@link #UNKNOWN} comes last.
 */
public final class Period implements Comparable<Period> {
    /** The period of what has no date: shown, and not dropped. */
    public static final Period UNKNOWN = new Period(null, null);

    /** The first year that a period may name; earlier ones are slips of the pen. */
    public static final int FIRST_YEAR = 1900;
    /** The last year that a period may name. */
    public static final int LAST_YEAR = 2999;

    private static final String UNKNOWN_TEXT = "unknown";
    private static final int YEAR_LENGTH = "2024".length();
    private static final int MONTH_LENGTH = "2024-01".length();
    private static final Pattern SYNTAX = Pattern.compile("([0-9]{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?");
    private static final Comparator<Period> ORDER = Comparator.comparing(Period::isUnknown)
            .thenComparing(period -> period.start, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(period -> period.granularity, Comparator.nullsLast(Comparator.naturalOrder()));

    private final @Nullable Granularity granularity;
    private final @Nullable LocalDate start;
    /** Periods are keys wherever figures are looked up. */
    private final int hash;

    private Period(@Nullable Granularity granularity, @Nullable LocalDate start) {
        this.granularity = granularity;
        this.start = start;
        this.hash = Objects.hash(granularity, start);
    }

    /**
     * Reads one of the four forms.
     *
     * @throws MalformedException if the text is none of them
     */
    public static Period parse(String text) {
        if (text.equals(UNKNOWN_TEXT)) {
            return UNKNOWN;
        }
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            throw new MalformedException("a period is written 2019, 2019-Q3, 2019-07 or unknown, not \"" + text + "\"");
        }
        int year = Integer.parseInt(matcher.group(1));
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new MalformedException(
                    "a period's year is within " + FIRST_YEAR + ".." + LAST_YEAR + ", not \"" + text + "\"");
        }
        if (matcher.group(2) != null) {
            int quarter = Integer.parseInt(matcher.group(2));
            return new Period(Granularity.QUARTER, LocalDate.of(year, quarter * 3 - 2, 1));
        }
        if (matcher.group(3) != null) {
            return new Period(Granularity.MONTH, LocalDate.of(year, Integer.parseInt(matcher.group(3)), 1));
        }
        return new Period(Granularity.YEAR, LocalDate.of(year, 1, 1));
    }

    /**
     * The period of that length that holds the day.
     *
     * @throws MalformedException if the day's year is none that a period may name
     */
    public static Period containing(LocalDate day, Granularity granularity) {
        if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
            throw new MalformedException(
                    "a period's year is within " + FIRST_YEAR + ".." + LAST_YEAR + ", not that of " + day);
        }
        return new Period(granularity, granularity.firstDay(day));
    }

    public boolean isUnknown() {
        return start == null;
    }

    /**
     * How long the period is.
     *
     * @throws IllegalStateException if the period is unknown
     */
    public Granularity granularity() {
        return known(granularity);
    }

    /**
     * The first day of the period.
     *
     * @throws IllegalStateException if the period is unknown
     */
    public LocalDate firstDay() {
        return known(start);
    }

    /**
     * The last day of the period.
     *
     * @throws IllegalStateException if the period is unknown
     */
    public LocalDate lastDay() {
        return firstDay().plusMonths(granularity().months()).minusDays(1);
    }

    /**
     * The period of the same length that comes after.
     *
     * @throws IllegalStateException if the period is unknown
     */
    public Period next() {
        return new Period(granularity(), firstDay().plusMonths(granularity().months()));
    }

    @Override
    public int compareTo(Period other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Period period
                && hash == period.hash
                && granularity == period.granularity
                && Objects.equals(start, period.start);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        if (start == null || granularity == null) {
            return UNKNOWN_TEXT;
        }
        // a view writes thousands of them: the day as ISO 8601 has all that is needed, and a format string takes much
        // longer
        String day = start.toString();
        String year = day.substring(0, YEAR_LENGTH);
        return switch (granularity) {
            case YEAR -> year;
            case QUARTER -> year + "-Q" + (start.getMonthValue() + 2) / 3;
            case MONTH -> day.substring(0, MONTH_LENGTH);
        };
    }

    private static <T> T known(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the unknown period has no days");
        }
        return part;
    }
}
