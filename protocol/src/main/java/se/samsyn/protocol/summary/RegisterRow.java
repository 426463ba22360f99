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
 * @param end its end date, written likewise, where it is known
 * @param attributes one code for each attribute of the definition, in its order
 * @param terms for each term of the definition, in its order, the codes that the trial has of it
 * @param milestones for each milestone of the definition, in its order, its date, written as the start is, where it is known
 * @param sites its sites, ascending; two that nothing tells apart are listed both
 * @param places codes of the places of its sites, one or more, ascending
 */
public record RegisterRow(
        List<RegistryNumber> ids,
        Optional<String> start,
        Optional<String> end,
        List<String> attributes,
        List<List<String>> terms,
        List<Optional<String>> milestones,
        List<RegisterSite> sites,
        List<String> places)
        implements Comparable<RegisterRow> {
    /** Numbers in a row; a trial has one in each registry, and few have more. */
    public static final int MAX_IDS = 64;
    /** Places in a row: more than there are counties and municipalities. */
    public static final int MAX_PLACES = 512;
    /** Sites in a row: more than there are hospitals. */
    public static final int MAX_SITES = 512;

    private static final Comparator<RegisterRow> ORDER = Comparator.comparing(
                    RegisterRow::ids, RegisterRow::compareLists)
            .thenComparing(row -> row.start.orElse(""))
            .thenComparing(RegisterRow::attributes, RegisterRow::compareLists)
            .thenComparing(RegisterRow::places, RegisterRow::compareLists)
            .thenComparing(row -> row.end.orElse(""))
            .thenComparing(RegisterRow::terms, RegisterRow::compareListsOfLists)
            .thenComparing(RegisterRow::sites, RegisterRow::compareLists)
            .thenComparing(RegisterRow::milestoneTexts, RegisterRow::compareLists);

    /** A row of a register that tells neither ends nor terms nor sites. */
    public RegisterRow(List<RegistryNumber> ids, Optional<String> start, List<String> attributes, List<String> places) {
        this(ids, start, Optional.empty(), attributes, List.of(), List.of(), places);
    }

    /** A row of a register that tells no milestones. */
    public RegisterRow(
            List<RegistryNumber> ids,
            Optional<String> start,
            Optional<String> end,
            List<String> attributes,
            List<List<String>> terms,
            List<RegisterSite> sites,
            List<String> places) {
        this(ids, start, end, attributes, terms, List.of(), sites, places);
    }

    public RegisterRow {
        ids = List.copyOf(ids);
        attributes = List.copyOf(attributes);
        terms = terms.stream().map(List::copyOf).toList();
        milestones = List.copyOf(milestones);
        sites = List.copyOf(sites);
        places = List.copyOf(places);
        requireAscending("ids", ids, MAX_IDS);
        requireAscending("places", places, MAX_PLACES);
        start.ifPresent(TrialYear::checkStart);
        end.ifPresent(TrialYear::checkStart);
        checkSites(sites, places);
    }

    /**
     * By numbers, start (unknown first), attributes, places, end, terms, sites, milestones (unknown first); no two different rows are equal
     * in it.
     */
    @Override
    public int compareTo(RegisterRow other) {
        return ORDER.compare(this, other);
    }

    private List<String> milestoneTexts() {
        return milestones.stream().map(date -> date.orElse("")).toList();
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

    private static void checkSites(List<RegisterSite> sites, List<String> places) {
        if (sites.size() > MAX_SITES) {
            throw new MalformedException("a row has at most " + MAX_SITES + " sites, not " + sites.size());
        }
        for (int i = 0; i < sites.size(); i++) {
            if (i > 0 && sites.get(i - 1).compareTo(sites.get(i)) > 0) {
                throw new MalformedException("sites are listed in ascending order; site " + i + " is out of place");
            }
            if (!places.contains(sites.get(i).place())) {
                throw new MalformedException(
                        "a site is in \"" + sites.get(i).place() + "\", which is not among places");
            }
        }
    }

    private static <T extends Comparable<T>> int compareListsOfLists(List<List<T>> a, List<List<T>> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compareLists(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
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
