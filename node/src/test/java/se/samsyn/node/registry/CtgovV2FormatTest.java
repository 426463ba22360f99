package se.samsyn.node.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.node.Json;

class CtgovV2FormatTest {
    @Test
    void readsEveryFieldThatTheTableHasAColumnFor() {
        RegistryTrial trial = Readings.trial(SyntheticTrials.ctgov());
        assertThat(trial.where()).isEqualTo("NCT09000001");
        assertThat(trial.cells())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("trial_id", "NCT09000001"),
                        Map.entry("other_ids", "2018-001234-12|2023-501234-12-00|NCT09000002"),
                        Map.entry("registry", "ctgov"),
                        Map.entry("title", "A trial of something"),
                        Map.entry("sponsor", "Region Ingenstans"),
                        Map.entry("sponsor_class", "OTHER_GOV"),
                        Map.entry("study_type", "INTERVENTIONAL"),
                        Map.entry("phase", "PHASE2|PHASE3"),
                        Map.entry("status", "TERMINATED"),
                        Map.entry("stop_reason", "Slow recruitment"),
                        Map.entry("start_date", "2021-03-01"),
                        Map.entry("first_participant_date", "2021-03-01"),
                        Map.entry("end_date", "2023-02"),
                        Map.entry("actual_participants", "12"),
                        Map.entry("intervention", "both"),
                        Map.entry("product", "Examplumab|Pump"),
                        Map.entry("condition_words", "Heart Failure|COPD / Asthma")));
    }

    @Test
    void keepsOrganisationsAndDropsPersonsFromTheSites() {
        RegistryTrial trial = Readings.trial(SyntheticTrials.ctgov());
        assertThat(trial.sites())
                .containsExactly(
                        new RegistrySite("Sjukhuset i Ingenstans", "Lund", "221 85", "Sweden", ""),
                        new RegistrySite("", "Göteborg", "", "Sweden", ""),
                        new RegistrySite("", "Umeå", "", "Sweden", ""),
                        new RegistrySite("Investigational Site 123", "Oslo", "", "Norway", ""));
        assertThat(trial.remarks())
                .extracting(Remark::meaning)
                .containsExactly(
                        "left out: an EU CT number without its last part",
                        "names of sites: 2 left out, they look like a person's",
                        "contact persons: 4 dropped");
    }

    @Test
    void readsAPageAnArrayAWrapperAndAStudyALine() {
        JsonNode study = SyntheticTrials.ctgov();
        JsonNode page = Json.object()
                .put("nextPageToken", "x")
                .set("studies", Json.array().add(study).add(study));
        assertThat(Readings.trials(page.toString().getBytes(UTF_8))).hasSize(2);
        assertThat(Readings.trials(Json.array().add(study).toString().getBytes(UTF_8)))
                .hasSize(1);
        assertThat(Readings.trials((study + "\n" + study + "\n" + study + "\n").getBytes(UTF_8)))
                .hasSize(3);
        JsonNode version = Json.object().put("studyVersion", 3).set("study", study);
        assertThat(Readings.trial(version).where()).isEqualTo("NCT09000001");
        assertThat(Readings.trials("{\"studies\": [], \"totalCount\": 0}".getBytes(UTF_8)))
                .isEmpty();
    }

    @Test
    void leavesOutWhatTheStudyDoesNotSay() {
        JsonNode bare = Json.parse(
                "{\"protocolSection\":{\"identificationModule\":{\"nctId\":\"NCT09000009\"}}}".getBytes(UTF_8));
        RegistryTrial trial = Readings.trial(bare);
        assertThat(trial.cells()).isEqualTo(Map.of("trial_id", "NCT09000009", "registry", "ctgov"));
        assertThat(trial.sites()).isEmpty();
        assertThat(trial.remarks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Caroline Nilsson,OTHER,''",
        "'Anders Bjartell, Malmö',OTHER,''",
        "'Prof. Dr. med. Sabina Rak',OTHER,''",
        "Jane Roe,INDIV,''",
        "Ture Testsson,INDUSTRY,''",
        "Pfizer Denmark,INDUSTRY,Pfizer Denmark",
        "Dr. Falk Pharma GmbH,INDUSTRY,Dr. Falk Pharma GmbH",
        "Vejle Sygehus,OTHER,Vejle Sygehus",
        "Karolinska Institutet,OTHER,Karolinska Institutet",
        "M.D. Anderson Cancer Center,OTHER,M.D. Anderson Cancer Center",
    })
    void keepsASponsorUnlessItIsAPerson(String name, String sponsorClass, String kept) {
        ObjectNode study = SyntheticTrials.ctgov();
        ((ObjectNode) study.at("/protocolSection/sponsorCollaboratorsModule/leadSponsor"))
                .put("name", name)
                .put("class", sponsorClass);
        RegistryTrial trial = Readings.trial(study);
        assertThat(trial.cells().getOrDefault("sponsor", "")).isEqualTo(kept);
        assertThat(trial.remarks().stream().anyMatch(remark -> remark.meaning().endsWith("the sponsor is a person")))
                .isEqualTo(kept.isEmpty());
        assertThat(trial.remarks().toString()).doesNotContain(name);
    }

    @ParameterizedTest
    @CsvSource({
        "/protocolSection/designModule,enrollmentInfo,[7],'enrollmentInfo: an array, expected an object'",
        "/protocolSection/designModule/enrollmentInfo,count,1.5,'count: a number, expected a whole number'",
        "/protocolSection/designModule,phases,\"PHASE1\",'designModule.phases: text, expected an array'",
        "/protocolSection/statusModule,overallStatus,7,'statusModule.overallStatus: a number, expected text'",
        "/protocolSection/statusModule/startDateStruct,date,2021,'startDateStruct.date: a number, expected text'",
        "/protocolSection/contactsLocationsModule/locations/0,zip,22185,'locations[0].zip: a number, expected text'",
        "/protocolSection/contactsLocationsModule/locations/0,contacts,\"Ada\",'contacts: text, expected an array'",
    })
    void refusesAFieldOfAnotherTypeByItsNameAndShowsNoValue(String parent, String field, String value, String message) {
        ObjectNode study = SyntheticTrials.ctgov();
        ((ObjectNode) study.at(parent)).set(field, Json.parse(value.getBytes(UTF_8)));
        assertThat(Readings.refusal(study))
                .startsWith("NCT09000001: protocolSection.")
                .endsWith(message)
                .doesNotContain("Ada");
    }

    @Test
    void refusesAStudyWithoutItsNumber() {
        ObjectNode study = SyntheticTrials.ctgov();
        ((ObjectNode) study.at("/protocolSection/identificationModule")).put("nctId", "2018-001234-12");
        assertThat(Readings.refusal(study))
                .isEqualTo("document: protocolSection.identificationModule.nctId: text, expected a number such as"
                        + " NCT01234567");
    }

    @Test
    void leavesOutDatesThatTheCalendarLacksAndCountsThatAreNeitherPlannedNorActual() {
        ObjectNode study = SyntheticTrials.ctgov();
        ((ObjectNode) study.at("/protocolSection/statusModule/startDateStruct")).put("date", "1900-01-00");
        ((ObjectNode) study.at("/protocolSection/designModule/enrollmentInfo")).remove("type");
        RegistryTrial trial = Readings.trial(study);
        assertThat(trial.cells())
                .doesNotContainKeys(
                        "start_date", "first_participant_date", "actual_participants", "planned_participants");
        assertThat(trial.remarks())
                .contains(
                        new Remark(
                                "protocolSection.statusModule.startDateStruct.date",
                                "1900-01-00",
                                "left out: not a date that the calendar has"),
                        new Remark(
                                "protocolSection.designModule.enrollmentInfo.count",
                                "12",
                                "left out: neither called planned nor actual"));
    }

    @Test
    void keepsAReasonToStopOnlyIfTheTrialWasStoppedAndNobodyIsNamed() {
        ObjectNode study = SyntheticTrials.ctgov();
        ObjectNode status = (ObjectNode) study.at("/protocolSection/statusModule");
        status.put("whyStopped", "Ture Testsson moved away");
        assertThat(Readings.trial(study).cells()).doesNotContainKey("stop_reason");
        status.put("whyStopped", "No money").put("overallStatus", "COMPLETED");
        assertThat(Readings.trial(study).cells()).doesNotContainKey("stop_reason");
    }

    @Test
    void listsNeverMakeACellLongerThanItMayBe() {
        ObjectNode study = SyntheticTrials.ctgov();
        ObjectNode conditions = (ObjectNode) study.at("/protocolSection/conditionsModule");
        conditions.set("conditions", Json.array());
        for (int i = 0; i < 500; i++) {
            conditions.withArray("conditions").add("Condition " + i);
        }
        RegistryTrial trial = Readings.trial(study);
        assertThat(trial.cells().get("condition_words").length()).isBetween(1900, TrialCells.MAX_LONG);
        assertThat(trial.remarks()).extracting(Remark::field).contains("condition_words");
    }

    @Test
    void readsTheGenuineDocumentsAsTheyWereReadByHand() {
        assertThat(List.of(
                        row("NCT00670930"),
                        row("NCT00894816"),
                        row("NCT02402231"),
                        row("NCT02513394"),
                        row("NCT06989112")))
                .containsExactly(
                        "Novartis Pharmaceuticals INDUSTRY PHASE4 COMPLETED 2008-04 2011-11 - 36 drug"
                                + " 2007-004653-29 [12]",
                        "Umeå University OTHER NA COMPLETED 2000-08 2020-11 - 121 other - [24]",
                        "- OTHER PHASE2 UNKNOWN 2013-10 2020-10 - 23 drug 2012-005625-78 [01]",
                        "Alliance Foundation Trials, LLC. OTHER PHASE3 ACTIVE_NOT_RECRUITING 2015-08 2025-09 - 5796"
                                + " drug 2014-005181-30 [21, 14, 01, 03, 18]",
                        "AstraZeneca INDUSTRY PHASE3 RECRUITING 2025-03-27 2031-02-19 600 - drug 2023-508056-19-00"
                                + " [05, 12, 01, 03]");
    }

    private static String row(String number) {
        RegistryTrial trial = Readings.trial(SharedDocuments.bytes("ctgov_v2/" + number + ".json"));
        Map<String, String> cells = trial.cells();
        List<String> places = trial.sites().stream()
                .flatMap(site -> Readings.DOCUMENTS.place(site).place().stream())
                .toList();
        StringBuilder row = new StringBuilder();
        for (String column : List.of(
                "sponsor",
                "sponsor_class",
                "phase",
                "status",
                "start_date",
                "end_date",
                "planned_participants",
                "actual_participants",
                "intervention",
                "other_ids")) {
            row.append(cells.getOrDefault(column, "-")).append(' ');
        }
        return row.append(places).toString();
    }
}
