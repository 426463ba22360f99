package se.samsyn.node.registry;

import java.util.Optional;
import java.util.regex.Pattern;

/** The dates of CTIS: ISO 8601, with a time of day behind some of them, or day/month/year. */
final class CtisDates {
    private static final Pattern DAY_FIRST = Pattern.compile("([0-9]{2})/([0-9]{2})/([0-9]{4})");

    private CtisDates() {}

    static void put(TrialCells cells, String column, Field field) {
        cells.putDate(column, field.path(), iso(field));
    }

    /** The day in the order that sorts; anything else unchanged. */
    static Optional<String> iso(Field field) {
        return field.text()
                .map(text -> DAY_FIRST.matcher(text).matches()
                        ? DAY_FIRST.matcher(text).replaceFirst("$3-$2-$1")
                        : text.replaceFirst("T.*", ""));
    }
}
