package se.samsyn.node.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.node.Json;
import se.samsyn.node.protect.CellExplanation;
import se.samsyn.node.protect.Draft;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.CellValue;
import se.samsyn.protocol.summary.Roster;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/** Drafts and their differences as JSON, for the release officer. */
final class DraftJson {
    private static final String AT = "at";
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private DraftJson() {}

    /** What the codes and values of each table stand for, in their order. */
    static void columns(ObjectNode json, DatasetDefinition definition) {
        ObjectNode columns = json.putObject("columns");
        for (Table table : definition.tables()) {
            ObjectNode one = columns.putObject(table.name());
            table.dimensions().stream().map(Dimension::name).forEach(one.putArray("dimensions")::add);
            table.measures().stream().map(Measure::name).forEach(one.putArray("measures")::add);
        }
    }

    /** What would leave, as a body has it, and why each cell that holds records is as it is. */
    static void content(ObjectNode json, PeriodDraft period, Draft draft) {
        json.set("body", period.json(draft.content()));
        ArrayNode explanations = json.putArray("explanations");
        for (CellExplanation cell : draft.explanations()) {
            ObjectNode one = explanations.addObject().put("table", cell.table());
            cell.codes().forEach(one.putArray(AT)::add);
            one.put("reason", cell.reason().words());
        }
    }

    /** What differs between the last release, if it is there, and what would be released. */
    static void difference(ObjectNode json, PeriodDraft period, Optional<Summary> released, SummaryContent now) {
        json.put("released", released.isPresent());
        Optional<SummaryContent> before = released.map(Summary::content);
        if (now instanceof Tables tables) {
            ObjectNode differences = json.putObject("tables");
            for (TableValues after : tables.tables()) {
                Optional<TableValues> earlier = before.filter(Tables.class::isInstance)
                        .map(Tables.class::cast)
                        .flatMap(old -> old.table(after.table().name()));
                table(differences.putObject(after.table().name()), earlier, after);
            }
        } else {
            boolean isRoster = now instanceof Roster;
            String field = isRoster ? "roster" : "register";
            rows(
                    json.putObject(field),
                    before.map(period::json).map(body -> body.path(field)),
                    period.json(now).path(field),
                    isRoster ? "id" : "ids");
        }
    }

    private static void table(ObjectNode json, Optional<TableValues> before, TableValues after) {
        TreeSet<Integer> positions = new TreeSet<>();
        for (int position = 0; position < after.table().shape().cells(); position++) {
            JsonNode old = value(before, position);
            if (!old.equals(value(Optional.of(after), position))) {
                positions.add(position);
            }
        }
        json.set("total", change(total(before), total(Optional.of(after))));
        ArrayNode cells = json.putArray("cells");
        for (int position : positions) {
            ObjectNode cell = change(value(before, position), value(Optional.of(after), position));
            after.table().shape().codes(position).forEach(cell.putArray(AT)::add);
            cells.add(cell);
        }
    }

    private static ObjectNode change(JsonNode before, JsonNode after) {
        return Json.object().<ObjectNode>set(BEFORE, before).set(AFTER, after);
    }

    /** A cell's values, or the word for what is told instead. */
    private static JsonNode value(Optional<TableValues> table, int position) {
        if (table.isEmpty()) {
            return Json.tree("nothing released");
        }
        CellValue cell = table.get().at(position);
        if (cell instanceof CellValue.Exact exact) {
            return values(exact.values());
        }
        return Json.tree(cell instanceof CellValue.Pooled ? "pooled" : "withheld");
    }

    private static JsonNode total(Optional<TableValues> table) {
        return table.isEmpty()
                ? Json.tree("nothing released")
                : table.get().total().map(DraftJson::values).orElseGet(() -> Json.tree("withheld"));
    }

    private static JsonNode values(Values values) {
        return Json.tree(values.toArray());
    }

    /**
     * A row that has the name of another that is gone is that one, changed.
     *
     * @param name the field with a row's name or numbers
     */
    private static void rows(ObjectNode json, Optional<JsonNode> before, JsonNode after, String name) {
        List<JsonNode> old = rows(before.orElseGet(Json::object));
        List<JsonNode> now = rows(after);
        List<JsonNode> gone = new ArrayList<>(old);
        gone.removeAll(Set.copyOf(now));
        now.removeAll(Set.copyOf(old));
        ArrayNode added = json.putArray("added");
        ArrayNode changed = json.putArray("changed");
        ArrayNode removed = json.putArray("removed");
        for (JsonNode row : now) {
            Optional<JsonNode> earlier = gone.stream()
                    .filter(each -> each.get(name).equals(row.get(name)))
                    .findFirst();
            if (earlier.isPresent()) {
                gone.remove(earlier.get());
                changed.add(change(earlier.get(), row));
            } else {
                added.add(row);
            }
        }
        gone.forEach(removed::add);
    }

    private static List<JsonNode> rows(JsonNode array) {
        List<JsonNode> rows = new ArrayList<>();
        array.forEach(rows::add);
        return rows;
    }
}
