package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import se.samsyn.protocol.witness.Evidence;

/**
 * The node holds a proof that a key signed two histories. Whether it proves anything is for every reader to verify: false evidence is
 * passed over, and harms nobody.
 */
public record EvidenceStatement(String node, long root, Evidence evidence) implements Statement {
    public static final String KIND = "evidence";

    public EvidenceStatement {
        StatementJson.checkHead(node, root);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(ObjectNode json) {
        json.set(StatementJson.EVIDENCE, evidence.json());
    }
}
