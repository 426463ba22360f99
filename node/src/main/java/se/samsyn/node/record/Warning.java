package se.samsyn.node.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import se.samsyn.node.Json;

/**
 * Something in a file that was imported, and that somebody should look at.
 *
 * @param column the column it stands in
 * @param value what stands there, shortened; empty where it is about no one value
 * @param meaning what became of it, and what can be done
 * @param count on how many rows
 */
public record Warning(String column, String value, String meaning, long count) {
    public Warning {
        value = Fault.shown(value);
    }

    /** The warning as a line for people. */
    public String toText() {
        return column + (value.isEmpty() ? "" : " \"" + value + "\"") + ", " + count
                + (count == 1 ? " row: " : " rows: ") + meaning;
    }

    /** For the API: column, value, meaning and count of each. */
    static ArrayNode toJson(List<Warning> warnings) {
        ArrayNode list = Json.array();
        warnings.forEach(warning -> list.addObject()
                .put("column", warning.column())
                .put("value", warning.value())
                .put("meaning", warning.meaning())
                .put("count", warning.count()));
        return list;
    }
}
