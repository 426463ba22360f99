package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.statistic.Gini;
import se.samsyn.protocol.statistic.Rate;

/**
 * Figures for each 100,000 inhabitants of the places that the rows are divided by, of all of them together, and the inequality between the
 * places. A place that lies within another has no row of its own: what it has is the other's, so that nobody counts twice. What is of no
 * known place has no rate.
 */
final class Access {
    private final NationalView view;
    private final List<String> measures;
    private final int placeAxis;
    private final List<Code> places;
    /** How far the groups of two neighbouring places are apart. */
    private final int stride;

    Access(NationalView view, List<String> measures) {
        this.view = view;
        this.measures = measures;
        this.placeAxis = placeAxis(view.axes);
        this.places = view.axes.get(placeAxis).codes();
        this.stride = view.axes.subList(placeAxis + 1, view.axes.size()).stream()
                .mapToInt(axis -> axis.codes().size())
                .reduce(1, Math::multiplyExact);
    }

    /**
     * Insists on rows by places of which it is known how many people live there.
     *
     * @throws MalformedException if there are none
     */
    static void check(DatasetDefinition definition, ViewQuery query) {
        Stream<CodeList> divided = query.byRegion()
                ? definition.register().stream().map(rule -> rule.places().codes())
                : query.table().flatMap(definition::table).stream()
                        .flatMap(table -> table.dimensions().stream())
                        .map(Dimension::codes);
        if (divided.noneMatch(codes -> codes.countedOn().isPresent())) {
            throw new MalformedException("derive=access needs rows by region: "
                    + (definition.register().isPresent()
                            ? "add by=" + definition.register().get().places().name()
                            : "ask for a table with a dimension of regions"));
        }
    }

    void write(ObjectNode json) {
        json.put("per", Rate.PER);
        ArrayNode rows = json.putArray("rows");
        ArrayNode totals = json.putArray("totals");
        for (int period = 0; period < view.periods.size(); period++) {
            for (int group = 0; group < view.figures.groups; group++) {
                if (isCountedApart(placeOf(group)) && hasRow(period, group)) {
                    writeRow(rows.addObject(), period, group);
                }
            }
            writeTotal(totals.addObject(), period);
        }
    }

    private void writeRow(ObjectNode row, int period, int group) {
        long inhabitants = placeOf(group).inhabitants().orElseThrow();
        row.put("period", view.periods.get(period).toString());
        String[] codes = Axis.codesOf(view.axes, group);
        for (int i = 0; i < codes.length; i++) {
            row.put(view.axes.get(i).name(), codes[i]);
        }
        row.put("inhabitants", inhabitants);
        ObjectNode values = row.putObject("values");
        for (int measure = 0; measure < measures.size(); measure++) {
            values.set(
                    measures.get(measure),
                    Rate.of(figure(period, group, measure), inhabitants).json());
        }
    }

    private void writeTotal(ObjectNode row, int period) {
        long inhabitants = places.stream()
                .filter(this::isCountedApart)
                .mapToLong(code -> code.inhabitants().orElseThrow())
                .sum();
        row.put("period", view.periods.get(period).toString());
        row.put("inhabitants", inhabitants);
        ObjectNode values = row.putObject("values");
        ObjectNode gini = row.putObject("gini");
        for (int measure = 0; measure < measures.size(); measure++) {
            String name = measures.get(measure);
            values.set(name, Rate.of(view.total(period, measure), inhabitants).json());
            shares(period, measure)
                    .flatMap(Gini::of)
                    .ifPresent(coefficient -> gini.put(name, coefficient.toPlainString()));
        }
    }

    /** What each place has, where every place's figure is known. */
    private Optional<List<Gini.Share>> shares(int period, int measure) {
        long[] amounts = new long[places.size()];
        for (int group = 0; group < view.figures.groups; group++) {
            Figure number = view.cell(period, group, measure);
            if (!number.isExact()) {
                return Optional.empty();
            }
            amounts[placeIndex(top(placeOf(group)))] += number.low();
        }
        return Optional.of(IntStream.range(0, amounts.length)
                .filter(place -> isCountedApart(places.get(place)))
                .mapToObj(place -> new Gini.Share(
                        amounts[place], places.get(place).inhabitants().orElseThrow()))
                .toList());
    }

    /** Whether people live there who are not counted in another place. */
    private boolean isCountedApart(Code place) {
        return place.inhabitants().isPresent() && top(place).equals(place);
    }

    /** Whether there is anything to show of a place or of those within it. */
    private boolean hasRow(int period, int group) {
        return groupsWithin(group).anyMatch(one -> view.hasRow(period, one));
    }

    /** What a place has together with those within it. */
    private Figure figure(int period, int group, int measure) {
        return groupsWithin(group)
                .mapToObj(one -> view.cell(period, one, measure))
                .reduce(Figure::plus)
                .orElseThrow();
    }

    /** The groups of a place and of those within it that agree in all else. */
    private IntStream groupsWithin(int group) {
        Code place = placeOf(group);
        int first = group - placeIndex(place) * stride;
        return IntStream.range(0, places.size())
                .filter(index -> top(places.get(index)).equals(place))
                .map(index -> first + index * stride);
    }

    /** The place that a place lies within, where that is divided by too; else itself. */
    private Code top(Code place) {
        return place.parent()
                .flatMap(parent -> places.stream()
                        .filter(other -> other.code().equals(parent))
                        .findFirst())
                .map(this::top)
                .orElse(place);
    }

    private Code placeOf(int group) {
        return places.get(group / stride % places.size());
    }

    private int placeIndex(Code place) {
        return places.indexOf(place);
    }

    /** The first axis of places whose inhabitants were counted. */
    private static int placeAxis(List<Axis> axes) {
        for (int axis = 0; axis < axes.size(); axis++) {
            if (axes.get(axis).codes().stream()
                    .anyMatch(code -> code.inhabitants().isPresent())) {
                return axis;
            }
        }
        throw new IllegalStateException("the query was checked to have rows by region");
    }
}
