package se.samsyn.protocol.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;

/** The JSON of a code list, both ways; a schema has checked the form before any field is read. */
final class CodeListJson {
    private static final String COUNTED_ON = "countedOn";
    private static final String INHABITANTS = "inhabitants";
    private static final String UP_TO = "upTo";

    private CodeListJson() {}

    /**
     * Reads the code list of a resolved definition.
     *
     * @throws MalformedException if there is only the name of one
     */
    static CodeList readResolved(JsonNode codes) {
        if (codes.isTextual()) {
            throw new MalformedException("the definition is not resolved: it names the code list " + codes.textValue()
                    + " instead of holding it");
        }
        return read(codes);
    }

    static CodeList read(JsonNode json) {
        if (json.has(UP_TO)) {
            return CodeList.numbers(
                    json.get("name").textValue(), json.get(UP_TO).intValue());
        }
        List<Code> codes = new ArrayList<>();
        for (JsonNode code : json.get("codes")) {
            codes.add(new Code(
                    code.get("code").textValue(),
                    labels(code.get("label")),
                    Optional.ofNullable(code.get("parent")).map(JsonNode::textValue),
                    code.has(INHABITANTS)
                            ? OptionalLong.of(code.get(INHABITANTS).longValue())
                            : OptionalLong.empty()));
        }
        return new CodeList(
                json.get("name").textValue(),
                codes,
                Optional.ofNullable(json.get(COUNTED_ON)).map(day -> day(day.textValue())));
    }

    static ObjectNode write(CodeList list) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", list.name());
        if (list.upTo().isPresent()) {
            return json.put(UP_TO, list.upTo().getAsInt());
        }
        list.countedOn().ifPresent(day -> json.put(COUNTED_ON, day.toString()));
        ArrayNode codes = json.putArray("codes");
        for (Code code : list.codes()) {
            ObjectNode one = codes.addObject().put("code", code.code());
            one.set("label", labels(code.label()));
            code.parent().ifPresent(parent -> one.put("parent", parent));
            code.inhabitants().ifPresent(people -> one.put(INHABITANTS, people));
        }
        return json;
    }

    static ObjectNode labels(Map<String, String> labels) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(labels).forEach(json::put);
        return json;
    }

    static Map<String, String> labels(JsonNode json) {
        return json.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().textValue()));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new MalformedException(COUNTED_ON + " is \"" + text + "\", expected a day, YYYY-MM-DD", e);
        }
    }
}
