package se.samsyn.node.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.JsonSchema;

/**
 * The messages by which Läkemedelsverket, Etikprövningsmyndigheten and the regional biobank centres exchange trial cases: those about
 * medicines and about devices, and those of version 2.0, which has another structure. Each is held to its schema first. Members that are
 * null say nothing, as in what CTIS sends on.
 */
final class LvEpmFormat implements RegistryFormat {
    private static final String HEADER = "header";
    private static final String CASE = "caseData";
    private static final Set<String> ANSWERING = Set.of("EPM", "RBC");
    private static final Set<String> DAYS = Set.of(
            "dueDate",
            "plannedEndDate",
            "actualEndDate",
            "emaSubmissionDate",
            "estimatedRecruitmentStartDate",
            "estimatedEndDate",
            "submissionDate");

    @Override
    public String title() {
        return "message of Läkemedelsverket, Etikprövningsmyndigheten and the biobank centres";
    }

    @Override
    public boolean recognises(RegistryDocument document) {
        return document.json()
                .filter(json -> json.path(HEADER).has("messageReasonType"))
                .filter(json -> json.has(CASE))
                .isPresent();
    }

    @Override
    public List<RegistryTrial> read(RegistryDocument document) {
        JsonNode json =
                withoutNulls(document.json().orElseThrow(() -> new MalformedException(document.name() + ": not JSON")));
        Field message = Field.of(document.name(), json);
        if (json.has("clinicalTrialData")) {
            JsonSchema.named("lv-message-2").check(json);
        } else {
            refuseAnswer(message);
            boolean isAboutDevice = message.at(HEADER, "domain").text().equals(Optional.of(LvEpmTrial.DEVICES));
            JsonSchema.named(isAboutDevice ? "lv-message-device" : "lv-message-medicine")
                    .check(json);
            checkDates(message);
        }
        return List.of(new LvEpmTrial(message).read());
    }

    private static void refuseAnswer(Field message) {
        if (message.at(HEADER, "from").text().filter(ANSWERING::contains).isPresent()) {
            throw message.at(HEADER, "from")
                    .malformed("a message from LV: an answer to it tells no more of a trial than its number");
        }
    }

    private static void checkDates(Field field) {
        if (field.isArray()) {
            field.items().forEach(LvEpmFormat::checkDates);
        } else if (field.isObject()) {
            field.members().forEach((name, member) -> {
                if (member.isText()) {
                    checkDate(name, member);
                } else {
                    checkDates(member);
                }
            });
        }
    }

    private static void checkDate(String name, Field field) {
        try {
            if (DAYS.contains(name)) {
                LocalDate.parse(field.requiredText());
            } else if (name.equals("timestamp")) {
                OffsetDateTime.parse(field.requiredText());
            }
        } catch (DateTimeException e) {
            MalformedException refusal = field.malformed("a date that the calendar has");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static JsonNode withoutNulls(JsonNode json) {
        if (json.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            json.forEach(item -> array.add(withoutNulls(item)));
            return array;
        }
        if (!json.isObject()) {
            return json;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        json.properties().stream()
                .filter(member -> !member.getValue().isNull())
                .forEach(member -> object.set(member.getKey(), withoutNulls(member.getValue())));
        return object;
    }
}
