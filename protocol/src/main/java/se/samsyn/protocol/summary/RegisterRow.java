package se.samsyn.protocol.summary;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TrialYear;

/**
 * One trial as one member knows it: public facts, no persons. Rows that share a number are one trial, also within a
 * member; the merge unites them.
 *
 * @param ids the numbers that registries gave it, one or more, ascending
 * @param start its start date as {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}, where it is known
 * @param attributes one code for each attribute of the definition, in its order
 * @param places codes of the places of its sites, one or more, ascending
 */
public record RegisterRow(
        List<RegistryNumber> ids, Optional<String> start, List<String> attributes, List<String> places)
        implements Comparable<RegisterRow> {
    /** Numbers in a row; a trial has one in each registry, and few have more. */
    public static final int MAX_IDS = 64;
    /** Places in a row: more than there are counties and municipalities. */
    public static final int MAX_PLACES = 512;

    private static final Comparator<RegisterRow> ORDER = Comparator.comparing(
                    RegisterRow::ids, RegisterRow::compareLists)
            .thenComparing(row -> row.start.orElse(""))
            .thenComparing(RegisterRow::attributes, RegisterRow::compareLists)
            .thenComparing(RegisterRow::places, RegisterRow::compareLists);

    public RegisterRow {
        ids = List.copyOf(ids);
        attributes = List.copyOf(attributes);
        places = List.copyOf(places);
        requireAscending("ids", ids, MAX_IDS);
        requireAscending("places", places, MAX_PLACES);
        start.ifPresent(TrialYear::checkStart);
    }

    /** By numbers, then by start (unknown first), attributes and places; no two different rows are equal in it. */
    @Override
    public int compareTo(RegisterRow other) {
        return ORDER.compare(this, other);
    }

    private static <T extends Comparable<T>> void requireAscending(String field, List<T> list, int max) {
        if (list.isEmpty() || list.size() > max) {
            throw new MalformedException("a row has 1.." + max + " " + field + ", not " + list.size());
        }
        for (int i = 1; i < list.size(); i++) {
            if (list.get(i - 1).compareTo(list.get(i)) >= 0) {
                throw new MalformedException(
                        field + " are listed once each in ascending order; " + list.get(i) + " is out of place");
            }
        }
    }

    private static <T extends Comparable<T>> int compareLists(List<T> a, List<T> b) {
        Iterator<T> others = b.iterator();
        for (T item : a) {
            int order = others.hasNext() ? item.compareTo(others.next()) : 1;
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }
}
