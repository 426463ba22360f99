package se.samsyn.node.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.summary.Summary;

/**
 * A draft on its way to an officer whose publisher key is on another machine: the statement to be signed, and the body that it names. It
 * holds what everybody will read once it is released, and nothing of the records.
 *
 * @param statement what the officer signs
 * @param body as it will be released
 */
public record UnsignedRelease(SummaryStatement statement, byte[] body) {
    static final String BODY = "body";

    private static final String STATEMENT = "statement";

    /**
     * Reads the file that {@link #encode} wrote.
     *
     * @throws MalformedException if it is no such file, or the statement does not name that body
     */
    public static UnsignedRelease parse(byte[] file) {
        JsonNode json = fields(file, BODY, STATEMENT);
        byte[] body = CanonicalJson.encode(json.get(BODY));
        if (!(Statement.parse(CanonicalJson.encode(json.get(STATEMENT))) instanceof SummaryStatement statement)) {
            throw new MalformedException("the statement in the draft releases no summary");
        }
        requireNamed(statement, body);
        return new UnsignedRelease(statement, body);
    }

    /** Canonical JSON with the members {@code body} and {@code statement}. */
    public byte[] encode() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(BODY, CanonicalJson.parse(body));
        json.set(STATEMENT, CanonicalJson.parse(statement.encode()));
        return CanonicalJson.encode(json);
    }

    /**
     * What the body says.
     *
     * @throws MalformedException if it is no body of the dataset, or of another node, dataset or period than the statement
     */
    public Summary summary(DatasetDefinition definition) {
        Summary summary = Summary.parse(body, definition);
        if (!summary.node().equals(statement.node())
                || !summary.dataset().equals(statement.dataset())
                || !summary.period().equals(statement.period())) {
            throw new MalformedException("the body is of " + summary.node() + " " + summary.dataset() + " "
                    + summary.period() + ", the statement of " + statement.node() + " " + statement.dataset() + " "
                    + statement.period());
        }
        return summary;
    }

    static void requireNamed(SummaryStatement statement, byte[] body) {
        Hash sha256 = Hash.sha256(body);
        if (!sha256.equals(statement.sha256()) || body.length != statement.length()) {
            throw new MalformedException("the statement names body " + statement.sha256() + " of " + statement.length()
                    + " bytes, the body has SHA-256 " + sha256 + " and " + body.length);
        }
    }

    /** A JSON object with exactly these members. */
    static JsonNode fields(byte[] file, String... names) {
        JsonNode json = CanonicalJson.parse(file);
        Set<String> found = new TreeSet<>();
        json.fieldNames().forEachRemaining(found::add);
        if (!found.equals(Set.of(names))) {
            throw new MalformedException(
                    "the file has the members " + found + ", expected " + new TreeSet<>(Set.of(names)));
        }
        return json;
    }
}
