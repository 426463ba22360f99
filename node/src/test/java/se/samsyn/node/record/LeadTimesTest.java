package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How long steps took, worked out of trials, sites and ATMP centres. */
final class LeadTimesTest {
    private static final String TRIALS = "trial_id,status,sponsor_class,atmp_class,submitted_date,decision_date\n";
    private static final String SITES =
            "trial_id,hospital,region,contract_date,site_ready_date,first_participant_date\n";

    @Test
    void countFromOneMilestoneToTheOtherInDays() {
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(
                    RecordKind.TRIAL, TRIALS + "2018-001234-12,recruiting,commercial,gtmp,2018-11-02,2019-02-11\n");
            node.importCsv(RecordKind.SITE, SITES + "2018-001234-12,SUS,12,2019-03-15,2019-04-24,2019-05-13\n");

            assertThat(steps(node))
                    .containsExactlyInAnyOrder(
                            "application-to-contract 2018-11-02 yes 133 commercial gtmp",
                            "contract-to-site-ready 2019-03-15 yes 40 commercial gtmp",
                            "site-ready-to-first-participant 2019-04-24 yes 19 commercial gtmp",
                            "decision-to-first-participant 2019-02-11 yes 91 commercial gtmp",
                            "application-to-first-participant 2018-11-02 yes 192 commercial gtmp");
        }
    }

    @Test
    void areWaitedForUntilTheTrialIsOver() {
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(
                    RecordKind.TRIAL,
                    TRIALS
                            + "2018-001234-12,approved,commercial,none,,2019-02-11\n"
                            + "2018-001235-33,withdrawn,commercial,none,,2019-02-11\n");
            node.importCsv(RecordKind.SITE, SITES + "2018-001234-12,SUS,12,,,\n2018-001235-33,SUS,12,,,\n");

            assertThat(steps(node)).containsExactly("decision-to-first-participant 2019-02-11 no  commercial none");
        }
    }

    @Test
    void haveNoDaysWhereADateDoesNotTellItsDayOrTheyAreInTheWrongOrder() {
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(RecordKind.TRIAL, TRIALS + "2018-001234-12,recruiting,commercial,none,,\n");
            node.importCsv(RecordKind.SITE, SITES + "2018-001234-12,SUS,12,2019-03,2019-04-24,2019-04-01\n");

            assertThat(steps(node))
                    .containsExactlyInAnyOrder(
                            "contract-to-site-ready 2019-03 yes  commercial none",
                            "site-ready-to-first-participant 2019-04-24 yes  commercial none");
        }
    }

    @Test
    void tellOfATrialAtTwoSitesTwiceAndOfAnAtmpCentreItsOwnSteps() {
        try (TestNode node = TestNode.covering("12")) {
            node.importCsv(RecordKind.TRIAL, TRIALS + "2018-001234-12,recruiting,commercial,none,,\n");
            node.importCsv(
                    RecordKind.SITE,
                    SITES
                            + "2018-001234-12,SUS,12,2019-03-15,2019-03-20,\n2018-001234-12,CSK,12,2019-03-15,2019-04-20,\n");
            node.importCsv(
                    RecordKind.ATMP_CENTRE,
                    "product,hospital,region,state,since_date,atmp_class,council_recommendation_date,"
                            + "regional_decision_date,first_patient_date\n"
                            + "p,SUS,12,treating,2023-05,gtmp,2022-12-14,2023-02-20,\n");

            assertThat(steps(node).stream().filter(step -> !step.contains("first-participant")))
                    .containsExactlyInAnyOrder(
                            "contract-to-site-ready 2019-03-15 yes 5 commercial none",
                            "contract-to-site-ready 2019-03-15 yes 36 commercial none",
                            "recommendation-to-regional-decision 2022-12-14 yes 68 unknown gtmp",
                            "regional-decision-to-first-patient 2023-02-20 no  unknown gtmp");
        }
    }

    private static List<String> steps(TestNode node) {
        return node.scan("lead-time").stream()
                .map(step -> String.join(
                        " ",
                        step.text("step"),
                        step.text("start"),
                        step.text("reached"),
                        step.text("days"),
                        step.text("sponsorClass"),
                        step.text("atmpClass")))
                .toList();
    }
}
