package se.samsyn.protocol.dataset;

import java.util.Locale;

/** How a measure is made of records; each one adds up over members. */
public enum Aggregate {
    /** How many records there are. */
    COUNT,
    /** The sum of an integer field. */
    SUM,
    /**
     * How many different values a field has: adds up over members, whose records concern different people, and never
     * over periods.
     */
    DISTINCT;

    /** The word for it in a definition. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
