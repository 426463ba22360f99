package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is missing, inexact or cannot be true in a node's own records. */
final class FindingsTest {
    @Test
    void nameDatesInTheWrongOrderHoweverInexactTheyAre() {
        try (TestNode node = TestNode.covering("12")) {
            trial(node, "trial_id,submitted_date,decision_date", "2018-001234-12,2019-02-11,2019-01");
            trial(node, "trial_id,submitted_date,decision_date", "2018-001235-33,2019-02-11,2019-02");

            assertThat(findings(node, "dates-out-of-order")).containsExactly("2018 submitted_date decision_date");
        }
    }

    @Test
    void nameTheMilestonesThatATrialInItsStateMustHaveHad() {
        try (TestNode node = TestNode.covering("12")) {
            trial(node, "trial_id,status,start_date", "2018-001234-12,completed,2019-05-01");

            assertThat(findings(node, "missing-milestone")).containsExactly("2019 decision_date", "2019 end_date");
        }
    }

    @Test
    void nameDatesWithoutTheirDayAndAttributesThatNobodyKnows() {
        try (TestNode node = TestNode.covering("12")) {
            trial(
                    node,
                    "trial_id,start_date,phase,status,sponsor_class,study_type,therapy_area",
                    "2018-001234-12,2019-05,II,recruiting,,drug-trial,unknown");

            assertThat(findings(node, "inexact-date")).containsExactly("2019 start_date");
            assertThat(findings(node, "unknown-attribute")).contains("2019 sponsor_class");
        }
    }

    @Test
    void nameTheSecondRecordOfOneTrialAndATrialThatIsNowhereInTheRegion() {
        try (TestNode node = TestNode.covering("12")) {
            trial(node, "trial_id,other_ids", "2018-001234-12,NCT01234567");
            trial(node, "trial_id,other_ids", "NCT01234567,");
            node.importCsv(RecordKind.TRIAL, "trial_id\n2018-001235-33\n");

            assertThat(findings(node, "duplicate")).hasSize(1);
            assertThat(findings(node, "trial-without-site")).containsExactly("2018 region");
        }
    }

    @Test
    void areNotMadeOfSitesOrTrialsOfOthers() {
        try (TestNode agency = TestNode.covering("-")) {
            agency.importCsv(RecordKind.TRIAL, "trial_id,phase\n2018-001234-12,II\n");

            assertThat(findings(agency, "trial-without-site")).isEmpty();
            assertThat(findings(agency, "unknown-attribute")).isNotEmpty().doesNotContain("2018 phase");
        }
    }

    private static void trial(TestNode node, String header, String row) {
        node.importCsv(RecordKind.TRIAL, header + "\n" + row + "\n");
        node.importCsv(
                RecordKind.SITE, "trial_id,hospital,region\n" + row.substring(0, row.indexOf(',')) + ",SUS,12\n");
    }

    private static List<String> findings(TestNode node, String kind) {
        return node.scan("finding").stream()
                .filter(finding -> finding.text("kind").equals(kind))
                .map(finding -> finding.text("year") + " " + finding.text("about"))
                .toList();
    }
}
