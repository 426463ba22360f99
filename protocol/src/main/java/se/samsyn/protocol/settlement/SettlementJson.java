package se.samsyn.protocol.settlement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;

/** The JSON of proposals and answers. */
final class SettlementJson {
    private static final String KIND = "kind";
    private static final String PROPOSAL = "proposal";
    private static final String ANSWER = "answer";
    private static final String LINES = "lines";
    private static final String OUTCOME = "outcome";
    private static final String OUTCOMES = "outcomes";
    private static final String UNKNOWN_TO_ISSUER = "unknownToIssuer";
    private static final String AMOUNT = "amountOre";
    private static final String REASON = "reason";
    private static final String REST = "rest";
    private static final String TELLS = "tells";

    private SettlementJson() {}

    static byte[] encode(Proposal proposal) {
        ObjectNode json =
                head(PROPOSAL, proposal.between()).put(REST, proposal.rest().wireName());
        ArrayNode lines = json.putArray(LINES);
        proposal.lines()
                .forEach(line -> lines.add(
                        key(line.key()).put(AMOUNT, line.amountOre()).put("participants", line.participants())));
        return CanonicalJson.encode(json);
    }

    static byte[] encode(Answer answer) {
        ObjectNode json =
                head(ANSWER, answer.between()).put(PROPOSAL, answer.proposal().toHex());
        ArrayNode outcomes = json.putArray(OUTCOMES);
        answer.outcomes().forEach(outcome -> outcomes.add(json(outcome)));
        ArrayNode unknown = json.putArray(UNKNOWN_TO_ISSUER);
        answer.unknownToIssuer().forEach(invoice -> {
            ObjectNode one = key(invoice.key()).put(AMOUNT, invoice.amountOre());
            invoice.dispute().ifPresent(reason -> one.put(REASON, reason.wireName()));
            unknown.add(one);
        });
        answer.tells().ifPresent(told -> {
            ArrayNode tells = json.putArray(TELLS);
            told.forEach(outcome -> tells.add(outcome.wireName()));
        });
        return CanonicalJson.encode(json);
    }

    static Proposal proposal(byte[] payload) {
        JsonNode json = checked(payload, "settlement-proposal");
        List<InvoiceLine> lines = new ArrayList<>();
        json.path(LINES)
                .forEach(line -> lines.add(new InvoiceLine(
                        key(line),
                        line.path(AMOUNT).asLong(),
                        line.path("participants").asInt())));
        return new Proposal(between(json), lines, Rest.parse(json.path(REST).asText()));
    }

    static Answer answer(byte[] payload) {
        JsonNode json = checked(payload, "settlement-answer");
        List<LineOutcome> outcomes = new ArrayList<>();
        json.path(OUTCOMES)
                .forEach(outcome -> outcomes.add(new LineOutcome(
                        Outcome.parse(outcome.path(OUTCOME).asText()),
                        outcome.has(AMOUNT)
                                ? OptionalLong.of(outcome.path(AMOUNT).asLong())
                                : OptionalLong.empty(),
                        reason(outcome))));
        List<ReceivedInvoice> unknown = new ArrayList<>();
        json.path(UNKNOWN_TO_ISSUER)
                .forEach(invoice -> unknown.add(
                        new ReceivedInvoice(key(invoice), invoice.path(AMOUNT).asLong(), reason(invoice))));
        return new Answer(between(json), Hash.parseHex(json.path(PROPOSAL).asText()), outcomes, unknown, tells(json));
    }

    private static Optional<List<Outcome>> tells(JsonNode json) {
        if (!json.has(TELLS)) {
            return Optional.empty();
        }
        List<Outcome> told = new ArrayList<>();
        json.path(TELLS).forEach(outcome -> told.add(Outcome.parse(outcome.asText())));
        return Optional.of(told);
    }

    private static JsonNode checked(byte[] payload, String schema) {
        JsonNode json = CanonicalJson.parseCanonical(payload);
        JsonSchema.named(schema).check(json);
        return json;
    }

    private static ObjectNode json(LineOutcome outcome) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put(OUTCOME, outcome.outcome().wireName());
        outcome.payerAmountOre().ifPresent(amount -> json.put(AMOUNT, amount));
        outcome.reason().ifPresent(reason -> json.put(REASON, reason.wireName()));
        return json;
    }

    private static Optional<DisputeReason> reason(JsonNode json) {
        return json.has(REASON) ? Optional.of(DisputeReason.of(json.path(REASON).asText())) : Optional.empty();
    }

    private static ObjectNode head(String kind, Between between) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(KIND, kind)
                .put("issuer", between.issuer())
                .put("payer", between.payer())
                .put("quarter", between.quarter().toString())
                .put("revision", (long) between.revision())
                .put("root", between.root())
                .put("k", (long) between.k());
    }

    private static Between between(JsonNode json) {
        return new Between(
                json.path("issuer").asText(),
                json.path("payer").asText(),
                Period.parse(json.path("quarter").asText()),
                json.path("revision").asInt(),
                json.path("root").asLong(),
                json.path("k").asInt());
    }

    private static ObjectNode key(LineKey key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("studyRegion", key.studyRegion())
                .put("invoice", key.invoice())
                .put("trial", key.trial())
                .put("homeRegion", key.homeRegion());
    }

    private static LineKey key(JsonNode json) {
        return new LineKey(
                json.path("studyRegion").asText(),
                json.path("invoice").asText(),
                json.path("trial").asText(),
                json.path("homeRegion").asText());
    }
}
