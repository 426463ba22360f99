package se.samsyn.protocol.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The JSON of a roster's rule, and of what looks at rosters, both ways; the schema has checked the form before any field is read. */
final class RosterJson {
    private static final String CODES = "codes";
    private static final String NEEDS = "needs";

    private RosterJson() {}

    static RosterRule read(JsonNode json) {
        return new RosterRule(
                optional(json, "id"),
                text(json, "counts"),
                list(json.get("columns"), ColumnJson::read),
                Optional.ofNullable(json.get("places")).map(DefinitionJson::dimension),
                Optional.ofNullable(json.get("due")).map(RosterJson::due),
                Optional.ofNullable(json.get("settlement")).map(RosterJson::settlement));
    }

    static ObjectNode write(RosterRule rule) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("counts", rule.counts());
        rule.id().ifPresent(id -> json.put("id", id));
        rule.columns().forEach(column -> json.withArray("/columns").add(ColumnJson.write(column)));
        rule.places().ifPresent(places -> json.set("places", DefinitionJson.write(places)));
        rule.due().ifPresent(due -> write(json.putObject("due"), due));
        rule.settlement().ifPresent(settlement -> write(json.putObject("settlement"), settlement));
        return json;
    }

    private static DueRule due(JsonNode json) {
        return new DueRule(
                text(json, "by"),
                list(
                        json.get("dues"),
                        due -> new DueRule.Due(
                                text(due, "name"), text(due, "date"), optional(due, "done"), optional(due, "amount"))));
    }

    private static void write(ObjectNode json, DueRule rule) {
        json.put("by", rule.by());
        ArrayNode dues = json.putArray("dues");
        for (DueRule.Due due : rule.dues()) {
            ObjectNode one = dues.addObject().put("name", due.name()).put("date", due.date());
            due.done().ifPresent(done -> one.put("done", done));
            due.amount().ifPresent(amount -> one.put("amount", amount));
        }
    }

    private static SettlementRule settlement(JsonNode json) {
        return new SettlementRule(
                text(json, "issuer"),
                text(json, "payer"),
                text(json, "agreement"),
                text(json, "outcome"),
                text(json, "settled"),
                text(json, "withheld"),
                text(json, "lines"),
                text(json, "amount"),
                text(json, "payerAmount"),
                text(json, "persons"),
                json.get("k").intValue());
    }

    private static void write(ObjectNode json, SettlementRule rule) {
        json.put("issuer", rule.issuer())
                .put("payer", rule.payer())
                .put("agreement", rule.agreement())
                .put("outcome", rule.outcome())
                .put("settled", rule.settled())
                .put("withheld", rule.withheld())
                .put("lines", rule.lines())
                .put("amount", rule.amount())
                .put("payerAmount", rule.payerAmount())
                .put("persons", rule.persons())
                .put("k", (long) rule.k());
    }

    static ReserveRule readReserve(JsonNode json) {
        return new ReserveRule(
                text(json, "dataset"),
                text(json, "room"),
                text(json, "hospital"),
                list(json.get("roles"), JsonNode::textValue),
                list(
                        json.get("requirements"),
                        requirement -> new ReserveRule.Requirement(
                                text(requirement, "attribute"),
                                list(requirement.path(CODES), JsonNode::textValue),
                                text(requirement, "column"),
                                list(requirement.path(NEEDS), JsonNode::textValue))));
    }

    static ObjectNode write(ReserveRule rule) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("dataset", rule.dataset())
                .put("room", rule.room())
                .put("hospital", rule.hospital());
        rule.roles().forEach(json.putArray("roles")::add);
        ArrayNode requirements = json.putArray("requirements");
        for (ReserveRule.Requirement requirement : rule.requirements()) {
            ObjectNode one = requirements
                    .addObject()
                    .put("attribute", requirement.attribute())
                    .put("column", requirement.column());
            if (!requirement.codes().isEmpty()) {
                requirement.codes().forEach(one.putArray(CODES)::add);
                requirement.needs().forEach(one.putArray(NEEDS)::add);
            }
        }
        return json;
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
        List<T> things = new ArrayList<>();
        array.forEach(item -> things.add(read.apply(item)));
        return things;
    }

    private static String text(JsonNode json, String field) {
        return json.get(field).textValue();
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(JsonNode::textValue);
    }
}
