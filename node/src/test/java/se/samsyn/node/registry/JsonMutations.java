package se.samsyn.node.registry;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A document once with each small fault at each of its places. */
final class JsonMutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A document with one fault, and where and which that is. */
    record Mutation(String pointer, String fault, JsonNode document) {}

    private JsonMutations() {}

    static List<Mutation> of(JsonNode document) {
        List<Mutation> mutations = new ArrayList<>();
        for (String pointer : pointers("", document)) {
            JsonNode value = document.at(pointer);
            for (JsonNode other : List.of(
                    JSON.textNode("något annat"),
                    JSON.textNode(""),
                    JSON.numberNode(7),
                    JSON.numberNode(-7),
                    JSON.numberNode(1.5),
                    JSON.booleanNode(true),
                    JSON.nullNode(),
                    JSON.arrayNode(),
                    JSON.arrayNode().add("text"),
                    JSON.objectNode(),
                    JSON.objectNode().put("okänt", 1),
                    JSON.textNode("2024-02-30"),
                    JSON.textNode("2024-02-03T10:00:00Z"))) {
                mutations.add(new Mutation(pointer, "is " + other, with(document, pointer, other)));
            }
            mutations.add(new Mutation(pointer, "is gone", without(document, pointer)));
            if (value.isObject()) {
                mutations.add(new Mutation(
                        pointer,
                        "has a stranger",
                        with(document, pointer, ((ObjectNode) value.deepCopy()).put("okänt", "x"))));
            }
            if (value.isArray() && !value.isEmpty()) {
                mutations.add(new Mutation(
                        pointer,
                        "is doubled",
                        with(document, pointer, ((ArrayNode) value.deepCopy()).add(value.get(0)))));
            }
            if (value.isTextual()) {
                mutations.add(new Mutation(
                        pointer, "has a tail", with(document, pointer, JSON.textNode(value.textValue() + "x"))));
            }
        }
        return mutations;
    }

    static JsonNode with(JsonNode document, String pointer, JsonNode value) {
        JsonNode copy = document.deepCopy();
        JsonPointer way = JsonPointer.compile(pointer);
        JsonNode parent = copy.at(way.head());
        if (parent instanceof ArrayNode array) {
            array.set(way.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(way.last().getMatchingProperty(), value);
        }
        return copy;
    }

    static JsonNode without(JsonNode document, String pointer) {
        JsonNode copy = document.deepCopy();
        JsonPointer way = JsonPointer.compile(pointer);
        JsonNode parent = copy.at(way.head());
        if (parent instanceof ArrayNode array) {
            array.remove(way.last().getMatchingIndex());
        } else {
            ((ObjectNode) parent).remove(way.last().getMatchingProperty());
        }
        return copy;
    }

    private static List<String> pointers(String at, JsonNode node) {
        List<String> pointers = new ArrayList<>();
        if (!at.isEmpty()) {
            pointers.add(at);
        }
        node.properties().forEach(member -> pointers.addAll(pointers(at + "/" + member.getKey(), member.getValue())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers.addAll(pointers(at + "/" + i, node.get(i)));
        }
        return pointers;
    }
}
