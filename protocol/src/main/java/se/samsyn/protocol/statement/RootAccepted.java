package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import se.samsyn.protocol.Hash;

/**
 * The node accepted a version of the federation root.
 *
 * @param root the version
 * @param hash SHA-256 of the version's text
 */
public record RootAccepted(String node, long root, Hash hash) implements Statement {
    public static final String KIND = "root-accepted";

    public RootAccepted {
        StatementJson.checkHead(node, root);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(ObjectNode json) {
        json.put(StatementJson.HASH, hash.toHex());
    }
}
