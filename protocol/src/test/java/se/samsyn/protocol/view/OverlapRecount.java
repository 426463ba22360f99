package se.samsyn.protocol.view;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import se.samsyn.protocol.summary.RegisterRow;

/** A second search for overlaps, day by day and pair by pair, which shares nothing with the first. */
final class OverlapRecount {
    /** Some days before and after all dates of the tests. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2017, 12, 20);

    private static final int DAYS = 7 * 366;
    private static final int STATUS = 2;

    /** What is known of two trials. */
    enum Pair {
        NONE,
        POSSIBLE,
        SURE
    }

    private final List<RegisterRow> trial;
    private final Set<String> regions;
    private final BitSet possible;
    private final BitSet sure;

    /** A trial, from all rows that are one. */
    OverlapRecount(List<RegisterRow> trial, String today) {
        this.trial = trial;
        this.regions = Recount.regions(trial);
        this.possible = possibleDays(trial, today);
        this.sure = sureDays(trial, today);
    }

    Pair with(OverlapRecount other, String subject) {
        boolean sameOnly = regions.size() == 1 && regions.equals(other.regions) && !regions.contains("-");
        if (sameOnly || !isAbout(trial, subject) || !isAbout(other.trial, subject)) {
            return Pair.NONE;
        }
        boolean isPlaced = !regions.contains("-") && !other.regions.contains("-");
        if (isPlaced && sure.intersects(other.sure)) {
            return Pair.SURE;
        }
        return possible.intersects(other.possible) ? Pair.POSSIBLE : Pair.NONE;
    }

    private static boolean isAbout(List<RegisterRow> trial, String subject) {
        return trial.stream()
                .flatMap(row -> row.terms().stream())
                .flatMap(List::stream)
                .anyMatch(value -> value.startsWith(subject));
    }

    private static BitSet possibleDays(List<RegisterRow> trial, String today) {
        if (status(trial).equals("refused")) {
            return new BitSet();
        }
        String year = Recount.yearOf(trial);
        String from = fact(trial, RegisterRow::start).orElse(year.equals("unknown") ? "0" : year);
        String to = fact(trial, RegisterRow::end).orElse(status(trial).equals("completed") ? today : "9");
        return days(
                day -> begins(day, from).compareTo(from) >= 0 && begins(day, to).compareTo(to) <= 0);
    }

    private static BitSet sureDays(List<RegisterRow> trial, String today) {
        Optional<String> goesOn = Optional.of(today).filter(day -> status(trial).equals("recruiting"));
        Optional<String> from = fact(trial, RegisterRow::start).or(() -> goesOn);
        Optional<String> to = fact(trial, RegisterRow::end).or(() -> goesOn);
        if (from.isEmpty() || to.isEmpty() || Set.of("refused", "approved").contains(status(trial))) {
            return new BitSet();
        }
        // surely begun: the next day would be after the month or year of the start; surely not ended: the day before is
        // before its
        return days(day -> begins(day.plusDays(1), from.get()).compareTo(from.get()) > 0
                && begins(day.minusDays(1), to.get()).compareTo(to.get()) < 0);
    }

    private static BitSet days(Predicate<LocalDate> holds) {
        BitSet days = new BitSet(DAYS);
        for (int i = 0; i < DAYS; i++) {
            days.set(i, holds.test(FIRST_DAY.plusDays(i)));
        }
        return days;
    }

    /** As much of a day as a date tells: its year, its month, or all of it. */
    private static String begins(LocalDate day, String date) {
        return day.toString().substring(0, date.length());
    }

    private static String status(List<RegisterRow> trial) {
        return fact(trial, row -> Optional.of(row.attributes().get(STATUS)).filter(code -> !code.equals("unknown")))
                .orElse("unknown");
    }

    private static Optional<String> fact(List<RegisterRow> trial, Function<RegisterRow, Optional<String>> fact) {
        List<RegisterRow> ordered = new ArrayList<>(trial);
        ordered.sort(Comparator.comparing(Recount::sortKey));
        return ordered.stream().map(fact).flatMap(Optional::stream).findFirst();
    }
}
