package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import se.samsyn.protocol.Hash;

/**
 * A released summary was withdrawn: its body is to be erased wherever it is kept.
 *
 * @param sha256 of the body
 * @param supersedes leaf hash of the summary's entry
 */
public record Retraction(String node, long root, Hash sha256, Hash supersedes) implements Statement {
    public static final String KIND = "retraction";

    public Retraction {
        StatementJson.checkHead(node, root);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(ObjectNode json) {
        json.put(StatementJson.SHA256, sha256.toHex()).put(StatementJson.SUPERSEDES, supersedes.toHex());
    }
}
