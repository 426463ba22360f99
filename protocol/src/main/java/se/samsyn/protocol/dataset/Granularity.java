package se.samsyn.protocol.dataset;

import java.time.LocalDate;
import java.util.Locale;

/** How long a period is. */
public enum Granularity {
    YEAR(12),
    QUARTER(3),
    MONTH(1);

    private final int months;

    Granularity(int months) {
        this.months = months;
    }

    /** Calendar months in one period. */
    public int months() {
        return months;
    }

    /** The word for it in a definition: {@code year}, {@code quarter} or {@code month}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first day of the period that holds a day. */
    LocalDate firstDay(LocalDate day) {
        int monthIndex = (day.getMonthValue() - 1) / months * months;
        return LocalDate.of(day.getYear(), monthIndex + 1, 1);
    }
}
