package se.samsyn.node.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Invented messages of Läkemedelsverket. */
final class LvMessages {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String HEADER = """
            "header": {"version": "3.0", "from": "LV", "to": "EPM", "transactionId": "t1", "messageId": "m1",
              "parentMessageId": "m0", "timestamp": "2024-05-06T07:08:09+02:00", "domain": "%s",
              "messageReasonType": "%s", "dueDate": "2024-05-20"}""";

    private static final String CASE = """
            "lvDiaryNumber": "5.1.1-2024-00001", "caseClass": "Nyansökan", "concernsEpm": true, "concernsRbc": false,
            "decision": "Bifall", "decisionDetail": "Bifall med villkor",
            "timetable": [
              {"activity": "Beslut", "activityType": "Deadline", "evaluationProcess": "Beslut", "status": "Completed",
               "key": "k4", "order": 4, "plannedEndDate": "2024-05-01", "actualEndDate": "2024-05-03"},
              {"activity": "Besked om validering", "order": 1, "actualEndDate": "2024-02-01"},
              {"activity": "Yttrande från EPM del I", "order": 2, "actualEndDate": "2024-03-01"},
              {"activity": "Yttrande från EPM del II", "order": 3, "actualEndDate": "2024-04-01"},
              {"activity": "Begär yttrande av RBC", "order": 5, "actualEndDate": "2024-02-02"},
              {"activity": "Yttrande från RBC", "order": 6, "actualEndDate": "2024-04-02"}]""";

    private static final String MEDICINE = """
            {%s, "caseData": {%s,
              "specificCaseData": {"evaluationProcess": "Beslut", "caseType": "KP-ansökan, mononationell, initialt komplett",
                "isTransitioned": false, "transitionedFrom": "2015-001234-12",
                "trialData": {"clinicalTrialId": "2024-512345-21-00", "title": "An invented trial",
                  "emaSubmissionDate": "2024-01-15", "estimatedRecruitmentStartDate": "2024-06-01",
                  "estimatedEndDate": "2027-06-01", "swedenRole": "RMS", "therapeuticAreas": ["Invented area"],
                  "protocolNumber": "KODEN-7",
                  "memberstatesConcerned": {"trialSubjectCountEurope": 90, "memberstates": [
                    {"country": "Denmark", "trialSubjectCount": 50, "isRMS": false},
                    {"country": "Sweden", "trialSubjectCount": 40, "isRMS": true}]},
                  "sponsorContactPoint": {"email": "ingen@example.com"},
                  "sponsor": {"name": "Påhittade bolaget AB", "country": "Sweden", "isCommercial": true},
                  "swedishPart2Data": {"trialSites": [
                    {"trialSiteName": null, "department": "Kliniken",
                     "organisationAddress": {"addressLine1": "Gatan 1", "addressLine2": null, "addressLine3": null,
                       "addressLine4": null, "postalCode": "221 85", "city": "Lund"},
                     "principalInvestigator": {"familyName": "Alls", "givenName": "Ingen", "phoneNumber": "046-1000000",
                       "emailAddress": "ingen.alls@example.com"}}]}}}},
             "sponsorDocuments": [{"filename": "a.pdf", "applicationPart": "1", "systemVersion": "1.00",
               "documentType": {"code": "5", "displayName": "Protokoll"}}],
             "otherDocuments": [{"filename": "b.json", "documentType": {"code": "samverk_1", "displayName": "Metadata"}}]}""";

    private static final String DEVICE = """
            {%s, "caseData": {%s,
              "specificCaseData": {"evaluationProcess": "Beslut", "caseType": "MDR, Ansökan, 70.7b",
                "trialData": {"cid": "NCT01234567", "title": "An invented study of a device",
                  "submissionDate": "2024-01-15", "swedenRole": "RMS", "regulation": "MDR", "process": "70.7b",
                  "sponsorContactPoint": {"email": "ingen@example.com"}, "sponsor": {"name": "Påhittade sjukhuset"}}}}}""";

    private LvMessages() {}

    static ObjectNode medicine() {
        return (ObjectNode) json(MEDICINE.formatted(HEADER.formatted("HumMedProd", "Notis: Beslut för ansökan"), CASE));
    }

    static ObjectNode device() {
        return (ObjectNode) json(DEVICE.formatted(HEADER.formatted("MT", "Notis: Beslut"), CASE));
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static RegistryTrial read(JsonNode message) {
        List<RegistryTrial> trials =
                new LvEpmFormat().read(new RegistryDocument("message.json", message.toString(), Optional.of(message)));
        if (trials.size() != 1) {
            throw new AssertionError("a message is about one trial, not " + trials.size());
        }
        return trials.get(0);
    }
}
