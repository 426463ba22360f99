package se.samsyn.node.record;

import java.util.Arrays;
import java.util.Optional;

/** Kinds of record that nobody imports: a node works them out of those that it keeps, each time that they are tabulated. */
public enum DerivedKind {
    /** How long one step took, or that it is waited for: at a site of a trial, or at an ATMP centre. */
    LEAD_TIME("lead-time"),
    /** Something in a record that is missing, inexact or cannot be true. */
    FINDING("finding");

    private final String wireName;

    DerivedKind(String wireName) {
        this.wireName = wireName;
    }

    /** The kind of a name in dataset definitions, if it is one of these. */
    public static Optional<DerivedKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    /** Whether it is worked out of records of a kind. */
    public boolean restsOn(RecordKind kind) {
        return switch (kind) {
            case TRIAL, SITE -> true;
            case ATMP_CENTRE -> this == LEAD_TIME;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return wireName;
    }
}
