package se.samsyn.node.record;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;

/** The kinds of record that a node keeps. */
public enum RecordKind {
    TRIAL("trial"),
    SITE("site"),
    PARTICIPATION("participation"),
    COST_ITEM("cost-item"),
    RECEIVED_INVOICE("received-invoice"),
    TRIAL_UNIT("trial-unit"),
    ATMP_CENTRE("atmp-centre"),
    GRANT("grant"),
    MEASURE_STATUS("measure-status"),
    COHORT_COUNT("cohort-count");

    private final String wireName;

    RecordKind(String wireName) {
        this.wireName = wireName;
    }

    /** The kind's name in dataset definitions, on the command line and as a file's name: {@code trial.csv}. */
    public String wireName() {
        return wireName;
    }

    /**
     * Reads a wire name.
     *
     * @throws MalformedException if there is no such kind
     */
    public static RecordKind parse(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst()
                .orElseThrow(() -> new MalformedException(
                        "\"" + wireName + "\" is no kind of record, expected one of " + names()));
    }

    /**
     * The kind that the name of a CSV file says: {@code KIND.csv} or {@code KIND-ANYTHING.csv}, in letters of any size. The
     * longest kind that fits: {@code trial-unit.csv} is of trial units, not of trials.
     */
    public static Optional<RecordKind> ofFileName(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> small.endsWith(".csv"))
                .filter(kind -> small.startsWith(kind.wireName + "-") || small.equals(kind.wireName + ".csv"))
                .max(Comparator.comparingInt(kind -> kind.wireName.length()));
    }

    /** The wire names of all kinds, for people. */
    public static String names() {
        return Arrays.stream(values()).map(RecordKind::wireName).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return wireName;
    }
}
