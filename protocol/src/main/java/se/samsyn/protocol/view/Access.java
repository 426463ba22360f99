package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.statistic.Bounds;
import se.samsyn.protocol.statistic.Gini;
import se.samsyn.protocol.statistic.Rate;

/**
 * Figures for each 100,000 inhabitants of the places that the rows are divided by, of all of them together, and the inequality between the
 * places. What is of no known place has no rate.
 */
final class Access {
    private final NationalView view;
    private final List<String> measures;
    private final int placeAxis;

    Access(NationalView view, List<String> measures) {
        this.view = view;
        this.measures = measures;
        this.placeAxis = placeAxis(view.axes);
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
                OptionalLong inhabitants = place(group).inhabitants();
                if (inhabitants.isPresent() && view.hasRow(period, group)) {
                    writeRow(rows.addObject(), period, group, inhabitants.getAsLong());
                }
            }
            writeTotal(totals.addObject(), period);
        }
    }

    private void writeRow(ObjectNode row, int period, int group, long inhabitants) {
        row.put("period", view.periods.get(period).toString());
        String[] codes = Axis.codesOf(view.axes, group);
        for (int i = 0; i < codes.length; i++) {
            row.put(view.axes.get(i).name(), codes[i]);
        }
        row.put("inhabitants", inhabitants);
        ObjectNode values = row.putObject("values");
        for (int measure = 0; measure < measures.size(); measure++) {
            Bounds number = view.cell(period, group, measure).bounds();
            values.set(measures.get(measure), Derivation.json(Rate.of(number, inhabitants)));
        }
    }

    private void writeTotal(ObjectNode row, int period) {
        long inhabitants = view.axes.get(placeAxis).codes().stream()
                .mapToLong(code -> code.inhabitants().orElse(0))
                .sum();
        row.put("period", view.periods.get(period).toString());
        row.put("inhabitants", inhabitants);
        ObjectNode values = row.putObject("values");
        ObjectNode gini = row.putObject("gini");
        for (int measure = 0; measure < measures.size(); measure++) {
            Bounds number = view.total(period, measure).bounds();
            values.set(measures.get(measure), Derivation.json(Rate.of(number, inhabitants)));
            String name = measures.get(measure);
            shares(period, measure)
                    .flatMap(Gini::of)
                    .ifPresent(coefficient -> gini.put(name, Derivation.text(coefficient)));
        }
    }

    /** What each place has, where every place's figure is known. */
    private Optional<List<Gini.Share>> shares(int period, int measure) {
        List<Code> places = view.axes.get(placeAxis).codes();
        long[] amounts = new long[places.size()];
        for (int group = 0; group < view.figures.groups; group++) {
            int place = placeIndex(group);
            Bounds number = view.cell(period, group, measure).bounds();
            if (!number.isExact()) {
                return Optional.empty();
            }
            amounts[place] += number.low();
        }
        List<Gini.Share> shares = new ArrayList<>();
        for (int place = 0; place < amounts.length; place++) {
            OptionalLong inhabitants = places.get(place).inhabitants();
            if (inhabitants.isPresent()) {
                shares.add(new Gini.Share(amounts[place], inhabitants.getAsLong()));
            }
        }
        return Optional.of(shares);
    }

    private Code place(int group) {
        return view.axes.get(placeAxis).codes().get(placeIndex(group));
    }

    private int placeIndex(int group) {
        int rest = group;
        for (int axis = view.axes.size() - 1; axis > placeAxis; axis--) {
            rest /= view.axes.get(axis).codes().size();
        }
        return rest % view.axes.get(placeAxis).codes().size();
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
