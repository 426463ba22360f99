package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.TrialYear;

/** One trial while it is read: its cells by column, and what was left out. What the document does not say gets no cell. */
final class TrialCells {
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

    /** The most characters in a title or a list, and in any other cell; a longer text is left out, of a list what is beyond. */
    static final int MAX_LONG = 2000;

    static final int MAX_SHORT = 300;

    /** The largest count that the table takes; a larger one is no number of people. */
    static final long MAX_COUNT = 100_000_000;

    private static final Set<String> LONG = Set.of("title", "other_ids", "atc", "conditions", "condition_words");

    /** What a remark may show: a number, a date, a code. */
    private static final Pattern CODE =
            Pattern.compile("[0-9][0-9A-Za-z :./|_-]{0,59}|-[0-9]{1,20}|[0-9A-Z_./-]{1,60}");

    private final String where;
    private final Map<String, String> cells = new LinkedHashMap<>();
    private final List<Remark> remarks = new ArrayList<>();

    /** @param where the trial, for messages */
    TrialCells(String where) {
        this.where = where;
    }

    /** Spaces, line breaks and control characters in a row become one space. */
    static String words(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }

    /** The same for what stands in no column of the trial; what is longer than a cell may be is nothing. */
    static String shortWords(Optional<String> text) {
        return text.filter(value -> value.length() <= MAX_SHORT)
                .map(TrialCells::words)
                .orElse("");
    }

    TrialCells put(String column, String value) {
        String words = words(value);
        int max = LONG.contains(column) ? MAX_LONG : MAX_SHORT;
        if (words.length() > max) {
            remark(column, "", "left out: " + words.length() + " characters, of at most " + max);
        } else if (!words.isEmpty()) {
            cells.put(column, words);
        }
        return this;
    }

    TrialCells put(String column, Optional<String> value) {
        value.ifPresent(text -> put(column, text));
        return this;
    }

    /** Several values in one cell, each once, with {@code |} between them; a {@code |} within a value becomes a stroke. */
    TrialCells putAll(String column, Collection<String> values) {
        List<String> all = values.stream()
                .map(value -> words(value).replace('|', '/'))
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        int max = LONG.contains(column) ? MAX_LONG : MAX_SHORT;
        StringBuilder cell = new StringBuilder();
        int taken = 0;
        for (String value : all) {
            if (value.length() <= MAX_SHORT && cell.length() + 1 + value.length() <= max) {
                cell.append(taken == 0 ? "" : "|").append(value);
                taken++;
            }
        }
        if (taken < all.size()) {
            remark(column, "", "left out: " + (all.size() - taken) + " of " + all.size() + ", too long for the cell");
        }
        return put(column, cell.toString());
    }

    /** {@code yes} or {@code no}. */
    TrialCells putTruth(String column, Optional<Boolean> value) {
        return put(column, value.map(truth -> truth ? "yes" : "no"));
    }

    /** A count; one that no trial can have is left out with a remark. */
    TrialCells putCount(String column, Field field) {
        OptionalLong count = field.integer();
        if (count.isEmpty()) {
            return this;
        }
        String number = Long.toString(count.getAsLong());
        return count.getAsLong() < 0 || count.getAsLong() > MAX_COUNT
                ? remark(field.path(), number, "left out: not from 0 to " + MAX_COUNT)
                : put(column, number);
    }

    /**
     * A date as YYYY, YYYY-MM or YYYY-MM-DD, of which a time of day behind {@code T} is dropped; one that the calendar does not have is
     * left out with a remark.
     */
    TrialCells putDate(String column, Field field) {
        return putDate(column, field.path(), field.text());
    }

    /** The same for a date that was put in this order already; {@code path} is for the remark. */
    TrialCells putDate(String column, String path, Optional<String> date) {
        if (date.isPresent()) {
            String day = date.get().replaceFirst("(?<=^[0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*", "");
            try {
                TrialYear.checkStart(day);
                put(column, day);
            } catch (MalformedException e) {
                remark(path, date.get(), "left out: not a date that the calendar has");
            }
        }
        return this;
    }

    /** Whether the column has a value already. */
    boolean has(String column) {
        return cells.containsKey(column);
    }

    /** @param value what stands there; empty for everything that might name a person. Only what is short and like a code is shown. */
    TrialCells remark(String path, String value, String meaning) {
        remarks.add(new Remark(path, CODE.matcher(value).matches() ? value : "", meaning));
        return this;
    }

    RegistryTrial trial(List<RegistrySite> sites) {
        return new RegistryTrial(where, cells, sites, remarks);
    }
}
