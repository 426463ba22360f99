package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the warnings of one file by what they are about. */
final class Warnings {
    /** The most different warnings that a report lists; the rest are counted together. */
    static final int MAX_LISTED = 1000;

    private record About(String column, String value, String meaning) {}

    private final Map<About, Long> counts = new LinkedHashMap<>();
    private long unlisted;

    void add(String column, String value, String meaning) {
        add(column, value, meaning, 1);
    }

    void add(String column, String value, String meaning, long rows) {
        About about = new About(column, value, meaning);
        if (counts.size() < MAX_LISTED || counts.containsKey(about)) {
            counts.merge(about, rows, Long::sum);
        } else {
            unlisted += rows;
        }
    }

    void addAll(Warnings others) {
        others.counts.forEach((about, rows) -> add(about.column, about.value, about.meaning, rows));
        unlisted += others.unlisted;
    }

    /** The warnings in the order of their first row. */
    List<Warning> list() {
        List<Warning> list = new ArrayList<>();
        counts.forEach((about, count) -> list.add(new Warning(about.column, about.value, about.meaning, count)));
        if (unlisted > 0) {
            list.add(new Warning(
                    "*", "", "further warnings of " + MAX_LISTED + " kinds and more, not listed", unlisted));
        }
        return List.copyOf(list);
    }
}
