package se.samsyn.protocol.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * When a dataset's periods begin and by when their summaries are due.
 *
 * <p>A dataset that is {@code open} may release a period that is still running, and has the period {@code unknown} too,
 * which never ends: what has no date belongs there. Dates are calendar days; the caller says which day is today.
 *
 * @param granularity how long a period is
 * @param field the field of the record that holds the date
 * @param first the first period that the dataset has
 * @param dueDays days after a period's last day by which every member has released it
 * @param open whether the running period may be released
 */
public record PeriodRule(Granularity granularity, String field, Period first, int dueDays, boolean open) {
    /** Ten years: what is due later is not due. */
    public static final int MAX_DUE_DAYS = 3_650;
    /** Periods from the first to the last, so that no view is longer. */
    public static final int MAX_PERIODS = 2_400;

    public PeriodRule {
        Names.checkCamelCase("a period's field", field);
        if (first.isUnknown() || first.granularity() != granularity) {
            throw new MalformedException("a dataset by " + granularity.word() + " cannot begin with " + first);
        }
        if (dueDays < 0 || dueDays > MAX_DUE_DAYS) {
            throw new MalformedException("dueDays is within 0.." + MAX_DUE_DAYS + ", not " + dueDays);
        }
    }

    /**
     * The periods whose summaries may exist on that day, in order: all that have ended, and the running ones of an open
     * dataset.
     */
    public List<Period> expected(LocalDate today) {
        List<Period> periods = new ArrayList<>();
        for (Period period = first; mayRelease(period, today) && periods.size() < MAX_PERIODS; period = period.next()) {
            periods.add(period);
        }
        if (mayRelease(Period.UNKNOWN, today)) {
            periods.add(Period.UNKNOWN);
        }
        return List.copyOf(periods);
    }

    /** Whether the dataset has such a period at all, on whatever day. */
    public boolean has(Period period) {
        if (period.isUnknown()) {
            return open;
        }
        return period.granularity() == granularity && period.compareTo(first) >= 0;
    }

    /** Whether a summary of that period may be released on that day. */
    public boolean mayRelease(Period period, LocalDate today) {
        if (!has(period)) {
            return false;
        }
        LocalDate earliest = period.isUnknown()
                ? first.firstDay()
                : open ? period.firstDay() : period.next().firstDay();
        return !today.isBefore(earliest);
    }

    /**
     * The last day on which a summary is not late; the unknown period, which never ends, is due with the first.
     *
     * @throws MalformedException if the dataset has no such period
     */
    public LocalDate due(Period period) {
        if (!has(period)) {
            throw new MalformedException("the dataset has no period " + period);
        }
        return (period.isUnknown() ? first : period).lastDay().plusDays(dueDays);
    }
}
