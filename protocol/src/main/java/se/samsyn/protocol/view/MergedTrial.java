package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.Step;
import se.samsyn.protocol.dataset.TrialYear;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.RegisterSite;

/**
 * One trial as all members together know it.
 *
 * @param ids every number that a row gives it, ascending
 * @param year of the start that counts, or from the numbers
 * @param start that counts, where a row knows one
 * @param end its end date, where a row knows one
 * @param attributes one code an attribute of the register, in its order
 * @param terms for each term of the register, in its order, the codes that any row gives it, ascending
 * @param milestones for each milestone of the register, in its order, its date, where a row knows one
 * @param sites all its sites, ascending
 * @param places where it has sites, ascending; {@code -} alone if no row knows
 * @param conflicts the facts on which its rows disagree
 */
record MergedTrial(
        List<RegistryNumber> ids,
        TrialYear year,
        Optional<String> start,
        Optional<String> end,
        List<String> attributes,
        List<List<String>> terms,
        List<Optional<String>> milestones,
        List<RegisterSite> sites,
        List<String> places,
        List<Conflict> conflicts) {

    /** Numbers of one trial that are listed. */
    static final int MAX_IDS_LISTED = 16;

    /** Unites the rows of one trial; in whatever order they are given, the result is the same. */
    static MergedTrial of(RegisterRule rule, Collection<SourceRow> rows) {
        List<SourceRow> ordered =
                rows.stream().distinct().sorted(SourceRow.PRECEDENCE).toList();
        SortedSet<RegistryNumber> ids = new TreeSet<>();
        SortedSet<String> places = new TreeSet<>();
        for (SourceRow source : ordered) {
            ids.addAll(source.row().ids());
            places.addAll(source.row().places());
        }
        if (places.size() > 1) {
            places.remove(CodeList.UNKNOWN_PLACE);
        }
        List<Conflict> conflicts = new ArrayList<>();
        Optional<String> start = date(Conflict.START, RegisterRow::start, ordered, conflicts);
        Optional<String> end = date(Conflict.END, RegisterRow::end, ordered, conflicts);
        List<String> attributes = new ArrayList<>();
        for (int i = 0; i < rule.attributes().size(); i++) {
            attributes.add(attribute(rule.attributes().get(i), i, ordered, conflicts));
        }
        List<Optional<String>> milestones = new ArrayList<>();
        for (int i = 0; i < rule.milestones().size(); i++) {
            int index = i;
            String name = rule.milestones().get(i).name();
            milestones.add(date(name, row -> row.milestones().get(index), ordered, conflicts));
        }
        return new MergedTrial(
                List.copyOf(ids),
                TrialYear.of(start, ids),
                start,
                end,
                List.copyOf(attributes),
                terms(rule, ordered),
                List.copyOf(milestones),
                ordered.stream()
                        .flatMap(source -> source.row().sites().stream())
                        .sorted()
                        .toList(),
                List.copyOf(places),
                List.copyOf(conflicts));
    }

    /** The date of a milestone of the register, of {@link Step#START} or of {@link Step#END}. */
    Optional<String> date(RegisterRule rule, String name) {
        if (name.equals(Step.START)) {
            return start;
        }
        if (name.equals(Step.END)) {
            return end;
        }
        return milestones.get(
                rule.milestones().stream().map(Column::name).toList().indexOf(name));
    }

    /** Writes the first of its numbers into {@code ids}. */
    void writeIds(ObjectNode json) {
        ArrayNode array = json.putArray("ids");
        ids.stream().limit(MAX_IDS_LISTED).forEach(id -> array.add(id.toString()));
    }

    private static Optional<String> date(
            String name,
            Function<RegisterRow, Optional<String>> dateOf,
            List<SourceRow> ordered,
            List<Conflict> conflicts) {
        Function<SourceRow, Optional<String>> date = source -> dateOf.apply(source.row());
        SortedMap<String, SortedSet<String>> dates = known(ordered, date);
        Optional<String> taken = first(ordered, date);
        if (taken.isPresent() && !areOneDate(dates)) {
            conflicts.add(new Conflict(name, taken.get(), dates));
        }
        return taken;
    }

    /** What different rows say of one trial is true together: it may be about several conditions. */
    private static List<List<String>> terms(RegisterRule rule, List<SourceRow> ordered) {
        List<List<String>> terms = new ArrayList<>();
        for (int term = 0; term < rule.terms().size(); term++) {
            SortedSet<String> codes = new TreeSet<>();
            for (SourceRow source : ordered) {
                codes.addAll(source.row().terms().get(term));
            }
            terms.add(List.copyOf(codes));
        }
        return List.copyOf(terms);
    }

    private static String attribute(Dimension dimension, int index, List<SourceRow> ordered, List<Conflict> conflicts) {
        Function<SourceRow, Optional<String>> code = source ->
                Optional.of(source.row().attributes().get(index)).filter(one -> !one.equals(CodeList.UNKNOWN));
        Optional<String> taken = first(ordered, code);
        SortedMap<String, SortedSet<String>> codes = known(ordered, code);
        if (codes.size() > 1 && taken.isPresent()) {
            conflicts.add(new Conflict(dimension.name(), taken.get(), codes));
        }
        return taken.orElse(CodeList.UNKNOWN);
    }

    private static Optional<String> first(List<SourceRow> ordered, Function<SourceRow, Optional<String>> fact) {
        return ordered.stream().map(fact).flatMap(Optional::stream).findFirst();
    }

    private static SortedMap<String, SortedSet<String>> known(
            List<SourceRow> ordered, Function<SourceRow, Optional<String>> fact) {
        SortedMap<String, SortedSet<String>> nodesByValue = new TreeMap<>();
        for (SourceRow source : ordered) {
            fact.apply(source)
                    .ifPresent(value -> nodesByValue
                            .computeIfAbsent(value, key -> new TreeSet<>())
                            .add(source.node()));
        }
        return nodesByValue;
    }

    /**
     * Whether dates differ in how exact they are and in nothing else: each, sorted as text, begins with the one before
     * it.
     */
    private static boolean areOneDate(SortedMap<String, SortedSet<String>> starts) {
        String before = "";
        for (String start : starts.keySet()) {
            if (!start.startsWith(before)) {
                return false;
            }
            before = start;
        }
        return true;
    }
}
