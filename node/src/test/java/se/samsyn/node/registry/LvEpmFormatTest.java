package se.samsyn.node.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.registry.JsonMutations.Mutation;
import se.samsyn.protocol.MalformedException;

class LvEpmFormatTest {
    private static final String FOLDER = "lv_epm_rbc/";
    private static final String GENUINE = FOLDER + "message_notis_beslut_overflyttad.json";
    private static final String OFFICIAL =
            "https://github.com/Biobank-Sverige/clinical-trial-regulators-collaboration/schema/commonTypes.json";
    private static final String TRIAL = "/caseData/specificCaseData/trialData";

    @Test
    void readsTheGenuineMessageOfVersion2() {
        RegistryTrial trial = LvMessages.read(shared(GENUINE));

        assertThat(trial.where()).isEqualTo("2023-543210-11-00");
        assertThat(trial.cells())
                .containsOnly(
                        entry("trial_id", "2023-543210-11-00"),
                        entry("other_ids", "2020-001234-11"),
                        entry("registry", "lv"),
                        entry(
                                "title",
                                "(192983 ONgoiNG STUDY) A multicenter, randomized, placebo controlled, double-blind,"
                                        + " parallel group and event driven Phase 3 study of the phenomenon"),
                        entry("sponsor", "Bayer AG"),
                        entry("study_type", "HumMedProd"),
                        entry("intervention", "drug"),
                        entry("status", "Notis: Beslut för överflyttad prövning"),
                        entry("submitted_date", "2023-07-08"),
                        entry("validated_date", "2023-09-12"));
        assertThat(trial.sites())
                .containsExactly(
                        new RegistrySite("Region Skane Hospital", "Lund", "123 45", "Sweden", ""),
                        new RegistrySite("Uppsala Hospital", "Uppsala", "750 00", "Sweden", ""),
                        new RegistrySite("Region Jaemtland Haerjedalen", "Sveg", "888 00", "Sweden", ""));
        assertThat(trial.remarks()).extracting(Remark::meaning).contains("contact persons: 3 dropped");
    }

    @Test
    void keepsNoPersonOfTheGenuineMessage() {
        JsonNode message = shared(GENUINE);
        Set<String> persons = new HashSet<>();
        message.findValues("principalInvestigator")
                .forEach(person -> person.forEach(value -> persons.add(value.textValue())));
        assertThat(persons).hasSize(12).contains("Eriksson", "Anna.Olsson@hotmail.com");

        String all = LvMessages.read(message).toString();

        assertThat(persons).noneMatch(all::contains);
    }

    @Test
    void readsAMessageAboutMedicines() {
        RegistryTrial trial = LvMessages.read(LvMessages.medicine());

        assertThat(trial.cells())
                .containsOnly(
                        entry("trial_id", "2024-512345-21-00"),
                        entry("other_ids", "2015-001234-12"),
                        entry("registry", "lv"),
                        entry("title", "An invented trial"),
                        entry("sponsor", "Påhittade bolaget AB"),
                        entry("sponsor_class", "true"),
                        entry("study_type", "HumMedProd"),
                        entry("intervention", "drug"),
                        entry("status", "Bifall"),
                        entry("planned_participants", "40"),
                        entry("start_date", "2024-06-01"),
                        entry("end_date", "2027-06-01"),
                        entry("submitted_date", "2024-01-15"),
                        entry("validated_date", "2024-02-01"),
                        entry("decision_date", "2024-05-03"),
                        entry("ethics_date", "2024-04-01"),
                        entry("biobank_date", "2024-04-02"));
        assertThat(trial.sites()).containsExactly(new RegistrySite("", "Lund", "221 85", "Sweden", ""));
        assertThat(trial.toString()).doesNotContain("Alls").doesNotContain("@").doesNotContain("KODEN");
    }

    @Test
    void readsAMessageAboutADeviceThatHasARegistryNumberAndRefusesOneThatHasNone() {
        assertThat(LvMessages.read(LvMessages.device()).cells())
                .containsEntry("trial_id", "NCT01234567")
                .containsEntry("study_type", "MT")
                .containsEntry("intervention", "device")
                .containsEntry("decision_date", "2024-05-03");

        assertThatThrownBy(() -> LvMessages.read(
                        JsonMutations.with(LvMessages.device(), TRIAL + "/cid", text("CIV-24-01-000001"))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("caseData.specificCaseData.trialData.cid")
                .hasMessageContaining("trial.csv");
    }

    @Test
    void anAmendmentTellsNothingOfTheTrialsOwnStatusAndDates() {
        JsonNode message = JsonMutations.with(LvMessages.medicine(), "/caseData/caseClass", text("Ändring"));

        RegistryTrial trial = LvMessages.read(message);

        assertThat(trial.cells())
                .containsEntry("title", "An invented trial")
                .doesNotContainKeys("status", "decision_date", "ethics_date", "validated_date", "submitted_date");
        assertThat(trial.remarks()).extracting(Remark::meaning).anyMatch(meaning -> meaning.contains("amendment"));
    }

    @ParameterizedTest
    @CsvSource({
        "Avslag,      Förutsättningar att bevilja ansökan saknas, Avslag",
        "Avskrivning, Ansökan återtagen,                          Ansökan återtagen",
        "Avskrivning, Nödvändig komplettering inte inkommen,      Avskrivning"
    })
    void theDecisionIsTheStatus(String decision, String detail, String status) {
        JsonNode message = JsonMutations.with(LvMessages.medicine(), "/caseData/decision", text(decision));

        assertThat(LvMessages.read(JsonMutations.with(message, "/caseData/decisionDetail", text(detail)))
                        .cells())
                .containsEntry("status", status);
    }

    @Test
    void anAnswerOfTheOthersIsRefusedSinceItTellsNothingOfTheTrial() {
        ObjectNode answer = (ObjectNode) LvMessages.json("""
                        {"header": {"from": "EPM", "to": "LV", "messageReasonType": "Svar: Yttrande del II"},
                         "caseData": {"lvDiaryNumber": "5.1.1-2024-00001"}}""");

        assertThatThrownBy(() -> LvMessages.read(answer))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("header.from")
                .hasMessageContaining("no more of a trial than its number");
    }

    @Test
    void refusesANumberThatIsNotOfCtis() {
        assertThatThrownBy(() -> LvMessages.read(
                        JsonMutations.with(LvMessages.medicine(), TRIAL + "/clinicalTrialId", text("2024-512345-21"))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("clinicalTrialId")
                .hasMessageContaining("2023-501234-12-00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CTR", "MDR-IVDR"})
    void refusesEverythingThatTheOfficialSchemaRefusesAndTakesTheRest(String name) {
        Schema official = official(name);
        JsonNode sound = name.equals("CTR") ? LvMessages.medicine() : LvMessages.device();
        assertThat(official.validate(withoutNulls(sound))).isEmpty();
        int refused = 0;
        int taken = 0;
        for (Mutation mutation : JsonMutations.of(sound)) {
            boolean officially =
                    official.validate(withoutNulls(mutation.document())).isEmpty();
            boolean ours = takes(mutation.document());
            if (!officially) {
                refused++;
                assertThat(ours).as("%s", mutation).isFalse();
            } else {
                taken++;
                assertThat(ours || isStricter(mutation.pointer()))
                        .as("%s", mutation)
                        .isTrue();
            }
        }
        assertThat(refused).isGreaterThan(500);
        assertThat(taken).isGreaterThan(100);
    }

    /** What we ask beyond the schema: both parts of a message, its right domain, and a number that registries give. */
    private static boolean isStricter(String pointer) {
        return List.of("/header", "/caseData", TRIAL + "/clinicalTrialId", TRIAL + "/cid")
                .contains(pointer);
    }

    @Test
    void theOfficialSchemaIsOfALaterStructureThanTheGenuineMessage() {
        assertThat(official("CTR").validate(withoutNulls(shared(GENUINE)))).isNotEmpty();
        assertThat(takes(shared(GENUINE))).isTrue();
    }

    @Test
    void damageGivesATrialOrARefusal() {
        for (JsonNode sound : List.of(LvMessages.medicine(), LvMessages.device(), version2())) {
            String number = LvMessages.read(sound).where();
            int refused = 0;
            for (Mutation mutation : JsonMutations.of(sound)) {
                try {
                    RegistryTrial trial = LvMessages.read(mutation.document());
                    assertThat(trial.where()).as("%s", mutation).isEqualTo(number);
                    assertThat(trial.cells()).containsEntry("trial_id", number);
                } catch (MalformedException e) {
                    refused++;
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
            assertThat(refused).isGreaterThan(100);
        }
    }

    private static JsonNode version2() {
        return LvMessages.json("""
                {"header": {"version": "2.0", "from": "LV", "to": "RBC", "transactionId": "1", "messageId": "2",
                   "parentMessageId": null, "timestamp": "2023-08-20T10:14:28+02:00",
                   "messageReasonType": "Notis: Valid ansökan", "dueDate": null},
                 "caseData": {"lvDiaryNumber": "5.1.1-2023-00001", "domain": "HumMedProd",
                   "caseType": "KP-ansökan, mononationell, initialt komplett", "concernsEpm": "true", "concernsRbc": false,
                   "timetable": [{"activity": "Besked om validering", "status": null, "order": 3,
                     "plannedEndDate": "2023-09-12", "actualEndDate": "2023-09-12"}]},
                 "clinicalTrialData": {"clinicalTrialId": "2023-512345-21-00", "emaSubmissionDate": "2023-07-08T00:00:00",
                   "swedenRole": "MSC", "memberstateConcerned": ["Sweden"], "sponsor": {"name": "Bolaget AB"},
                   "part1Data": {"title": "An invented trial"},
                   "swedishPart2Data": {"trialSites": [{"organisationAddress": {"postalCode": "221 85", "city": "Lund"}}]}},
                 "emaDocuments": [], "otherDocuments": []}""");
    }

    @Test
    void recognisesMessagesByTheirHeaderAndCase() {
        assertThat(recognises(LvMessages.medicine())).isTrue();
        assertThat(recognises(version2())).isTrue();
        assertThat(recognises(LvMessages.json("{\"protocolSection\": {}}"))).isFalse();
        assertThat(recognises(LvMessages.json("[]"))).isFalse();
    }

    private static boolean recognises(JsonNode json) {
        return new LvEpmFormat().recognises(new RegistryDocument("x", json.toString(), Optional.of(json)));
    }

    private static boolean takes(JsonNode message) {
        try {
            LvMessages.read(message);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    /** The schema says itself of several members that they may be null, although it allows none. */
    private static JsonNode withoutNulls(JsonNode json) {
        JsonNode copy = json.deepCopy();
        dropNulls(copy);
        return copy;
    }

    private static void dropNulls(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(member -> member.getValue().isNull())
                    .map(member -> member.getKey())
                    .toList()
                    .forEach(object::remove);
        }
        json.forEach(LvEpmFormatTest::dropNulls);
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }

    private static JsonNode shared(String file) {
        return LvMessages.json(new String(SharedDocuments.bytes(file), StandardCharsets.UTF_8));
    }

    private static Schema official(String name) {
        String common = shared(FOLDER + "commonTypes.json").toString();
        SchemaRegistry registry = SchemaRegistry.withDialect(
                Dialects.getDraft202012(),
                builder -> builder.schemas(iri -> iri.equals(OFFICIAL) ? common : null)
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        return registry.getSchema(shared(FOLDER + name + "-schema.json"));
    }
}
