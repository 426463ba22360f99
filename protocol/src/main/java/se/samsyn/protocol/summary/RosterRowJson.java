package se.samsyn.protocol.summary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Column;
import se.samsyn.protocol.dataset.ColumnType;
import se.samsyn.protocol.dataset.RosterRule;

/** The JSON of a roster's row, both ways, in bodies and in views: what is not known is not there. */
public final class RosterRowJson {
    private static final String ID = "id";

    private RosterRowJson() {}

    static RosterRow read(JsonNode json, RosterRule rule) {
        Set<String> known = new HashSet<>(Set.of(ID));
        rule.columns().forEach(column -> known.add(column.name()));
        rule.places().ifPresent(places -> known.add(places.name()));
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new MalformedException("a row has \"" + name + "\", which the roster does not tell");
            }
        });
        return new RosterRow(
                json.get(ID).textValue(),
                rule.columns().stream().map(column -> cell(json, column)).toList(),
                rule.places()
                        .flatMap(places ->
                                Optional.ofNullable(json.get(places.name())).map(JsonNode::textValue)));
    }

    private static List<String> cell(JsonNode json, Column column) {
        JsonNode value = json.get(column.name());
        if (value == null) {
            return List.of();
        }
        boolean right = column.type().isMany()
                ? value.isArray()
                : column.type() == ColumnType.NUMBER ? value.isIntegralNumber() : value.isTextual();
        if (!right) {
            throw new MalformedException("a row's " + column.name() + " is of another form than type "
                    + column.type().word());
        }
        if (!value.isArray()) {
            return List.of(value.asText());
        }
        List<String> values = new ArrayList<>();
        value.forEach(one -> values.add(one.asText()));
        return values;
    }

    /** Writes what a row tells. */
    public static void write(ObjectNode json, RosterRow row, RosterRule rule) {
        json.put(ID, row.id());
        for (int i = 0; i < rule.columns().size(); i++) {
            Column column = rule.columns().get(i);
            List<String> cell = row.cells().get(i);
            if (cell.isEmpty()) {
                continue;
            }
            if (column.type().isMany()) {
                cell.forEach(json.putArray(column.name())::add);
            } else if (column.type() == ColumnType.NUMBER) {
                json.put(column.name(), Long.parseLong(cell.get(0)));
            } else {
                json.put(column.name(), cell.get(0));
            }
        }
        rule.places().ifPresent(places -> json.put(places.name(), row.place().orElseThrow()));
    }
}
