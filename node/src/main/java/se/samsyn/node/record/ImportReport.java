package se.samsyn.node.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import se.samsyn.node.Json;

/**
 * What an import did.
 *
 * @param rows rows in the file, without the header
 * @param added records that are new
 * @param changed records that were there with other content
 * @param unchanged records that were there just so
 * @param duplicates rows that repeat an earlier row of the file
 */
public record ImportReport(
        RecordKind kind, long rows, long added, long changed, long unchanged, long duplicates, List<Warning> warnings) {
    public ImportReport {
        warnings = List.copyOf(warnings);
        if (rows != added + changed + unchanged + duplicates) {
            throw new IllegalArgumentException("the report loses rows: " + rows + " are not " + added + " + " + changed
                    + " + " + unchanged + " + " + duplicates);
        }
    }

    /** For the API: the counts by name, and warnings with column, value, meaning and count. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object()
                .put("record", kind.wireName())
                .put("rows", rows)
                .put("added", added)
                .put("changed", changed)
                .put("unchanged", unchanged)
                .put("duplicates", duplicates);
        json.set("warnings", Warning.toJson(warnings));
        return json;
    }

    /** For people: the counts on one line, then one line a warning. */
    public String toText() {
        StringBuilder text = new StringBuilder(kind + ": " + rows + " rows; " + added + " added, " + changed
                + " changed, " + unchanged + " unchanged, " + duplicates + " repeated\n");
        warnings.forEach(
                warning -> text.append("  warning: ").append(warning.toText()).append('\n'));
        return text.toString();
    }
}
