package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.root.Scope;

final class RecordImportTest {
    private static final String TRIALS = """
            trial_id,other_ids,registry,phase,start_date
            2018-001234-12,NCT01234567,euctr,2,2019-05
            """;
    private static final String COST_HEADER =
            "item_id,trial_id,participant,home_region,study_region,date,category,amount_ore\n";

    private final TestNode node = TestNode.covering("12", "1380");

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void changesNothingTheSecondTime() {
        assertThat(counts(node.importCsv(RecordKind.TRIAL, TRIALS))).containsExactly(1L, 1L, 0L, 0L, 0L);
        assertThat(counts(node.importCsv(RecordKind.TRIAL, TRIALS))).containsExactly(1L, 0L, 0L, 1L, 0L);
    }

    @Test
    void takesARequiredCellThatHoldsOnlySpacesForEmpty() {
        ImportRefusal refusal = catchThrowableOfType(
                ImportRefusal.class,
                () -> node.importCsv(
                        RecordKind.ATMP_CENTRE,
                        "product,hospital,region,state,since_date\n\"  \",SUS,12,qualified,2023\n"));

        assertThat(refusal).isNotNull();
        assertThat(refusal.toText()).contains("line 2, product: \"  \"; expected text of at most");
    }

    @Test
    void countsWhatItChanges() {
        node.importCsv(RecordKind.TRIAL, TRIALS);

        assertThat(counts(node.importCsv(RecordKind.TRIAL, TRIALS.replace(",2,", ",3,"))))
                .containsExactly(1L, 0L, 1L, 0L, 0L);
    }

    @Test
    void countsARowThatIsThereTwice() {
        String row = "2018-001234-12,NCT01234567,euctr,2,2019-05\n";

        assertThat(counts(node.importCsv(RecordKind.TRIAL, TRIALS + row + row))).containsExactly(3L, 1L, 0L, 0L, 2L);
    }

    @Test
    void takesTwoWordsForOneCodeAsTheSameRow() {
        ImportReport report = node.importCsv(
                RecordKind.TRIAL, "trial_id,registry,phase\nNCT01234567,ctgov,NA\nNCT01234567,ctgov,Not Applicable\n");

        assertThat(counts(report)).containsExactly(2L, 1L, 0L, 0L, 1L);
    }

    @Test
    void importsNothingOfAFileWithOneBadRow() {
        String file = "trial_id\n" + "NCT01234567\n".repeat(50) + "NCT1\n";

        assertThatThrownBy(() -> node.importCsv(RecordKind.TRIAL, file)).isInstanceOf(ImportRefusal.class);

        assertThat(node.records.count(RecordKind.TRIAL)).isZero();
    }

    @Test
    void listsTheFirstThousandFaultsAndCountsAll() {
        ImportRefusal refusal = catchThrowableOfType(
                ImportRefusal.class, () -> node.importCsv(RecordKind.TRIAL, "trial_id\n" + "x\n".repeat(1234)));

        assertThat(refusal.faultCount()).isEqualTo(1234);
        assertThat(refusal.faults()).hasSize(1000);
        assertThat(refusal.toText()).endsWith("  … and 234 more\n");
        assertThat(refusal.toJson().get("faultCount").asLong()).isEqualTo(1234);
        JsonNode last = refusal.toJson().get("faults").get(999);
        assertThat(last.get("line").asLong()).isEqualTo(1001);
        assertThat(last.get("column").asText()).isEqualTo("trial_id");
        assertThat(last.get("value").asText()).isEqualTo("x");
        assertThat(last.get("expected").asText()).contains("NCT");
    }

    @Test
    void countsEachWordThatNoVocabularyHas() {
        ImportReport report = node.importCsv(RecordKind.TRIAL, """
                trial_id,registry,phase,status
                2018-001234-12,euctr,discordant,ongoing
                2018-001235-12,euctr,,ongoing
                NCT01234567,ctgov,Phase 1,Unknown status
                """);

        assertThat(report.warnings().subList(0, 2))
                .containsExactly(
                        new Warning(
                                "phase",
                                "discordant",
                                "not in vocabulary/phase.csv for registry euctr: counted as unknown",
                                1),
                        new Warning(
                                "status",
                                "ongoing",
                                "not in vocabulary/status.csv for registry euctr: counted as unknown",
                                2));
        assertThat(report.toText()).contains("  warning: status \"ongoing\", 2 rows: not in vocabulary");
        assertThat(report.toJson().get("warnings").get(1).get("count").asLong()).isEqualTo(2);
    }

    @Test
    void keepsAPlaceholderAsNotKnown() {
        ImportReport report =
                node.importCsv(RecordKind.TRIAL, "trial_id,planned_participants\nNCT01234567,99999\nNCT01234568,120\n");

        assertThat(report.warnings().get(0))
                .isEqualTo(new Warning("planned_participants", "99999", "a placeholder: kept as not known", 1));
    }

    @Test
    void warnsOfTrialsThatNoSitePutsIntoTheScope() {
        Warning warning = new Warning(
                "trial_id",
                "",
                "trials without a site: NOT COUNTED until site.csv says where in this node's scope they are",
                1);

        assertThat(node.importCsv(RecordKind.TRIAL, TRIALS).warnings()).containsExactly(warning);
        assertThat(node.scan(RecordKind.TRIAL)).isEmpty();

        assertThat(node.importCsv(RecordKind.SITE, "trial_id,region\n2018-001234-12,12\n")
                        .warnings())
                .isEmpty();
        assertThat(node.scan(RecordKind.TRIAL)).hasSize(1);
    }

    @Test
    void countsATrialWithoutSiteAsRegionUnknownWhereTheScopeHasThat() {
        try (TestNode agency = TestNode.covering("-")) {
            assertThat(agency.importCsv(RecordKind.TRIAL, TRIALS).warnings())
                    .containsExactly(
                            new Warning("trial_id", "", "trials without a site: counted as region unknown", 1));
            assertThat(agency.scan(RecordKind.TRIAL).get(0).texts("places")).containsExactly("-");
        }
    }

    @Test
    void joinsSitesToTheirTrials() {
        node.importCsv(RecordKind.TRIAL, TRIALS);
        node.importCsv(RecordKind.SITE, """
                trial_id,city,region
                2018-001234-12,Halmstad,1380
                2018-001234-12,Lund,12
                2018-001234-12,Malmö,12
                """);

        SourceRecord trial = node.scan(RecordKind.TRIAL).get(0);

        assertThat(trial.key()).isEqualTo("2018-001234-12");
        assertThat(trial.texts("ids")).containsExactly("2018-001234-12", "NCT01234567");
        assertThat(trial.texts("places")).containsExactly("12", "1380");
        assertThat(trial.text("phase")).isEqualTo("II");
        assertThat(trial.text("status")).isEqualTo("unknown");
        assertThat(trial.text("start")).isEqualTo("2019-05");
        assertThat(trial.text("end")).isEmpty();
    }

    @Test
    void speaksOnlyForPlacesThatAreInItsScopeNow() {
        node.importCsv(RecordKind.TRIAL, TRIALS);
        node.importCsv(RecordKind.SITE, "trial_id,region\n2018-001234-12,12\n2018-001234-12,1380\n");
        node.importCsv(RecordKind.COST_ITEM, COST_HEADER + "1,2018-001234-12,P-1,14,1380,2024-02-29,visit,100\n");

        RecordStore narrower = new RecordStore(node.store, Scope.parse("12"));

        narrower.scan("trial", trial -> assertThat(trial.texts("places")).containsExactly("12"));
        narrower.scan(
                "cost-item",
                item -> assertThat(item).as("an item of a place given up").isNull());
    }

    @Test
    void readsCostItems() {
        node.importCsv(RecordKind.TRIAL, TRIALS);
        ImportReport report = node.importCsv(
                RecordKind.COST_ITEM, COST_HEADER + "F1/1,2018-001234-12,P-1,14,12,2024-02-29,visit,125000\n");

        SourceRecord item = node.scan(RecordKind.COST_ITEM).get(0);

        assertThat(report.warnings()).isEmpty();
        assertThat(item.key()).isEqualTo("F1/1");
        assertThat(item.text("trial")).isEqualTo("2018-001234-12");
        assertThat(item.text("participant")).isEqualTo("P-1");
        assertThat(item.text("homeRegion")).isEqualTo("14");
        assertThat(item.text("studyRegion")).isEqualTo("12");
        assertThat(item.text("date")).isEqualTo("2024-02-29");
        assertThat(item.text("category")).isEqualTo("visit");
        assertThat(item.text("bearer")).isEqualTo("unknown");
        assertThat(item.number("amountOre")).isEqualTo(125_000);
    }

    @Test
    void takesOneTrialUnderTwoNumbersAsOneContributor() {
        node.importCsv(RecordKind.TRIAL, TRIALS);
        node.importCsv(RecordKind.COST_ITEM, COST_HEADER + """
                        1,2018-001234-12,P-1,14,12,2024-02-29,visit,100
                        2,NCT01234567,P-2,14,12,2024-02-29,visit,100
                        """);

        assertThat(node.scan(RecordKind.COST_ITEM))
                .extracting(item -> item.text("trial"))
                .containsExactly("2018-001234-12", "2018-001234-12");
    }

    @Test
    void warnsOfCostsInATrialThatItDoesNotKnow() {
        ImportReport report =
                node.importCsv(RecordKind.COST_ITEM, COST_HEADER + "1,NCT09999999,P-1,14,12,2024-02-29,visit,100\n");

        assertThat(report.warnings())
                .containsExactly(new Warning(
                        "trial_id",
                        "NCT09999999",
                        "no trial of this node has that number; the row counts all the same",
                        1));
        assertThat(node.scan(RecordKind.COST_ITEM)).hasSize(1);
    }

    @Test
    void refusesADatasetOfFieldsThatNoRecordHas() {
        node.importCsv(RecordKind.TRIAL, TRIALS);
        node.importCsv(RecordKind.SITE, "trial_id,region\n2018-001234-12,12\n");
        SourceRecord trial = node.scan(RecordKind.TRIAL).get(0);

        assertThatThrownBy(() -> trial.text("patientName")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trial.texts("phase")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> trial.number("start")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> node.scan(RecordKind.SITE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordKind.parse("patient"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("expected one of trial, site, participation, cost-item");
    }

    @Test
    void findsEveryRecordAgainWhenTheStoreIsReadAnew() {
        node.importCsv(RecordKind.TRIAL, TRIALS);

        RecordStore again = new RecordStore(node.store, Scope.parse("12"));

        assertThat(again.trialIds()).containsExactly("2018-001234-12");
        assertThat(again.trialsWithoutSite()).isEqualTo(1);
    }

    private static List<Long> counts(ImportReport report) {
        return List.of(report.rows(), report.added(), report.changed(), report.unchanged(), report.duplicates());
    }
}
