package se.samsyn.node.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What is taken of registries' documents, and what is left to other members, in made up documents of ClinicalTrials.gov's shape. */
final class DocumentImportTest {
    private static final String LUND = location("Skåne University Hospital", "Lund", "Sweden");
    private static final String MALMO = location("SUS", "Malmö", "Sweden");
    private static final String UMEA = location("Norrland University Hospital", "Umeå", "Sweden");
    private static final String OSLO = location("Ullevål", "Oslo", "Norway");
    private static final String NOWHERE = location("A clinic", "Atlantis", "Sweden");

    @Test
    void takesATrialWithItsSitesInTheScopeAndLeavesTheOthersToOthers() {
        try (TestNode node = TestNode.covering("12")) {
            DocumentReport report = node.importDocument(study("NCT01234567", "PHASE3", LUND, MALMO, UMEA, OSLO));

            assertThat(report.trials()).isEqualTo(new DocumentReport.Changes(1, 0, 0));
            assertThat(report.sites()).isEqualTo(new DocumentReport.Changes(2, 0, 0));
            assertThat(report.sitesElsewhere()).isEqualTo(1);
            SourceRecord trial = node.scan(RecordKind.TRIAL).get(0);
            assertThat(trial.texts("places")).containsExactly("12");
            assertThat(trial.text("phase")).isEqualTo("III");
            assertThat(trial.text("status")).isEqualTo("recruiting");
        }
    }

    @Test
    void changesNothingTheSecondTime() {
        try (TestNode node = TestNode.covering("12")) {
            String document = study("NCT01234567", "PHASE3", LUND, MALMO);
            node.importDocument(document);

            DocumentReport again = node.importDocument(document);

            assertThat(again.trials()).isEqualTo(new DocumentReport.Changes(0, 0, 1));
            assertThat(again.sites()).isEqualTo(new DocumentReport.Changes(0, 0, 2));
        }
    }

    @Test
    void keepsWhatTheRegionKnowsAndTheRegistryDoesNotTell() {
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(RecordKind.TRIAL, """
                    trial_id,registry,phase,contract_date,end_date
                    NCT01234567,ctgov,PHASE1,2019-03-15,2030
                    """);
            node.importCsv(RecordKind.SITE, """
                    trial_id,hospital,city,region,site_ready_date
                    NCT01234567,Skåne University Hospital,Lund,12,2019-04-24
                    """);

            DocumentReport report = node.importDocument(study("NCT01234567", "PHASE3", LUND));

            assertThat(report.trials()).isEqualTo(new DocumentReport.Changes(0, 1, 0));
            assertThat(report.sites()).isEqualTo(new DocumentReport.Changes(0, 0, 1));
            SourceRecord trial = node.scan(RecordKind.TRIAL).get(0);
            assertThat(trial.text("phase")).isEqualTo("III");
            assertThat(trial.text("contractDate")).isEqualTo("2019-03-15");
            assertThat(trial.text("end")).isEqualTo("2030");
        }
    }

    @Test
    void takesBackASiteThatTheRegistryNoLongerNamesAndNoneOfTheRegionsOwn() {
        try (TestNode node = TestNode.covering("12")) {
            node.importDocument(study("NCT01234567", "PHASE3", LUND, MALMO));
            node.importCsv(RecordKind.SITE, "trial_id,hospital,city,region\nNCT01234567,Own,Ystad,12\n");
            node.importCsv(RecordKind.SITE, "trial_id,hospital,city,region\nNCT01234567,SUS,Malmö,12\n");

            DocumentReport report = node.importDocument(study("NCT01234567", "PHASE3", UMEA));

            assertThat(report.elsewhere()).isEqualTo(1);
            assertThat(report.sitesRemoved()).isEqualTo(1);
            assertThat(report.toText()).contains("1 sites removed: the registry no longer names them");
            assertThat(node.records.get(RecordKind.SITE, "NCT01234567\tSkåne University Hospital\tLund\t12"))
                    .isEmpty();
            assertThat(node.records.count(RecordKind.SITE)).isEqualTo(2);
        }
    }

    @Test
    void takesBackNoSiteForADocumentThatIsRefused() throws IOException {
        try (TestNode node = TestNode.covering("12")) {
            node.importDocument(study("NCT01234567", "PHASE3", LUND, MALMO));

            DocumentReport report = node.imports.importDocuments(
                    "trials.zip",
                    zip(Map.of(
                            "a.json", study("NCT01234567", "PHASE3", LUND, MALMO),
                            "b.json", study("NCT01234567", "PHASE1", LUND))));

            assertThat(report.refused()).hasSize(1);
            assertThat(report.sitesRemoved()).isZero();
            assertThat(node.records.count(RecordKind.SITE)).isEqualTo(2);
        }
    }

    @Test
    void leavesOutATextWithHalfACharacterThatNoKeyCanHold() {
        try (TestNode node = TestNode.covering("12")) {
            String half = location("SUS \\ud800", "Lund", "Sweden");

            DocumentReport report = node.importDocument(study("NCT01234567", "PHASE3", half));

            assertThat(report.sites()).isEqualTo(new DocumentReport.Changes(1, 0, 0));
            assertThat(report.toText()).contains("hospital", "half of a surrogate pair");
            node.records.forEach(
                    RecordKind.SITE,
                    (key, json) -> assertThat(RecordFormats.SHIPPED
                                    .of(RecordKind.SITE)
                                    .parse(json)
                                    .key())
                            .isEqualTo(key));
        }
    }

    @Test
    void leavesATrialWithoutASiteInTheScope() {
        try (TestNode node = TestNode.covering("12");
                TestNode agency = TestNode.covering("-")) {
            for (TestNode each : new TestNode[] {node, agency}) {
                DocumentReport report = each.importDocument(study("NCT01234567", "PHASE3", UMEA));

                assertThat(report.elsewhere()).isEqualTo(1);
                assertThat(each.records.count(RecordKind.TRIAL)).isZero();
            }
        }
    }

    @Test
    void givesATrialThatNobodyCanPlaceToWhoeverKeepsRegionUnknown() {
        try (TestNode node = TestNode.covering("12");
                TestNode agency = TestNode.covering("-")) {
            assertThat(node.importDocument(study("NCT01234567", "PHASE3", NOWHERE))
                            .elsewhere())
                    .isEqualTo(1);

            DocumentReport report = agency.importDocument(study("NCT01234567", "PHASE3", NOWHERE, OSLO));

            assertThat(report.trials().added()).isEqualTo(1);
            assertThat(report.sitesNotPlaced()).isEqualTo(1);
            assertThat(report.toText()).contains("1 sites not placed", "Atlantis");
            assertThat(agency.scan(RecordKind.TRIAL).get(0).texts("places")).containsExactly("-");
        }
    }

    @Test
    void leavesATrialThatIsOnlyAbroad() {
        try (TestNode agency = TestNode.covering("-")) {
            assertThat(agency.importDocument(study("NCT01234567", "PHASE3", OSLO))
                            .elsewhere())
                    .isEqualTo(1);
        }
    }

    @Test
    void takesTheOtherDocumentsOfAnArchiveAndNamesTheRefusedOne() throws IOException {
        try (TestNode node = TestNode.covering("12")) {
            DocumentReport report = node.imports.importDocuments(
                    "trials.zip",
                    zip(Map.of(
                            "a.json", study("NCT01234567", "PHASE3", LUND),
                            "b.json", "{\"colour\": \"red\"}",
                            "c.json", study("NCT01234568", "PHASE1", MALMO))));

            assertThat(report.documents()).isEqualTo(3);
            assertThat(report.trials().added()).isEqualTo(2);
            assertThat(report.refused()).singleElement().satisfies(refused -> {
                assertThat(refused.document()).isEqualTo("trials.zip!b.json");
                assertThat(refused.why()).contains("none of the formats that are known", "colour");
            });
            assertThat(report.toText()).contains("refused, and nothing of it imported: trials.zip!b.json");
            assertThat(report.toJson().path("refused").size()).isEqualTo(1);
        }
    }

    @Test
    void refusesTwoDocumentsThatSayDifferentThingsAboutOneTrial() throws IOException {
        try (TestNode node = TestNode.covering("12")) {
            String one = study("NCT01234567", "PHASE3", LUND);
            DocumentReport report = node.imports.importDocuments(
                    "trials.zip",
                    zip(Map.of("a.json", one, "b.json", one, "c.json", study("NCT01234567", "PHASE1", LUND))));

            assertThat(report.trials().added()).isEqualTo(1);
            assertThat(report.repeated() + report.refused().size()).isEqualTo(2);
            assertThat(report.refused())
                    .isNotEmpty()
                    .allSatisfy(refused -> assertThat(refused.why()).contains("the same trial with other content"));
        }
    }

    @Test
    void keepsNothingOfAContactPerson() {
        try (TestNode node = TestNode.covering("12")) {
            node.importDocument(study("NCT01234567", "PHASE3", LUND));

            StringBuilder kept = new StringBuilder();
            node.records.forEach(RecordKind.TRIAL, (key, json) -> kept.append(new String(json, UTF_8)));
            node.records.forEach(RecordKind.SITE, (key, json) -> kept.append(new String(json, UTF_8)));
            assertThat(kept).contains("NCT01234567").doesNotContain("Contact", "@", "555");
        }
    }

    private static byte[] zip(Map<String, String> documents) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
            for (String name : documents.keySet().stream().sorted().toList()) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(documents.get(name).getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static String location(String facility, String city, String country) {
        return """
                {"facility": "%s", "city": "%s", "country": "%s",
                 "contacts": [{"name": "Carl Contact", "email": "c@example.org", "phone": "555"}]}""".formatted(facility, city, country);
    }

    private static String study(String number, String phase, String... locations) {
        return """
                {"protocolSection": {
                  "identificationModule": {"nctId": "%s", "briefTitle": "A trial"},
                  "statusModule": {"overallStatus": "RECRUITING", "startDateStruct": {"date": "2020-01"}},
                  "designModule": {"studyType": "INTERVENTIONAL", "phases": ["%s"]},
                  "contactsLocationsModule": {"locations": [%s]}}}""".formatted(number, phase, String.join(",", locations));
    }
}
