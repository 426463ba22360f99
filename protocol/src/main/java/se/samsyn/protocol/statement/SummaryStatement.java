package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;

/**
 * A summary was released; its body stays outside the log.
 *
 * @param definition SHA-256 of the dataset's definition
 * @param sha256 of the body
 * @param length of the body in bytes, from 1 to {@link #MAX_BODY_LENGTH}
 * @param supersedes leaf hash of the release that this one replaces
 */
public record SummaryStatement(
        String node,
        long root,
        String dataset,
        Hash definition,
        Period period,
        Hash sha256,
        long length,
        Optional<Hash> supersedes)
        implements Statement {
    public static final String KIND = "summary";
    /** The longest body in bytes. */
    public static final int MAX_BODY_LENGTH = CanonicalJson.MAX_LENGTH;

    public SummaryStatement {
        StatementJson.checkHead(node, root);
        StatementJson.checkDataset(dataset);
        if (length < 1 || length > MAX_BODY_LENGTH) {
            throw new MalformedException("the length of a body is 1 to " + MAX_BODY_LENGTH + " bytes, not " + length);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void write(ObjectNode json) {
        json.put(StatementJson.DATASET, dataset)
                .put(StatementJson.DEFINITION, definition.toHex())
                .put(StatementJson.PERIOD, period.toString())
                .put(StatementJson.SHA256, sha256.toHex())
                .put(StatementJson.LENGTH, length);
        supersedes.ifPresent(hash -> json.put(StatementJson.SUPERSEDES, hash.toHex()));
    }
}
