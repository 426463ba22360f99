package se.samsyn.protocol.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.summary.Salt;

/** Holds the bodies of one log against what its entries say: released ones are here and right, retracted ones are gone. */
final class BodyAudit {
    private final AuditBundle bundle;
    private final String log;
    private final Findings findings;
    private final Map<Hash, String> salts;

    /**
     * Prepares the check of one log.
     *
     * @param salts of all bodies of all logs so far, and where each is: one that is used again hides nothing
     */
    BodyAudit(AuditBundle bundle, String node, Findings findings, Map<Hash, String> salts) {
        this.bundle = bundle;
        this.log = "log/" + node;
        this.findings = findings;
        this.salts = salts;
    }

    void run(List<EntryAudit.Placed> statements) {
        int before = findings.refutations();
        Map<Hash, EntryAudit.Placed> latest = new LinkedHashMap<>();
        for (EntryAudit.Placed placed : statements) {
            sha256(placed.statement()).ifPresent(hash -> latest.put(hash, placed));
        }
        for (BundlePath path : bundle.ofKind(BundlePath.Kind.SUMMARY)) {
            if (("log/" + path.owner()).equals(log)) {
                requireExpected(path, latest.get(Hash.parseHex(path.name())));
            }
        }
        int bodies = 0;
        for (EntryAudit.Placed placed : statements) {
            if (placed.statement() instanceof SummaryStatement summary
                    && Objects.requireNonNull(latest.get(summary.sha256())).statement() instanceof SummaryStatement
                    && check(placed.index(), summary)) {
                bodies++;
            }
        }
        findings.bodies += bodies;
        if (findings.refutations() == before) {
            long retracted = latest.values().stream()
                    .filter(placed -> placed.statement() instanceof Retraction)
                    .count();
            findings.verified(CheckKind.BODIES, log, bodies + " here, " + retracted + " retracted and gone");
        }
    }

    private void requireExpected(BundlePath path, EntryAudit.@Nullable Placed latest) {
        String where = where(path.name());
        if (latest == null) {
            findings.refuted(CheckKind.BODIES, where, "no summary of this log names it");
        } else if (latest.statement() instanceof Retraction) {
            findings.refuted(CheckKind.BODIES, where, "retracted by entry " + latest.index() + ", but still there");
        }
    }

    private boolean check(long index, SummaryStatement summary) {
        String where = where(summary.sha256().toHex());
        return findings.holds(CheckKind.BODIES, where, () -> {
            byte[] body = bundle.file(where)
                    .orElseThrow(() -> new RefutedException(
                            "it is missing: entry " + index + " names it, and no later one retracts it"));
            if (!Hash.sha256(body).equals(summary.sha256())) {
                throw new RefutedException("SHA-256 of its bytes is " + Hash.sha256(body));
            }
            if (body.length != summary.length()) {
                throw new RefutedException(body.length + " bytes, entry " + index + " says " + summary.length());
            }
            checkContent(index, summary, where, CanonicalJson.parse(body));
        });
    }

    private void checkContent(long index, SummaryStatement summary, String where, JsonNode body) {
        requireField(index, body, "node", summary.node());
        requireField(index, body, "dataset", summary.dataset());
        requireField(index, body, "period", summary.period().toString());
        Hash salt = salt(body.path("salt").asText());
        String other = salts.putIfAbsent(salt, where);
        if (other != null && !other.equals(where)) {
            throw new RefutedException("it has the same salt as " + other);
        }
    }

    private static void requireField(long index, JsonNode body, String field, String expected) {
        if (!body.path(field).asText().equals(expected)) {
            throw new RefutedException(
                    field + " is \"" + body.path(field).asText() + "\", entry " + index + " says \"" + expected + "\"");
        }
    }

    /** The 32 bytes of a salt; this project writes them in hexadecimal digits, others may in base64. */
    private static Hash salt(String text) {
        try {
            byte[] bytes = text.length() == 2 * Salt.LENGTH
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            if (bytes.length == Salt.LENGTH) {
                return Hash.of(bytes);
            }
        } catch (IllegalArgumentException e) {
            // then it is no salt either
        }
        throw new MalformedException("salt: no " + Salt.LENGTH + " bytes in hexadecimal digits or base64");
    }

    private static Optional<Hash> sha256(Statement statement) {
        if (statement instanceof SummaryStatement summary) {
            return Optional.of(summary.sha256());
        }
        return statement instanceof Retraction retraction ? Optional.of(retraction.sha256()) : Optional.empty();
    }

    private String where(String sha256) {
        return log + "/summary/" + sha256;
    }
}
