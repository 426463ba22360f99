package se.samsyn.node.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import se.samsyn.node.Json;

class CtisFormatTest {
    @Test
    void readsSwedensPartOfATrial() {
        RegistryTrial trial = Readings.trial(SyntheticTrials.ctis());
        assertThat(trial.cells())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("trial_id", "2024-500001-11-00"),
                        Map.entry("other_ids", "2019-001588-63|ISRCTN12345678|NCT09000003"),
                        Map.entry("registry", "ctis"),
                        Map.entry("title", "A synthetic trial"),
                        Map.entry("sponsor", "Universitetet i Ingenstans"),
                        Map.entry("sponsor_class", "Non-Commercial"),
                        Map.entry("study_type", "drug-trial"),
                        Map.entry("phase", "10"),
                        Map.entry("status", "4"),
                        Map.entry("submitted_date", "2023-10-01"),
                        Map.entry("decision_date", "2023-12-20"),
                        Map.entry("start_date", "2024-02-03"),
                        Map.entry("first_participant_date", "2024-02-10"),
                        Map.entry("end_date", "2027-06-30"),
                        Map.entry("planned_participants", "30"),
                        Map.entry("intervention", "drug"),
                        Map.entry("product", "Examplumab"),
                        Map.entry("atc", "L01XC99"),
                        Map.entry("atmp_class", "none"),
                        Map.entry("condition_words", "Influenza|Something rare"),
                        Map.entry("rare_disease", "yes"),
                        Map.entry("low_intervention", "yes")));
        assertThat(trial.sites())
                .containsExactly(
                        new RegistrySite("Sykehuset", "Oslo", "0150", "Norway", ""),
                        new RegistrySite("Sjukhuset i Ingenstans", "Linkoeping", "581 85", "Sweden", ""));
        assertThat(trial.remarks()).containsExactly(new Remark("(document)", "", "contact persons: 2 dropped"));
    }

    @Test
    void takesStatusStartAndEndFromTheWholeTrialWhereSwedenIsNotConcerned() {
        ObjectNode document = SyntheticTrials.ctis();
        ObjectNode application = (ObjectNode) document.get("authorizedApplication");
        ((ArrayNode) application.get("memberStatesConcerned")).remove(1);
        ((ArrayNode) application.get("authorizedPartsII")).remove(1);
        RegistryTrial trial = Readings.trial(document);
        assertThat(trial.cells())
                .containsEntry("status", "4")
                .containsEntry("start_date", "2024-01-02")
                .doesNotContainKeys(
                        "decision_date", "submitted_date", "first_participant_date", "planned_participants");
    }

    @Test
    void callsAnEarlyEndSoAndDatesIt() {
        ObjectNode document = SyntheticTrials.ctis();
        ((ObjectNode) document.at("/authorizedApplication/memberStatesConcerned/1")).put("mscPublicStatusCode", 8);
        ((ArrayNode) document.at("/events/trialEvents/1/events"))
                .addObject()
                .put("notificationType", "EARLY_TERMINATION")
                .put("date", "2025-05-05");
        assertThat(Readings.trial(document).cells())
                .containsEntry("status", "Ended, early termination")
                .containsEntry("end_date", "2025-05-05");
    }

    @Test
    void readsTheStructureBeforeJune2024() {
        ObjectNode document = SyntheticTrials.ctis();
        ObjectNode application = (ObjectNode) document.remove("authorizedApplication");
        document.remove("ctPublicStatusCode");
        document.remove("events");
        document.set("authorizedPartI", application.get("authorizedPartI"));
        document.set("authorizedPartsII", application.get("authorizedPartsII"));
        document.put("trialCountries", "NO:Ended, SE:Ongoing, recruitment ended, DK:Authorised, not started");
        ((ObjectNode) document.at("/authorizedPartsII/1/mscInfo"))
                .set("activeTrialPeriod", Json.object().put("trialStartDate", "2022-01-02"));
        document.set(
                "memberStatesConcerned",
                Json.array().add(Json.object().put("countryName", "Sweden").put("firstDecisionDate", "2021-12-24")));
        document.set(
                "applications",
                Json.array()
                        .add(Json.object()
                                .put("submissionDate", "2021-10-01")
                                .put("validationConclusionDate", "2021-10-20")
                                .set("ctMSCs", Json.array().add(Json.object().put("countryName", "Sweden")))));
        assertThat(Readings.trial(document).cells())
                .containsEntry("status", "Ongoing, recruitment ended")
                .containsEntry("submitted_date", "2021-10-01")
                .containsEntry("validated_date", "2021-10-20")
                .containsEntry("decision_date", "2021-12-24")
                .containsEntry("start_date", "2022-01-02")
                .containsEntry("planned_participants", "30");
    }

    @Test
    void knowsThatAnAdvancedTherapyHasAClassWithoutGuessingWhich() {
        ObjectNode document = SyntheticTrials.ctis();
        ObjectNode product =
                (ObjectNode) document.at("/authorizedApplication/authorizedPartI/productRoleGroupInfos/0/products/0");
        product.put("anAdvancedTherapyMedicinalProduct", true);
        assertThat(Readings.trial(document).cells()).containsEntry("atmp_class", "unknown");
        product.remove("anAdvancedTherapyMedicinalProduct");
        assertThat(Readings.trial(document).cells()).doesNotContainKey("atmp_class");
    }

    @Test
    void refusesAFieldOfAnotherTypeByItsName() {
        ObjectNode document = SyntheticTrials.ctis();
        ((ObjectNode) document.at("/authorizedApplication/authorizedPartsII/1")).put("recruitmentSubjectCount", "30");
        assertThat(Readings.refusal(document))
                .isEqualTo(
                        "2024-500001-11-00: authorizedApplication.authorizedPartsII[1].recruitmentSubjectCount: text,"
                                + " expected a whole number");
        document.put("ctNumber", "NCT01234567");
        assertThat(Readings.refusal(document))
                .isEqualTo("document: ctNumber: text, expected an EU CT number such as 2023-501234-12-00");
    }

    @Test
    void readsAnArrayOfTrials() {
        byte[] array = Json.array()
                .add(SyntheticTrials.ctis())
                .add(SyntheticTrials.ctis())
                .toString()
                .getBytes(UTF_8);
        assertThat(Readings.trials(array)).hasSize(2);
    }

    @Test
    void readsTheGenuineDocumentOfEachStructure() {
        RegistryTrial before = Readings.trial(SharedDocuments.bytes("ctis/2022-500244-37-00.json"));
        assertThat(before.cells())
                .containsEntry("sponsor", "Kinarus AG")
                .containsEntry("sponsor_class", "Non-Commercial")
                .containsEntry("status", "Authorised, not started")
                .containsEntry("phase", "4")
                .containsEntry("atmp_class", "none")
                .containsEntry("product", "PIOGLITAZONE HYDROCHLORIDE|PAMAPIMOD")
                .doesNotContainKeys("decision_date", "planned_participants", "atc", "start_date");
        assertThat(before.sites())
                .containsExactly(
                        new RegistrySite("Praxis Am Ebertplatz", "Cologne", "50668", "Germany", ""),
                        before.sites().get(1));
        RegistryTrial after = Readings.trial(SharedDocuments.bytes("ctis/2024-510663-34-00.json"));
        assertThat(after.cells())
                .containsEntry("other_ids", "2019-001588-63|NCT04494412")
                .containsEntry("sponsor", "Glaxosmithkline Research & Development Limited")
                .containsEntry("status", "4")
                .containsEntry("start_date", "2021-01-29")
                .containsEntry("end_date", "2026-12-09")
                .containsEntry("atc", "J05AH01");
        assertThat(after.sites()).hasSize(6).allMatch(site -> site.country().matches("Spain|Italy"));
    }
}
