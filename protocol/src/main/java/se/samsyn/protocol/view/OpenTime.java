package se.samsyn.protocol.view;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Optional;
import se.samsyn.protocol.dataset.OverlapRule;

/**
 * When a trial is open, as far as its dates and its status tell: the days on which it surely is, and those on which it may be. A date of
 * which only the month or the year is known is any day within.
 *
 * @param from the first day on which it may be open
 * @param to the last
 * @param sure the days on which it surely is open; empty if there are none
 */
record OpenTime(LocalDate from, LocalDate to, Optional<Days> sure) {
    private static final int YEAR_LENGTH = 4;
    private static final int MONTH_LENGTH = 7;

    /** The days from one to another, both included. */
    record Days(LocalDate from, LocalDate to) {}

    /**
     * When a trial is open.
     *
     * @param today the day of the basis: what goes on is known to go on until then, and what has ended had ended by then
     * @return empty if it never is
     */
    static Optional<OpenTime> of(OverlapRule rule, MergedTrial trial, String status, LocalDate today) {
        LocalDate first = trial.start()
                .map(OpenTime::firstDay)
                .orElseGet(() -> trial.year().year().stream()
                        .mapToObj(year -> LocalDate.of(year, 1, 1))
                        .findFirst()
                        .orElse(LocalDate.MIN));
        LocalDate last =
                trial.end().map(OpenTime::lastDay).orElse(rule.over().contains(status) ? today : LocalDate.MAX);
        if (rule.never().contains(status) || last.isBefore(first)) {
            return Optional.empty();
        }
        Optional<Days> sure = sure(rule, trial, status, today).filter(days -> !days.to.isBefore(days.from));
        return Optional.of(new OpenTime(first, last, sure));
    }

    private static Optional<Days> sure(OverlapRule rule, MergedTrial trial, String status, LocalDate today) {
        boolean goesOn = rule.open().contains(status);
        Optional<LocalDate> from =
                trial.start().map(OpenTime::lastDay).or(() -> Optional.of(today).filter(day -> goesOn));
        Optional<LocalDate> to =
                trial.end().map(OpenTime::firstDay).or(() -> Optional.of(today).filter(day -> goesOn));
        if (rule.before().contains(status) || from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Days(from.get(), to.get()));
    }

    static LocalDate firstDay(String date) {
        return switch (date.length()) {
            case YEAR_LENGTH -> Year.parse(date).atDay(1);
            case MONTH_LENGTH -> YearMonth.parse(date).atDay(1);
            default -> LocalDate.parse(date);
        };
    }

    static LocalDate lastDay(String date) {
        return switch (date.length()) {
            case YEAR_LENGTH -> Year.parse(date).plusYears(1).atDay(1).minusDays(1);
            case MONTH_LENGTH -> YearMonth.parse(date).atEndOfMonth();
            default -> LocalDate.parse(date);
        };
    }
}
