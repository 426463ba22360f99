package se.samsyn.protocol.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;

/**
 * What an audit found: every check with its result, and apart from them what only a signature vouches for and what was not checked.
 *
 * @param told the hash of version 1 of the federation root, which everything rests on
 * @param atSeconds the auditor's clock, seconds since 1970
 * @param counts how much was verified, by what
 * @param checks all of them, in the order in which they were made
 * @param attested what is believed because somebody signed it, and cannot be checked by anybody else
 * @param rejected releases that no view may count, and why
 * @param accusations what the evidence in the bundle proves
 * @param unchecked what belongs to no claim and was passed over, with how often it was met
 */
public record VerificationReport(
        Hash told,
        long atSeconds,
        SortedMap<String, Long> counts,
        List<Check> checks,
        List<String> attested,
        List<String> rejected,
        List<String> accusations,
        SortedMap<String, Integer> unchecked) {
    /** What comes out of all checks together. */
    public enum Verdict {
        VERIFIED("verified"),
        REFUTED("refuted"),
        /** Nothing is refuted, and something that was claimed could not be checked. */
        COULD_NOT_CHECK("could-not-check");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** As reports write it. */
        public String word() {
            return word;
        }
    }

    public VerificationReport {
        counts = new TreeMap<>(counts);
        checks = List.copyOf(checks);
        attested = List.copyOf(attested);
        rejected = List.copyOf(rejected);
        accusations = List.copyOf(accusations);
        unchecked = new TreeMap<>(unchecked);
    }

    static VerificationReport of(Hash told, long atSeconds, Findings findings) {
        SortedMap<String, Long> counts = new TreeMap<>();
        counts.put("rootVersions", (long) findings.rootVersions);
        counts.put("logs", (long) findings.logs);
        counts.put("entries", findings.entries);
        counts.put("bodies", findings.bodies);
        counts.put("cosignatures", findings.cosignatures);
        counts.put("views", (long) findings.views);
        return new VerificationReport(
                told,
                atSeconds,
                counts,
                findings.checks,
                findings.attested,
                findings.rejected,
                findings.accusations,
                findings.unchecked);
    }

    /** Verified only if every check is. */
    public Verdict verdict() {
        if (!withResult(Check.Result.REFUTED).isEmpty()) {
            return Verdict.REFUTED;
        }
        return withResult(Check.Result.NOT_CHECKED).isEmpty() ? Verdict.VERIFIED : Verdict.COULD_NOT_CHECK;
    }

    /** The checks that came out so. */
    public List<Check> withResult(Check.Result result) {
        return checks.stream().filter(check -> check.result() == result).toList();
    }

    /** One line a check and a last line with the verdict. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Check check : checks) {
            line(
                    text,
                    check.result().mark() + " " + check.where() + ": "
                            + check.kind().word() + ": " + check.detail());
        }
        attested.forEach(what -> line(text, "attested, not checked: " + what));
        rejected.forEach(what -> line(text, "rejected, not counted: " + what));
        accusations.forEach(what -> line(text, "evidence: " + what));
        unchecked.forEach((what, times) -> line(text, "not checked: " + what + " (" + times + ")"));
        line(text, conclusion());
        return text.toString();
    }

    /** The verdict in one line. */
    public String conclusion() {
        return switch (verdict()) {
            case VERIFIED ->
                "verified: " + counts.get("logs") + " logs, " + counts.get("entries") + " entries, "
                        + counts.get("bodies") + " bodies, " + counts.get("cosignatures") + " cosignatures, "
                        + counts.get("views") + " views";
            case REFUTED -> "refuted: " + withResult(Check.Result.REFUTED).size() + " failures";
            case COULD_NOT_CHECK ->
                "could not check: " + withResult(Check.Result.NOT_CHECKED).size()
                        + " claims for which something is missing";
        };
    }

    /** The same as JSON, which {@code audit-report.schema.json} describes. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", verdict().word())
                .put("rootHash", told.toHex())
                .put("at", atSeconds);
        ObjectNode counted = json.putObject("counts");
        counts.forEach(counted::put);
        ArrayNode all = json.putArray("checks");
        for (Check check : checks) {
            all.addObject()
                    .put("check", check.kind().word())
                    .put("where", check.where())
                    .put("result", check.result().word())
                    .put("detail", check.detail());
        }
        attested.forEach(json.putArray("attested")::add);
        rejected.forEach(json.putArray("rejected")::add);
        accusations.forEach(json.putArray("evidence")::add);
        ArrayNode passedOver = json.putArray("notChecked");
        unchecked.forEach(
                (what, times) -> passedOver.addObject().put("what", what).put("times", times));
        return json;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
