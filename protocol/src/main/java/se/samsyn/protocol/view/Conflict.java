package se.samsyn.protocol.view;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * One fact of a trial on which its rows disagree.
 *
 * @param attribute the attribute or the milestone, or {@code start} or {@code end}
 * @param taken the value that counts
 * @param nodesByValue every known value, with the members that say so
 */
record Conflict(String attribute, String taken, SortedMap<String, SortedSet<String>> nodesByValue) {
    static final String START = "start";
    static final String END = "end";

    Conflict {
        nodesByValue = Collections.unmodifiableSortedMap(new TreeMap<>(nodesByValue));
    }
}
