package se.samsyn.node.record;

import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Period;

/** Deletes records, by their keys or by their age. What was released of them stays released until the next draft shows what changed. */
public final class RecordDeletion {
    /** The most keys that one request may name. */
    public static final int MAX_KEYS = 10_000;

    private static final int YEAR_LENGTH = 4;
    private static final String PROPOSAL = "proposal";

    /** Codes of the list {@code status} of trials that have not ended. */
    private static final Set<String> UNDER_WAY =
            Set.of("planned", "applied", "approved", "recruiting", "closed-to-recruitment");

    private final RecordStore records;

    public RecordDeletion(RecordStore records) {
        this.records = records;
    }

    /**
     * Records that a deletion is about, before any of them is deleted.
     *
     * @param report what the deletion will have done
     */
    public record Chosen(DeletionReport report, Set<String> keys) {}

    /** Deletes what was chosen; on return it is gone. */
    public DeletionReport delete(Chosen chosen) {
        if (!chosen.keys().isEmpty()) {
            records.delete(chosen.report().kind(), chosen.keys());
        }
        return chosen.report();
    }

    /** The node's records as they would be without the chosen ones; nothing is deleted. */
    public RecordSource without(Chosen chosen) {
        return records.without(chosen.report().kind(), chosen.keys());
    }

    /**
     * Deletes the records with these keys: all of them, or none.
     *
     * @param keys each with {@code |} between the parts, as {@link RecordFormat#shown} gives them
     * @throws MalformedException if a key is of no record, naming it
     */
    public DeletionReport byKeys(RecordKind kind, List<String> keys) {
        return delete(chooseByKeys(kind, keys));
    }

    /** As {@link #byKeys}, and deletes nothing yet. */
    public Chosen chooseByKeys(RecordKind kind, List<String> keys) {
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new MalformedException(keys.size() + " keys, expected 1.." + MAX_KEYS);
        }
        Map<String, String> byShown = new HashMap<>();
        records.forEach(kind, (key, json) -> byShown.put(RecordFormat.shown(key), key));
        Set<String> found = new TreeSet<>();
        for (String key : keys) {
            String stored = byShown.get(key);
            if (stored == null) {
                throw new MalformedException("there is no " + kind + " with the key " + Fault.shown(key)
                        + "; nothing was deleted. A key of several parts has | between them,"
                        + " and \\| where a part holds one: "
                        + String.join("|", RecordFormats.SHIPPED.of(kind).key()));
            }
            found.add(stored);
        }
        return new Chosen(new DeletionReport(kind, found.size(), 0, 0), found);
    }

    /**
     * Deletes the records whose last day is before a day. Those without a date stay, and so do those that still tell how things are: a
     * trial that has not ended, whatever end was once expected, and the newest status of each measure.
     *
     * @param today a later day is refused: everything that is dated would go
     * @throws MalformedException if records of the kind do not grow old, or the day is to come
     */
    public DeletionReport before(RecordKind kind, LocalDate day, LocalDate today) {
        return delete(chooseBefore(kind, day, today));
    }

    /** As {@link #before}, and deletes nothing yet. */
    public Chosen chooseBefore(RecordKind kind, LocalDate day, LocalDate today) {
        String column = ageOf(kind);
        if (day.isAfter(today)) {
            throw new MalformedException("before " + day + " is after today, " + today
                    + ": it would delete every record with a date; nothing was deleted");
        }
        Set<String> old = new TreeSet<>();
        Map<String, String> newest = newestByMeasure(kind);
        long[] undated = {0};
        long[] current = {0};
        records.forEach(kind, (key, json) -> {
            Map<String, String> cells = StoredRecord.parseCells(json);
            String date = cells.getOrDefault(column, "");
            if (date.isEmpty()) {
                undated[0]++;
            } else if (lastDay(date).isBefore(day)) {
                if (isCurrent(kind, key, cells, newest)) {
                    current[0]++;
                } else {
                    old.add(key);
                }
            }
        });
        return new Chosen(new DeletionReport(kind, old.size(), undated[0], current[0]), old);
    }

    private static boolean isCurrent(
            RecordKind kind, String key, Map<String, String> cells, Map<String, String> newest) {
        return switch (kind) {
            case TRIAL -> UNDER_WAY.contains(cells.getOrDefault("status", CodeList.UNKNOWN));
            case MEASURE_STATUS -> key.equals(newest.get(cells.getOrDefault(PROPOSAL, "")));
            default -> false;
        };
    }

    private Map<String, String> newestByMeasure(RecordKind kind) {
        Map<String, String> newest = new HashMap<>();
        if (kind == RecordKind.MEASURE_STATUS) {
            // in the order of the keys: of one measure the newest comes last
            records.forEach(
                    kind,
                    (key, json) -> newest.put(StoredRecord.parseCells(json).getOrDefault(PROPOSAL, ""), key));
        }
        return newest;
    }

    /**
     * The kind, if its records grow old.
     *
     * @throws MalformedException if they do not
     */
    public static RecordKind checkGrowsOld(RecordKind kind) {
        ageOf(kind);
        return kind;
    }

    private static String ageOf(RecordKind kind) {
        return RecordFormats.SHIPPED
                .of(kind)
                .age()
                .orElseThrow(
                        () -> new MalformedException("a " + kind + " has no date by which it grows old: delete it by"
                                + " its key" + (kind == RecordKind.SITE ? ", or with its trial" : "")));
    }

    private static LocalDate lastDay(String date) {
        if (date.indexOf('Q') >= 0) {
            return Period.parse(date).lastDay();
        }
        if (date.length() == YEAR_LENGTH) {
            return Year.parse(date).atMonth(12).atEndOfMonth();
        }
        return date.length() == "2024-02".length() ? YearMonth.parse(date).atEndOfMonth() : LocalDate.parse(date);
    }
}
