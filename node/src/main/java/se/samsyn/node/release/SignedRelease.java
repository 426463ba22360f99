package se.samsyn.node.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;

/**
 * A release on its way back from an officer's machine; nothing in it is verified yet.
 *
 * @param entry the signed statement, as it will stand in the log
 * @param body that the statement names
 */
public record SignedRelease(byte[] entry, byte[] body) {
    private static final String ENTRY = "entry";

    /**
     * Reads the file that {@link #encode} wrote.
     *
     * @throws MalformedException if it is no such file
     */
    public static SignedRelease parse(byte[] file) {
        JsonNode json = UnsignedRelease.fields(file, UnsignedRelease.BODY, ENTRY);
        if (!json.get(ENTRY).isTextual()) {
            throw new MalformedException("entry: expected the signed statement as text");
        }
        return new SignedRelease(
                json.get(ENTRY).textValue().getBytes(StandardCharsets.UTF_8),
                CanonicalJson.encode(json.get(UnsignedRelease.BODY)));
    }

    /** Canonical JSON with the members {@code body} and {@code entry}. */
    public byte[] encode() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(UnsignedRelease.BODY, CanonicalJson.parse(body));
        json.put(ENTRY, new String(entry, StandardCharsets.UTF_8));
        return CanonicalJson.encode(json);
    }
}
