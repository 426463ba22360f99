package se.samsyn.node.settlement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import se.samsyn.node.Json;
import se.samsyn.protocol.settlement.Agreement;
import se.samsyn.protocol.settlement.Answer;
import se.samsyn.protocol.settlement.Between;
import se.samsyn.protocol.settlement.DisputeReason;
import se.samsyn.protocol.settlement.InvoiceLine;
import se.samsyn.protocol.settlement.LineKey;
import se.samsyn.protocol.settlement.LineOutcome;
import se.samsyn.protocol.settlement.Outcome;
import se.samsyn.protocol.settlement.OutcomeTotal;
import se.samsyn.protocol.settlement.Proposal;
import se.samsyn.protocol.settlement.ReceivedInvoice;

/**
 * What the member's own people are told of a settlement.
 *
 * @param trouble why a payer has not answered, if it was asked
 */
record SettlementJson(String self, Function<String, Optional<String>> trouble) {
    private static final String OUTCOME = "outcome";
    private static final String PAYER_AMOUNT = "payerAmountOre";
    private static final String AMOUNT = "amountOre";

    /** Without lines: {@code state} is waiting, agreed, or open, where the two do not say the same. */
    ObjectNode head(Settled settled) {
        Proposal proposal = settled.proposal();
        Between between = proposal.between();
        boolean isIssuer = between.issuer().equals(self);
        Optional<Agreement> agreement = settled.agreement();
        ObjectNode json = Json.object()
                .put("quarter", between.quarter().toString())
                .put("counterpart", isIssuer ? between.payer() : between.issuer())
                .put("side", isIssuer ? "issuer" : "payer")
                .put("revision", between.revision())
                .put("state", agreement.map(SettlementJson::state).orElse("waiting"))
                .put("lines", proposal.lines().size())
                .put(
                        AMOUNT,
                        proposal.lines().stream()
                                .mapToLong(InvoiceLine::amountOre)
                                .sum());
        if (agreement.isEmpty()) {
            trouble.apply(between.payer()).ifPresent(reason -> json.put("trouble", reason));
        }
        agreement.ifPresent(both -> {
            json.put("k", both.k());
            ObjectNode totals = json.putObject("totals");
            both.totals().forEach((outcome, total) -> totals.set(outcome.wireName(), json(total)));
        });
        return json;
    }

    /** With the lines of both; an outcome is {@code waiting} until the payer has answered. */
    ObjectNode whole(Settled settled) {
        ObjectNode json = head(settled);
        List<InvoiceLine> lines = settled.proposal().lines();
        Optional<Answer> answer = settled.answer();
        ArrayNode list = Json.array();
        for (int i = 0; i < lines.size(); i++) {
            InvoiceLine line = lines.get(i);
            ObjectNode one = json(line.key()).put(AMOUNT, line.amountOre()).put("participants", line.participants());
            if (answer.isPresent()) {
                LineOutcome outcome = answer.get().outcomes().get(i);
                one.put(OUTCOME, outcome.outcome().wireName());
                outcome.payerAmountOre().ifPresent(amount -> one.put(PAYER_AMOUNT, amount));
                putReason(one, outcome.reason());
            } else {
                one.put(OUTCOME, "waiting");
            }
            list.add(one);
        }
        answer.ifPresent(given -> given.unknownToIssuer().forEach(invoice -> list.add(json(invoice))));
        json.set("lineByLine", list);
        return json;
    }

    private static String state(Agreement agreement) {
        return agreement.isComplete() ? "agreed" : "open";
    }

    private static ObjectNode json(ReceivedInvoice invoice) {
        ObjectNode json = json(invoice.key())
                .put(OUTCOME, Outcome.UNKNOWN_TO_ISSUER.wireName())
                .put(PAYER_AMOUNT, invoice.amountOre());
        putReason(json, invoice.dispute());
        return json;
    }

    private static void putReason(ObjectNode json, Optional<DisputeReason> reason) {
        reason.ifPresent(each -> json.put("reason", each.wireName()));
    }

    private static ObjectNode json(LineKey key) {
        return Json.object()
                .put("studyRegion", key.studyRegion())
                .put("invoice", key.invoice())
                .put("trial", key.trial())
                .put("homeRegion", key.homeRegion());
    }

    private static ObjectNode json(OutcomeTotal total) {
        return Json.object()
                .put("lines", total.lines())
                .put(AMOUNT, total.amountOre())
                .put(PAYER_AMOUNT, total.payerAmountOre())
                .put("participants", total.participants());
    }
}
