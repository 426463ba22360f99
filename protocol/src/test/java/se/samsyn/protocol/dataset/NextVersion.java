package se.samsyn.protocol.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import se.samsyn.protocol.json.CanonicalJson;

/** Next versions of definitions, made by changing the JSON of the one before, and what such changes need. */
public final class NextVersion {
    private NextVersion() {}

    /** The same dataset in the version that follows, with a change. */
    public static DatasetDefinition of(DatasetDefinition definition, Consumer<ObjectNode> change) {
        ObjectNode json = (ObjectNode) CanonicalJson.parse(definition.encode());
        json.put("version", definition.version() + 1);
        change.accept(json);
        return DatasetDefinition.parse(CanonicalJson.encode(json));
    }

    /** The list in the place of a path, turned around. */
    public static void reverse(ObjectNode json, String path) {
        ArrayNode list = (ArrayNode) json.at(path);
        List<JsonNode> entries = new ArrayList<>();
        list.forEach(entry -> entries.add(0, entry));
        list.removeAll();
        list.addAll(entries);
    }

    /** Takes the entry with a name, or a code, out of a list. */
    public static void remove(ObjectNode json, String path, String name) {
        ArrayNode list = (ArrayNode) json.at(path);
        for (int i = 0; i < list.size(); i++) {
            JsonNode entry = list.get(i);
            if (name.equals(
                    entry.isTextual()
                            ? entry.asText()
                            : entry.path("name").asText(entry.path("code").asText()))) {
                list.remove(i);
                return;
            }
        }
        throw new AssertionError("there is no " + name + " in " + list);
    }

    /** Puts JSON first into a list. */
    public static void add(ObjectNode json, String path, String entry) {
        ((ArrayNode) json.at(path)).insert(0, CanonicalJson.parse(TestDefinitions.bytes(entry)));
    }

    /** JSON of a code. */
    public static String code(String code) {
        return "{\"code\":\"" + code + "\",\"label\":{\"sv\":\"" + code + "\",\"en\":\"" + code + "\"}}";
    }

    /** Calls everything that has a label otherwise. */
    public static void relabel(ObjectNode json, String path) {
        json.at(path)
                .forEach(code -> ((ObjectNode) code.path("label"))
                        .put("sv", "nytt " + code.path("code").asText()));
    }
}
