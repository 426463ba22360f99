package se.samsyn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import se.samsyn.protocol.dataset.Period;

/**
 * How the numbers of trials that the demo prints hang together.
 *
 * @param from the first year of the table that is shown
 * @param to its last year
 * @param before trials that began before
 * @param shown trials in the table
 * @param after trials that began after
 * @param unknown trials of which no year is known
 */
record TrialTally(Period from, Period to, long before, long shown, long after, long unknown) {
    /** Adds up the view of all years. */
    static TrialTally of(JsonNode view, Period from, Period to) {
        long before = 0;
        long shown = 0;
        long after = 0;
        long unknown = 0;
        for (JsonNode total : view.path("totals")) {
            Period period = Period.parse(total.path("period").asText());
            long trials = total.path("values").path("trials").path("exact").asLong();
            if (period.isUnknown()) {
                unknown += trials;
            } else if (period.compareTo(from) < 0) {
                before += trials;
            } else if (period.compareTo(to) > 0) {
                after += trials;
            } else {
                shown += trials;
            }
        }
        return new TrialTally(from, to, before, shown, after, unknown);
    }

    /**
     * The tally in words.
     *
     * @param rows rows of trials that all members imported
     * @param registered different registry numbers among them
     */
    String text(long rows, long registered) {
        return String.format(
                Locale.ROOT,
                "%,d trials in all: %,d of %s to %s as above, %,d earlier, %,d later, %,d of no known year.%n"
                        + "They came as %,d rows of %,d registered trials: a trial that several members hold has a row at each,"
                        + " and one%nthat is registered under two numbers is counted once.",
                before + shown + after + unknown,
                shown,
                from,
                to,
                before,
                after,
                unknown,
                rows,
                registered);
    }
}
