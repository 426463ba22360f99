package se.samsyn.node.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;

/**
 * Retractions on their way back from an officer's machine; nothing in it is verified yet.
 *
 * @param entries the signed statements, as they will stand in the log
 */
public record SignedRetractions(List<byte[]> entries) {
    private static final String ENTRIES = "entries";

    public SignedRetractions {
        entries = List.copyOf(entries);
    }

    /** True if a file looks like one of these; what it holds is still to be read. */
    static boolean isIn(byte[] file) {
        return CanonicalJson.parse(file).has(ENTRIES);
    }

    /**
     * Reads the file that {@link #encode} wrote.
     *
     * @throws MalformedException if it is no such file
     */
    public static SignedRetractions parse(byte[] file) {
        List<byte[]> entries = new ArrayList<>();
        for (JsonNode entry : UnsignedRelease.fields(file, ENTRIES).get(ENTRIES)) {
            if (!entry.isTextual()) {
                throw new MalformedException("entries: expected signed statements as text");
            }
            entries.add(entry.textValue().getBytes(StandardCharsets.UTF_8));
        }
        if (entries.isEmpty()) {
            throw new MalformedException("entries: there are none");
        }
        return new SignedRetractions(entries);
    }

    /** Canonical JSON with the member {@code entries}. */
    public byte[] encode() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray(ENTRIES);
        entries.forEach(entry -> list.add(new String(entry, StandardCharsets.UTF_8)));
        return CanonicalJson.encode(json);
    }
}
