package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;

final class RecordDeletionTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final TestNode node = TestNode.covering("12");
    private final RecordDeletion deletion = new RecordDeletion(node.records);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void deletesATrialWithItsSites() {
        node.importCsv(RecordKind.TRIAL, "trial_id\nNCT01234567\nNCT01234568\n");
        node.importCsv(
                RecordKind.SITE,
                "trial_id,city,region\nNCT01234567,Lund,12\nNCT01234567,Malmö,12\nNCT01234568,Lund,12\n");

        DeletionReport report = deletion.byKeys(RecordKind.TRIAL, List.of("NCT01234567"));

        assertThat(report).isEqualTo(new DeletionReport(RecordKind.TRIAL, 1, 0, 0));
        assertThat(node.records.trialIds()).containsExactly("NCT01234568");
        assertThat(node.records.count(RecordKind.SITE)).isEqualTo(1);
        assertThat(node.scan(RecordKind.TRIAL)).hasSize(1);
    }

    @Test
    void deletesByAKeyOfSeveralParts() {
        node.importCsv(RecordKind.TRIAL, "trial_id\nNCT01234567\n");
        node.importCsv(
                RecordKind.SITE, "trial_id,hospital,city,region\nNCT01234567,SUS,Lund,12\nNCT01234567,,Malmö,12\n");

        deletion.byKeys(RecordKind.SITE, List.of("NCT01234567||Malmö|12"));

        assertThat(node.records.count(RecordKind.SITE)).isEqualTo(1);
        assertThat(node.records.get(RecordKind.SITE, "NCT01234567\tSUS\tLund\t12"))
                .isPresent();
    }

    @Test
    void tellsKeysApartWhosePartsHoldTheSeparator() {
        node.importCsv(RecordKind.TRIAL, "trial_id\nNCT01234567\n");
        node.importCsv(RecordKind.SITE, "trial_id,hospital,city,region\nNCT01234567,A|B,C,12\nNCT01234567,A,B|C,12\n");

        deletion.byKeys(RecordKind.SITE, List.of("NCT01234567|A\\|B|C|12"));

        assertThat(node.records.count(RecordKind.SITE)).isEqualTo(1);
        assertThat(node.records.get(RecordKind.SITE, "NCT01234567\tA\tB|C\t12")).isPresent();
        assertThatThrownBy(() -> deletion.byKeys(RecordKind.SITE, List.of("NCT01234567|A|B|C|12")))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void deletesNothingIfOneKeyIsOfNoRecord() {
        node.importCsv(RecordKind.TRIAL, "trial_id\nNCT01234567\n");

        assertThatThrownBy(() -> deletion.byKeys(RecordKind.TRIAL, List.of("NCT01234567", "NCT1")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("there is no trial with the key NCT1; nothing was deleted")
                .hasMessageContaining("trial_id");

        assertThat(node.records.count(RecordKind.TRIAL)).isEqualTo(1);
    }

    @Test
    void deletesWhatEndedBeforeADayAndKeepsWhatHasNoDate() {
        node.importCsv(
                RecordKind.TRIAL,
                "trial_id,end_date\nNCT00000001,2013\nNCT00000002,2013-12-31\nNCT00000003,2014\nNCT00000004,\n");

        assertThat(deletion.before(RecordKind.TRIAL, LocalDate.of(2014, 1, 1), TODAY))
                .isEqualTo(new DeletionReport(RecordKind.TRIAL, 2, 1, 0));

        assertThat(node.records.trialIds()).containsExactlyInAnyOrder("NCT00000003", "NCT00000004");
    }

    @Test
    void countsTheAgeOfMonthsAndQuartersFromTheirLastDay() {
        node.importCsv(RecordKind.PARTICIPATION, """
                trial_id,home_region,study_region,month
                NCT00000001,14,12,2024-02
                NCT00000001,14,12,2024-03
                """);
        node.importCsv(RecordKind.TRIAL_UNIT, """
                unit_id,quarter,hospital,region
                a,2023-Q4,SUS,12
                a,2024-Q1,SUS,12
                """);

        assertThat(deletion.before(RecordKind.PARTICIPATION, LocalDate.of(2024, 3, 31), TODAY)
                        .deleted())
                .isEqualTo(1);
        assertThat(deletion.before(RecordKind.TRIAL_UNIT, LocalDate.of(2024, 3, 31), TODAY)
                        .deleted())
                .isEqualTo(1);
    }

    @Test
    void saysWhichKindsDoNotGrowOld() {
        assertThatThrownBy(() -> deletion.before(RecordKind.SITE, LocalDate.of(2024, 1, 1), TODAY))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("delete it by its key, or with its trial");
    }

    @Test
    void keepsATrialThatHasNotEndedWhateverEndWasOnceExpected() {
        node.importCsv(RecordKind.TRIAL, """
                trial_id,registry,status,end_date
                NCT00000001,ctgov,RECRUITING,2013
                NCT00000002,ctgov,COMPLETED,2013
                """);

        assertThat(deletion.before(RecordKind.TRIAL, LocalDate.of(2014, 1, 1), TODAY))
                .isEqualTo(new DeletionReport(RecordKind.TRIAL, 1, 0, 1));

        assertThat(node.records.trialIds()).containsExactly("NCT00000001");
    }

    @Test
    void keepsTheNewestStatusOfEachMeasureHoweverOldItIs() {
        node.importCsv(RecordKind.MEASURE_STATUS, """
                proposal,colour,date,set_by,reference
                1,red,2010-01-01,somebody,page 1
                1,yellow,2012-01-01,somebody,page 1
                2,green,2011-01-01,somebody,page 2
                """);

        assertThat(deletion.before(RecordKind.MEASURE_STATUS, LocalDate.of(2014, 1, 1), TODAY))
                .isEqualTo(new DeletionReport(RecordKind.MEASURE_STATUS, 1, 0, 2));

        assertThat(node.scan(RecordKind.MEASURE_STATUS))
                .extracting(status -> status.text("colour"))
                .containsExactlyInAnyOrder("yellow", "green");
    }

    @Test
    void deletesNothingBeforeADayThatIsToCome() {
        node.importCsv(RecordKind.TRIAL, "trial_id,end_date\nNCT00000001,2013\n");

        assertThatThrownBy(() -> deletion.before(RecordKind.TRIAL, TODAY.plusDays(1), TODAY))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("after today", "nothing was deleted");

        assertThat(node.records.count(RecordKind.TRIAL)).isEqualTo(1);
    }
}
