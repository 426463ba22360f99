package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirFormatTest {
    private static final String SITE = """
            {"resourceType": "Location", "id": "lund", "name": "Påhittade sjukhuset",
             "address": {"city": "Lund", "postalCode": "221 85", "country": "SE"}}""";

    private static final String SPONSOR = """
            {"resourceType": "Organization", "id": "sponsor", "name": "Påhittade bolaget AB"}""";

    static final String R4 = """
            {"resourceType": "ResearchStudy", "id": "s4",
             "contained": [%s, %s,
               {"resourceType": "Group", "id": "planned", "type": "person", "actual": false, "quantity": 120},
               {"resourceType": "Practitioner", "id": "pi", "name": [{"family": "Alls", "given": ["Ingen"]}]}],
             "identifier": [{"system": "https://example.org/own", "value": "KODEN-7"},
               {"use": "secondary", "value": "NCT01234567"},
               {"use": "official", "system": "https://example.org/eu", "value": "2023-501234-12-00"},
               {"system": "https://etikprovningsmyndigheten.se/dnr", "value": "2021-01234"}],
             "title": "An invented trial", "status": "active",
             "phase": {"coding": [{"system": "https://example.org/phase", "code": "2b"},
               {"system": "http://terminology.hl7.org/CodeSystem/research-study-phase", "code": "phase-2"}]},
             "category": [{"text": "Interventional"}],
             "focus": [{"coding": [{"system": "http://www.whocc.no/atc", "code": "L01XL03"}], "text": "inventleucel"},
               {"text": "quality of life"}],
             "condition": [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-se", "code": "C83.3"},
                 {"system": "http://snomed.info/sct", "code": "109969005"}], "text": "Invented lymphoma"},
               {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "not one", "display": "Fever"}]}],
             "contact": [{"name": "Någon Annan", "telecom": [{"system": "email", "value": "nagon@example.com"}]}],
             "enrollment": [{"reference": "#planned"}],
             "period": {"start": "2023-05", "end": "2026-01-31"},
             "sponsor": {"reference": "#sponsor"},
             "principalInvestigator": {"reference": "#pi", "display": "Ingen Alls"},
             "site": [{"reference": "#lund"}, {"reference": "Location/elsewhere", "display": "Kliniken i Umeå"}],
             "reasonStopped": {"text": "slow recruitment"}}""".formatted(SITE, SPONSOR);

    static final String R5 = """
            {"resourceType": "ResearchStudy", "id": "s5", "contained": [%s],
             "identifier": [{"value": "NCT07654321"}],
             "title": "Another invented trial", "status": "active", "date": "2024-02-03",
             "phase": {"coding": [{"code": "phase-3"}]},
             "studyDesign": [{"coding": [{"system": "http://hl7.org/fhir/study-design", "code": "SEVCO:01011"}]},
               {"coding": [{"system": "http://hl7.org/fhir/study-design", "code": "SEVCO:01001"}]}],
             "focus": [{"concept": {"coding": [{"system": "http://www.whocc.no/atc", "code": "A10BA02",
               "display": "metformin"}]}}],
             "condition": [{"text": "Invented fever"}],
             "period": {"start": "2024-03-04"},
             "site": [{"reference": "#lund"}],
             "associatedParty": [
               {"role": {"coding": [{"code": "sponsor"}]}, "classifier": [{"coding": [{"code": "industry"}]}],
                "party": {"type": "Organization", "display": "Påhittade bolaget AB"}},
               {"name": "Ingen Alls", "role": {"coding": [{"code": "primary-investigator"}]},
                "party": {"type": "Practitioner"}}],
             "progressStatus": [
               {"state": {"coding": [{"code": "recruiting"}]}, "actual": true, "period": {"start": "2024-04"}},
               {"state": {"coding": [{"code": "approved"}]}, "actual": true, "period": {"start": "2024-03-01"}},
               {"state": {"coding": [{"code": "completed"}]}, "actual": false, "period": {"start": "2026-03"}}],
             "whyStopped": {"coding": [{"code": "accrual-goal-met"}]},
             "recruitment": {"targetNumber": 200, "actualNumber": 17}}""".formatted(SITE);

    @Test
    void readsAStudyOfR4() {
        RegistryTrial trial = Readings.trial(json(R4));

        assertThat(trial.cells())
                .containsOnly(
                        entry("trial_id", "2023-501234-12-00"),
                        entry("other_ids", "NCT01234567"),
                        entry("epm_dnr", "2021-01234"),
                        entry("registry", "fhir"),
                        entry("title", "An invented trial"),
                        entry("sponsor", "Påhittade bolaget AB"),
                        entry("status", "active"),
                        entry("study_type", "Interventional"),
                        entry("phase", "phase-2"),
                        entry("conditions", "C83.3"),
                        entry("condition_words", "Invented lymphoma|Fever"),
                        entry("atc", "L01XL03"),
                        entry("product", "inventleucel"),
                        entry("planned_participants", "120"),
                        entry("start_date", "2023-05"),
                        entry("end_date", "2026-01-31"),
                        entry("stop_reason", "slow recruitment"));
        assertThat(trial.sites())
                .containsExactly(
                        new RegistrySite("Påhittade sjukhuset", "Lund", "221 85", "SE", ""),
                        new RegistrySite("Kliniken i Umeå", "", "", "", ""));
        assertThat(trial.toString())
                .doesNotContain("Alls")
                .doesNotContain("Annan")
                .doesNotContain("KODEN");
        assertThat(trial.remarks()).extracting(Remark::meaning).contains("contact persons: 2 dropped");
    }

    @Test
    void readsAStudyOfR5() {
        RegistryTrial trial = Readings.trial(json(R5));

        assertThat(trial.cells())
                .containsOnly(
                        entry("trial_id", "NCT07654321"),
                        entry("registry", "fhir"),
                        entry("title", "Another invented trial"),
                        entry("sponsor", "Påhittade bolaget AB"),
                        entry("sponsor_class", "industry"),
                        entry("status", "recruiting"),
                        entry("study_type", "SEVCO:01001"),
                        entry("phase", "phase-3"),
                        entry("condition_words", "Invented fever"),
                        entry("atc", "A10BA02"),
                        entry("product", "metformin"),
                        entry("planned_participants", "200"),
                        entry("actual_participants", "17"),
                        entry("start_date", "2024-03-04"),
                        entry("stop_reason", "accrual-goal-met"));
        assertThat(trial.sites()).containsExactly(new RegistrySite("Påhittade sjukhuset", "Lund", "221 85", "SE", ""));
        assertThat(trial.toString()).doesNotContain("Alls");
    }

    @Test
    void findsInABundleWhatStudiesReferTo() {
        ObjectNode study = (ObjectNode) json(R4);
        study.remove("contained");
        study.remove("enrollment");
        ((ObjectNode) study.get("principalInvestigator")).put("reference", "Practitioner/7");
        ((ObjectNode) study.get("sponsor")).put("reference", "Organization/sponsor");
        ((ObjectNode) study.get("site").get(0)).put("reference", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520");
        String bundle = """
                {"resourceType": "Bundle", "type": "collection", "entry": [
                  {"fullUrl": "https://example.org/fhir/ResearchStudy/s4", "resource": %s},
                  {"fullUrl": "https://example.org/fhir/Organization/sponsor", "resource": %s},
                  {"fullUrl": "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "resource": %s},
                  {"resource": %s}]}""".formatted(study, SPONSOR, SITE, R5);

        List<RegistryTrial> trials = Readings.trials(bundle.getBytes(StandardCharsets.UTF_8));

        assertThat(trials).extracting(RegistryTrial::where).containsExactly("2023-501234-12-00", "NCT07654321");
        assertThat(trials.get(0).cells()).containsEntry("sponsor", "Påhittade bolaget AB");
        assertThat(trials.get(0).sites()).first().extracting(RegistrySite::city).isEqualTo("Lund");
    }

    @Test
    void readsOneResourceALine() {
        String lines = json(R4) + "\n" + json(R5) + "\n" + json(SPONSOR) + "\n";

        assertThat(Readings.trials(lines.getBytes(StandardCharsets.UTF_8)))
                .extracting(RegistryTrial::where)
                .containsExactly("2023-501234-12-00", "NCT07654321");
    }

    @Test
    void theStateIsLeftOutWhereNothingTellsTheRelease() {
        RegistryTrial trial = Readings.trial(
                json(
                        "{\"resourceType\":\"ResearchStudy\",\"identifier\":[{\"value\":\"NCT01234567\"}],\"status\":\"active\"}"));

        assertThat(trial.cells()).doesNotContainKey("status");
        assertThat(trial.remarks()).extracting(Remark::meaning).anyMatch(meaning -> meaning.contains("nothing tells"));
    }

    @ParameterizedTest
    @CsvSource({
        "/status,                        on-hold,    status",
        "/period/start,                  2023-02-30, period.start",
        "/identifier/2/value,            x,          NCT01234567",
        "/condition/0/coding/0/userSelected, yes,    userSelected"
    })
    void refusesWhatIsNotBuiltAsFhirHasItAndSaysWhere(String pointer, String value, String named) {
        JsonNode document = JsonMutations.with(json(R4), pointer, TextNode.valueOf(value));
        if (named.startsWith("NCT")) {
            assertThat(Readings.trial(document).cells()).containsEntry("trial_id", named);
        } else if (pointer.endsWith("userSelected")) {
            assertThat(Readings.refusal(document)).contains("condition[0].coding[0]." + named);
        } else {
            assertThat(Readings.refusal(document)).contains(named);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recruitment", "jurisdiction", "rubbish"})
    void refusesElementsOfAnotherRelease(String element) {
        ObjectNode study = (ObjectNode) json(R4);
        study.putObject(element).put("targetNumber", 7);

        assertThat(Readings.refusal(study)).contains(element).contains("in FHIR R4");
    }

    @Test
    void refusesAStudyWithoutARegistryNumber() {
        JsonNode study = JsonMutations.with(json(R5), "/identifier/0/value", TextNode.valueOf("KODEN-7"));

        assertThat(Readings.refusal(study))
                .contains("identifier")
                .contains("at least one EU CT, EudraCT, NCT or ISRCTN number");
    }

    @Test
    void dropsASponsorWhoIsAPerson() {
        JsonNode person = json(
                "{\"role\":{\"coding\":[{\"code\":\"sponsor\"}]},\"party\":{\"reference\":\"Practitioner/7\",\"display\":\"Ingen Alls\"}}");
        RegistryTrial trial = Readings.trial(JsonMutations.with(json(R5), "/associatedParty/0", person));

        assertThat(trial.cells()).doesNotContainKey("sponsor");
        assertThat(trial.toString()).doesNotContain("Alls");
        assertThat(trial.remarks()).contains(new Remark("sponsor", "", "left out: a person"));
    }

    @Test
    void severalStatesWithoutDatesTellNone() {
        JsonNode study = JsonMutations.without(json(R5), "/progressStatus/0/period");

        RegistryTrial trial = Readings.trial(study);

        assertThat(trial.cells()).doesNotContainKey("status");
        assertThat(trial.remarks()).anyMatch(remark -> remark.field().equals("ResearchStudy.progressStatus"));
    }

    static JsonNode json(String text) {
        return LvMessages.json(text);
    }
}
