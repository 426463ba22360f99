package se.samsyn.protocol.dataset;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * The year that a trial belongs to: its start date's; else the smallest one in its EudraCT
 * and EU CT numbers, which is derived; else unknown.
 *
 * @param year empty if unknown
 * @param derived whether the year comes from a number and not from a date
 */
public record TrialYear(OptionalInt year, boolean derived) {
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    /**
     * The year of a trial with that start date and those numbers.
     *
     * @throws MalformedException if the start is no date
     */
    public static TrialYear of(Optional<String> start, Collection<RegistryNumber> numbers) {
        if (start.isPresent()) {
            checkStart(start.get());
            return new TrialYear(OptionalInt.of(Integer.parseInt(start.get().substring(0, 4))), false);
        }
        OptionalInt derived = numbers.stream()
                .map(RegistryNumber::year)
                .flatMapToInt(OptionalInt::stream)
                .min();
        return new TrialYear(derived, derived.isPresent());
    }

    /** The period of a dataset by year that the trial's row is in. */
    public Period period() {
        return year.isPresent()
                ? Period.containing(LocalDate.of(year.getAsInt(), 1, 1), Granularity.YEAR)
                : Period.UNKNOWN;
    }

    /**
     * Refuses what is not written {@code 2010}, {@code 2010-08} or {@code 2010-08-31}, or is no day of the calendar, or
     * lies outside the years that a period may name. Such dates sort as text, a less exact one before those within it.
     *
     * @throws MalformedException if the text is none of that
     */
    public static void checkStart(String start) {
        try {
            if (DAY.matcher(start).matches()) {
                checkYear(LocalDate.parse(start).getYear(), start);
            } else if (MONTH.matcher(start).matches()) {
                checkYear(YearMonth.parse(start).getYear(), start);
            } else if (YEAR.matcher(start).matches()) {
                checkYear(Integer.parseInt(start), start);
            } else {
                throw new MalformedException(
                        "a start date is written 2010, 2010-08 or 2010-08-31, not \"" + start + "\"");
            }
        } catch (DateTimeParseException e) {
            throw new MalformedException("\"" + start + "\" is no day of the calendar", e);
        }
    }

    private static void checkYear(int year, String start) {
        if (year < Period.FIRST_YEAR || year > Period.LAST_YEAR) {
            throw new MalformedException("a start date's year is within " + Period.FIRST_YEAR + ".." + Period.LAST_YEAR
                    + ", unlike \"" + start + "\"");
        }
    }
}
