package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.TrialYear;

/** One trial while it is read: its cells by column, and what was left out. What the document does not say gets no cell. */
final class TrialCells {
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");

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

    TrialCells put(String column, String value) {
        String words = words(value);
        if (!words.isEmpty()) {
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
        return put(column, String.join("|", all));
    }

    /** {@code yes} or {@code no}. */
    TrialCells putTruth(String column, Optional<Boolean> value) {
        return put(column, value.map(truth -> truth ? "yes" : "no"));
    }

    /** A count; one below nought is left out with a remark. */
    TrialCells putCount(String column, Field field) {
        OptionalLong count = field.integer();
        if (count.isPresent() && count.getAsLong() < 0) {
            remark(field.path(), Long.toString(count.getAsLong()), "left out: a count below nought");
        } else if (count.isPresent()) {
            put(column, Long.toString(count.getAsLong()));
        }
        return this;
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

    /** @param value what stands there; empty for everything that might name a person */
    TrialCells remark(String path, String value, String meaning) {
        remarks.add(new Remark(path, words(value), meaning));
        return this;
    }

    RegistryTrial trial(List<RegistrySite> sites) {
        return new RegistryTrial(where, cells, sites, remarks);
    }
}
