package se.samsyn.node.record;

import java.util.Arrays;
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

    /** The wire names of all kinds, for people. */
    public static String names() {
        return Arrays.stream(values()).map(RecordKind::wireName).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return wireName;
    }
}
