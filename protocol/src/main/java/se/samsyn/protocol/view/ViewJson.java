package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;

/** The JSON of a national view; the package's description and {@code view.schema.json} say what it holds. */
final class ViewJson {
    private final NationalView view;
    private final List<Measure> measures;

    ViewJson(NationalView view) {
        this.view = view;
        this.measures = view.query
                .table()
                .flatMap(view.definition::table)
                .map(Table::measures)
                .orElse(List.of());
    }

    ObjectNode write() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dataset", view.definition.dataset());
        json.put("definition", view.versions.newestHash().toHex());
        labels(json.putObject("title"), view.definition.title());
        json.put("current", view.current);
        json.set("query", view.query.json());
        json.set("basis", view.basis.json());
        new MemberJson(view).write(json);
        view.breaks.write(json, view.versions);
        writeMeasures(json.putArray("measures"));
        ArrayNode periods = json.putArray("periods");
        view.periods.forEach(period -> periods.add(period.toString()));
        writeCodes(json);
        writeRows(json.putArray("rows"));
        writeTotals(json.putArray("totals"));
        view.definition.roster().ifPresent(rule -> {
            ArrayNode list = json.putArray("list");
            view.listed.forEach(row -> row.write(list.addObject(), rule));
        });
        view.query.derive().ifPresent(derivation -> json.set("derived", derivation.json(view, names())));
        if (view.definition.register().isPresent()) {
            ConflictJson.write(json.putObject("conflicts"), view.disputed);
        }
        ViewNotes.write(json.putArray("notes"), view);
        return json;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void writeMeasures(ArrayNode array) {
        for (Measure measure : measures) {
            array.addObject()
                    .put("name", measure.name())
                    .put("aggregate", measure.aggregate().word())
                    .put("addsOverPeriods", measure.aggregate() != Aggregate.DISTINCT);
        }
        if (measures.isEmpty()) {
            array.addObject()
                    .put("name", view.definition.counts())
                    .put("aggregate", Aggregate.COUNT.word())
                    .put("addsOverPeriods", true);
        }
    }

    private void writeCodes(ObjectNode json) {
        ArrayNode dimensions = json.putArray("dimensions");
        ObjectNode codes = json.putObject("codes");
        for (Axis axis : view.axes) {
            dimensions.add(axis.name());
            ArrayNode array = codes.putArray(axis.name());
            for (Code code : axis.codes()) {
                ObjectNode one = array.addObject().put("code", code.code());
                labels(one.putObject("label"), code.label());
            }
        }
    }

    private void writeRows(ArrayNode array) {
        for (int period = 0; period < view.periods.size(); period++) {
            for (int group = 0; group < view.figures.groups; group++) {
                if (view.hasRow(period, group)) {
                    ObjectNode row = array.addObject()
                            .put("period", view.periods.get(period).toString());
                    String[] codes = Axis.codesOf(view.axes, group);
                    for (int i = 0; i < codes.length; i++) {
                        row.put(view.axes.get(i).name(), codes[i]);
                    }
                    writeValues(row.putObject("values"), period, group);
                    int cell = period * view.figures.groups + group;
                    writeStates(row.putObject("states"), period, view.figures.pooledBy[cell]);
                }
            }
        }
    }

    private void writeTotals(ArrayNode array) {
        for (int period = 0; period < view.periods.size(); period++) {
            ObjectNode row =
                    array.addObject().put("period", view.periods.get(period).toString());
            ObjectNode values = row.putObject("values");
            for (int measure = 0; measure < view.figures.measures; measure++) {
                values.set(name(measure), view.total(period, measure).json());
            }
            writeStates(row.putObject("states"), period, Integer.MAX_VALUE);
            int at = period;
            view.definition
                    .population()
                    .ifPresent(places -> row.put("inhabitantsTold", view.inhabitantsTold(at, places)));
        }
    }

    private void writeValues(ObjectNode values, int period, int group) {
        for (int measure = 0; measure < view.figures.measures; measure++) {
            values.set(name(measure), view.cell(period, group, measure).json());
        }
    }

    /** How many members are in each state: one that pooled other cells than this reported this one. */
    private void writeStates(ObjectNode states, int period, int pooledBy) {
        Map<MemberState, Integer> counts = new TreeMap<>();
        int pooled = 0;
        for (MemberPart part : view.parts) {
            MemberState state = part.standings().get(period).state();
            if (state == MemberState.POOLED && ++pooled > pooledBy) {
                state = MemberState.REPORTED;
            }
            counts.merge(state, 1, Integer::sum);
        }
        counts.forEach((state, count) -> states.put(state.word(), count));
    }

    private List<String> names() {
        return IntStream.range(0, view.figures.measures).mapToObj(this::name).toList();
    }

    private String name(int measure) {
        return measures.isEmpty()
                ? view.definition.counts()
                : measures.get(measure).name();
    }

    private static void labels(ObjectNode json, Map<String, String> labels) {
        labels.forEach(json::put);
    }
}
