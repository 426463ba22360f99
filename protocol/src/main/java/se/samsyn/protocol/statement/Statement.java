package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import se.samsyn.protocol.json.CanonicalJson;

/** What an entry of a node's log says. */
public sealed interface Statement
        permits SummaryStatement, Retraction, RootAccepted, EvidenceStatement, FeasibilityRequest, FeasibilityAnswer {
    /** The word for what is said, for example {@code summary}. */
    String kind();

    /** The node whose log this is in. */
    String node();

    /** The version of the federation root that the node had accepted; from 1. */
    long root();

    /** The payload of an entry: canonical JSON. */
    default byte[] encode() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(StatementJson.KIND, kind())
                .put(StatementJson.NODE, node())
                .put(StatementJson.ROOT, root());
        write(json);
        return CanonicalJson.encode(json);
    }

    /** Adds the fields that only statements of this kind have. */
    void write(ObjectNode json);

    /**
     * Reads the payload of an entry.
     *
     * @throws se.samsyn.protocol.MalformedException if it is not what {@link #encode} writes for a statement of a
     *     known kind
     */
    static Statement parse(byte[] payload) {
        return StatementJson.parse(payload);
    }
}
