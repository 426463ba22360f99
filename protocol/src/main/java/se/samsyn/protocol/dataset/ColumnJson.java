package se.samsyn.protocol.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The JSON of a column, both ways; the schema has checked the form before any field is read. */
final class ColumnJson {
    private ColumnJson() {}

    static Column read(JsonNode json) {
        return new Column(
                json.get("name").textValue(),
                json.get("field").textValue(),
                ColumnType.parse(json.get("type").textValue()),
                Optional.ofNullable(json.get("codes")).map(CodeListJson::readResolved));
    }

    static ObjectNode write(Column column) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", column.name())
                .put("field", column.field())
                .put("type", column.type().word());
        column.codes().ifPresent(codes -> json.set("codes", CodeListJson.write(codes)));
        return json;
    }
}
