package se.samsyn.node.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;

/** A file of {@code code-lists/}. */
final class CodeListFile {
    private CodeListFile() {}

    static CodeList parse(String path, byte[] file) {
        try {
            JsonNode json = CanonicalJson.parse(file);
            JsonSchema.named("code-list").check(json);
            List<Code> codes = new ArrayList<>();
            json.get("codes").forEach(node -> codes.add(code(node)));
            return new CodeList(json.get("name").textValue(), codes);
        } catch (MalformedException e) {
            throw new MalformedException(path + ": " + e.getMessage(), e);
        }
    }

    private static Code code(JsonNode json) {
        return new Code(
                json.get("code").textValue(),
                json.get("label").properties().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, label -> label.getValue().textValue())),
                Optional.ofNullable(json.get("parent")).map(JsonNode::textValue));
    }
}
