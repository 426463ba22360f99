package se.samsyn.node.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.node.Json;
import se.samsyn.protocol.MalformedException;

/**
 * A record as the node keeps it, as JSON by its natural key: the cells by column name, each as its form gives it. What is not known is not
 * there.
 *
 * @param key what tells this record from all others of its kind
 */
record StoredRecord(String key, SortedMap<String, String> cells) {
    StoredRecord {
        cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    }

    /** A cell; empty if it is not known. */
    String get(String column) {
        return cells.getOrDefault(column, "");
    }

    byte[] encode() {
        return Json.encode(cells);
    }

    /**
     * The cells of a stored record, of whatever kind.
     *
     * @throws MalformedException if they are not texts by name
     */
    static SortedMap<String, String> parseCells(byte[] json) {
        JsonNode object = Json.parse(json);
        if (!object.isObject()) {
            throw new MalformedException("a record is a JSON object");
        }
        SortedMap<String, String> cells = new TreeMap<>();
        object.properties().forEach(cell -> {
            if (!cell.getValue().isTextual()) {
                throw new MalformedException("a record's " + cell.getKey() + " is no text");
            }
            cells.put(cell.getKey(), cell.getValue().textValue());
        });
        return cells;
    }
}
