package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * The exact state that a view is computed from (DESIGN section 7): with the definitions and the query it determines
 * every byte.
 *
 * @param rootVersion of the federation root
 * @param rootHash of the federation root's text
 * @param logs sorted by node, one for each member whose log has a checkpoint under quorum
 * @param evidence sorted SHA-256 of the accepted proofs that a key signed two histories, as {@link
 *     se.samsyn.protocol.witness.Accusations#evidence} gives them
 * @param atSeconds the instant that all ages and due dates are judged by, seconds since 1970
 */
public record Basis(long rootVersion, Hash rootHash, List<LogBasis> logs, List<Hash> evidence, long atSeconds) {
    /** The first second of the year 3000: later times are slips. */
    private static final long END_SECONDS = 32_503_680_000L;

    public Basis {
        logs = List.copyOf(logs);
        evidence = List.copyOf(evidence);
        if (rootVersion < 1 || rootVersion > CanonicalJson.MAX_INTEGER) {
            throw new MalformedException("the version of the federation root is 1 to 2^53-1, not " + rootVersion);
        }
        checkTime("a basis", atSeconds);
        for (int i = 1; i < logs.size(); i++) {
            if (logs.get(i - 1).node().compareTo(logs.get(i).node()) >= 0) {
                throw new MalformedException("the logs of a basis are sorted by node, each once; "
                        + logs.get(i).node() + " is out of place");
            }
        }
        for (int i = 1; i < evidence.size(); i++) {
            if (evidence.get(i - 1).toHex().compareTo(evidence.get(i).toHex()) >= 0) {
                throw new MalformedException(
                        "the evidence of a basis is sorted, each once; " + evidence.get(i) + " is out of place");
            }
        }
    }

    /** A basis without evidence: no key is accused of anything. */
    public Basis(long rootVersion, Hash rootHash, List<LogBasis> logs, long atSeconds) {
        this(rootVersion, rootHash, logs, List.of(), atSeconds);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedException if the bytes are no basis, naming the field
     */
    public static Basis parse(byte[] canonical) {
        JsonNode json = CanonicalJson.parseCanonical(canonical);
        JsonSchema.named("basis").check(json);
        List<LogBasis> logs = new ArrayList<>();
        for (JsonNode log : json.get("logs")) {
            TreeHead head = new TreeHead(
                    log.get("size").longValue(), Hash.parseHex(log.get("root").textValue()));
            logs.add(new LogBasis(
                    log.get("node").textValue(), head, log.get("time").longValue()));
        }
        List<Hash> evidence = new ArrayList<>();
        json.get("evidence").forEach(sha256 -> evidence.add(Hash.parseHex(sha256.textValue())));
        return new Basis(
                json.get("root").get("version").longValue(),
                Hash.parseHex(json.get("root").get("hash").textValue()),
                logs,
                evidence,
                json.get("at").longValue());
    }

    /** Canonical JSON. */
    public byte[] encode() {
        return CanonicalJson.encode(json());
    }

    /** The basis of a member's log, if it has one. */
    public Optional<LogBasis> log(String node) {
        return logs.stream().filter(log -> log.node().equals(node)).findFirst();
    }

    /** The day that due dates are judged by, in UTC. */
    public LocalDate today() {
        return Instant.ofEpochSecond(atSeconds).atZone(ZoneOffset.UTC).toLocalDate();
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("at", atSeconds);
        ArrayNode proofs = json.putArray("evidence");
        evidence.forEach(sha256 -> proofs.add(sha256.toHex()));
        json.putObject("root").put("version", rootVersion).put("hash", rootHash.toHex());
        ArrayNode array = json.putArray("logs");
        for (LogBasis log : logs) {
            array.addObject()
                    .put("node", log.node())
                    .put("size", log.head().size())
                    .put("root", log.head().root().toHex())
                    .put("time", log.timeSeconds());
        }
        return json;
    }

    static void checkTime(String what, long seconds) {
        if (seconds < 0 || seconds >= END_SECONDS) {
            throw new MalformedException(what + " is within the years 1970 to 2999, not at " + seconds + " seconds");
        }
    }
}
