package se.samsyn.protocol.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;

/**
 * Reads the statements of one log, also in the wider form that other programs of such a network may write: a retraction that names its
 * summary
 * by body or by leaf hash alone, an acceptance without the root's hash, and kinds that this program does not know. What is missing is
 * put in
 * place from the log and the root, and noted.
 */
final class StatementReader {
    private static final Set<String> KNOWN = Set.of(
            SummaryStatement.KIND,
            Retraction.KIND,
            RootAccepted.KIND,
            EvidenceStatement.KIND,
            FeasibilityRequest.KIND,
            FeasibilityAnswer.KIND);

    private static final int BASE64_LENGTH = 44;

    private final RootChain chain;
    private final Findings findings;
    private final Map<Hash, Hash> leafByBody = new HashMap<>();
    private final Map<Hash, Hash> bodyByLeaf = new HashMap<>();

    StatementReader(RootChain chain, Findings findings) {
        this.chain = chain;
        this.findings = findings;
    }

    /** What an entry's payload is said to be, without its signature; nothing if that cannot even be decoded. */
    static Optional<byte[]> payload(byte[] entry) {
        String[] parts = new String(entry, StandardCharsets.ISO_8859_1).split("\\.", -1);
        try {
            return parts.length < 2 ? Optional.empty() : Optional.of(CanonicalBase64.decodeUrl(parts[1]));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** The kind that a payload says it is of; nothing if it says none. */
    static Optional<String> kind(byte[] payload) {
        try {
            return Optional.ofNullable(CanonicalJson.parse(payload).path("kind").textValue());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a payload.
     *
     * @return nothing for a kind that is not known here
     * @throws MalformedException if it is not canonical, or not as its kind demands
     * @throws RefutedException if a retraction names no earlier summary
     */
    Optional<Statement> read(byte[] payload, String node, FederationRoot root) {
        JsonNode json = CanonicalJson.parseCanonical(payload);
        String kind = json.path("kind").asText();
        if (json.path("kind").isTextual() && !KNOWN.contains(kind)) {
            checkUnknown(json, node, root);
            findings.unchecked("statements of kind " + kind);
            return Optional.empty();
        }
        ObjectNode whole = json.deepCopy();
        spellInHex(whole, "sha256");
        spellInHex(whole, "supersedes");
        complete(whole, kind);
        return Optional.of(Statement.parse(whole.equals(json) ? payload : CanonicalJson.encode(whole)));
    }

    /** Takes a summary into account for the retractions after it. */
    void remember(Statement statement, Hash leafHash) {
        if (statement instanceof SummaryStatement summary) {
            leafByBody.put(summary.sha256(), leafHash);
            bodyByLeaf.put(leafHash, summary.sha256());
        }
    }

    /** This project writes hashes in hexadecimal digits; others may in base64, of which there is one spelling too. */
    private void spellInHex(ObjectNode json, String field) {
        String text = json.path(field).asText();
        if (text.length() == BASE64_LENGTH) {
            json.put(field, Hash.parseBase64(text).toHex());
            findings.unchecked("hashes in base64, where this program writes hexadecimal digits");
        }
    }

    private void complete(ObjectNode json, String kind) {
        if (kind.equals(RootAccepted.KIND)
                && !json.has("hash")
                && json.path("root").isIntegralNumber()) {
            findings.unchecked("hashes of accepted versions of the root that entries leave out");
            json.put("hash", chain.version(json.path("root").longValue()).hash().toHex());
        } else if (kind.equals(Retraction.KIND) && json.has("sha256") != json.has("supersedes")) {
            boolean byBody = json.has("sha256");
            Hash named =
                    Hash.parseHex(json.path(byBody ? "sha256" : "supersedes").asText());
            Hash other = (byBody ? leafByBody : bodyByLeaf).get(named);
            if (other == null) {
                throw new RefutedException("retracts " + (byBody ? "body " : "") + named
                        + ", which no earlier summary of this log " + (byBody ? "names" : "is"));
            }
            findings.unchecked("second names of retracted summaries that entries leave out");
            json.put(byBody ? "supersedes" : "sha256", other.toHex());
        }
    }

    private static void checkUnknown(JsonNode json, String node, FederationRoot root) {
        if (!json.path("node").asText().equals(node)) {
            throw new RefutedException(
                    "statement is of node " + json.path("node").asText() + ", expected " + node);
        }
        long version = json.path("root").asLong();
        if (!json.path("root").isIntegralNumber() || version < 1 || version > root.version()) {
            throw new RefutedException("statement is under version " + json.path("root")
                    + " of the federation root, expected 1 to " + root.version());
        }
    }
}
