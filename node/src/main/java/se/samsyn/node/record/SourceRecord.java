package se.samsyn.node.record;

import java.util.List;

/** A row of the region's own data as tabulation reads it: fields by the names that a dataset definition uses. */
public interface SourceRecord {
    /** The record's natural key: no two records of a kind share one. */
    String key();

    /**
     * A field that holds a text; empty if it is not known.
     *
     * @throws IllegalArgumentException if this kind of record has no such field
     */
    String text(String field);

    /**
     * A field that holds several texts, sorted and without repetition.
     *
     * @throws IllegalArgumentException if this kind of record has no such field
     */
    List<String> texts(String field);

    /**
     * A field that holds a whole number; amounts are in öre.
     *
     * @throws IllegalArgumentException if this kind of record has no such field
     */
    long number(String field);

    /**
     * Whether a number is known; one that is not is zero in a sum, and is not told where things are listed.
     *
     * @throws IllegalArgumentException if this kind of record has no such field
     */
    boolean isKnown(String field);
}
