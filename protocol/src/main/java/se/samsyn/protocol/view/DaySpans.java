package se.samsyn.protocol.view;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;

/** Many spans of days, kept sorted, so that how many of them meet a span is found without looking at each. */
final class DaySpans {
    private final long[] firstDays;
    private final long[] lastDays;

    DaySpans(Collection<OpenTime.Days> spans) {
        firstDays = spans.stream()
                .mapToLong(span -> span.from().toEpochDay())
                .sorted()
                .toArray();
        lastDays = spans.stream()
                .mapToLong(span -> span.to().toEpochDay())
                .sorted()
                .toArray();
    }

    /** How many of the spans have a day in common with these days. */
    long meeting(LocalDate from, LocalDate to) {
        // of those that begin in time, all but the ones that end too early
        return atMost(firstDays, to.toEpochDay()) - atMost(lastDays, from.toEpochDay() - 1);
    }

    private static long atMost(long[] sorted, long day) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= day) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public String toString() {
        return Arrays.toString(firstDays) + Arrays.toString(lastDays);
    }
}
