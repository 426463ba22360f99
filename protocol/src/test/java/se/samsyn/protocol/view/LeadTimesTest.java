package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.RegisterRow;

/** How long the steps of whole trials took, by what all members tell of them. */
class LeadTimesTest {
    private static final String TODAY = "2022-06-01";

    private final TestNetwork network = new TestNetwork(TestDefinitions.measures(), TestDefinitions.timedTrials());

    @Test
    void countATrialOnceThatSeveralMembersTell() {
        release(A, row("NCT00000001", "01", "commercial", "recruiting", "2020-01-01", "2020-01-11", ""));
        release(B, row("NCT00000001", "12", "commercial", "recruiting", "2020-01-01", "", "2020-03-01"));
        release(C, row("NCT00000002", "14", "commercial", "recruiting", "2020-01-01", "2020-01-31", ""));
        release(D);

        JsonNode derived = view();

        JsonNode row = derived.path("rows").path(0);
        assertThat(row.path("period").asText()).isEqualTo("2020");
        assertThat(row.path("step").asText()).isEqualTo("submitted-to-validated");
        assertThat(row.path("reached")).hasToString("{\"exact\":2}");
        assertThat(row.path("percentiles"))
                .hasToString("{\"p10\":{\"exact\":10},\"p25\":{\"exact\":10},\"p50\":{\"exact\":10},"
                        + "\"p75\":{\"exact\":30},\"p90\":{\"exact\":30}}");
        // neither member alone knows both dates of this step
        JsonNode decided = derived.path("rows").path(1);
        assertThat(decided.path("step").asText()).isEqualTo("validated-to-decision");
        assertThat(decided.path("reached")).hasToString("{\"exact\":1}");
        assertThat(decided.path("waiting")).hasToString("{\"exact\":1}");
        assertThat(decided.path("percentiles").path("p50")).hasToString("{\"exact\":50}");
    }

    @Test
    void areWaitedForUnlessTheTrialIsOverOrNeverWas() {
        release(
                A,
                row("NCT00000001", "01", "commercial", "approved", "2020-01-01", "", ""),
                row("NCT00000002", "01", "commercial", "unknown", "2020-01", "", ""),
                row("NCT00000003", "01", "commercial", "completed", "2020-01-01", "", ""),
                row("NCT00000004", "01", "commercial", "refused", "2020-01-01", "", ""));
        releaseNothing(B, C, D);

        JsonNode row = view().path("rows").path(0);

        assertThat(row.path("waiting")).hasToString("{\"exact\":2}");
        assertThat(row.path("reached")).hasToString("{\"exact\":0}");
        assertThat(row.has("percentiles")).isFalse();
    }

    @Test
    void leaveOutDatesInTheWrongOrderAndThoseThatDoNotSayTheirDay() {
        release(
                A,
                row("NCT00000001", "01", "commercial", "recruiting", "2020-01-02", "2020-01-01", ""),
                row("NCT00000002", "01", "commercial", "recruiting", "2020-01-02", "2020-02", ""),
                row("NCT00000003", "01", "commercial", "recruiting", "2020-01-02", "2020-01-02", ""));
        releaseNothing(B, C, D);

        JsonNode row = view().path("rows").path(0);

        assertThat(row.path("leftOut")).hasToString("{\"exact\":2}");
        assertThat(row.path("reached")).hasToString("{\"exact\":1}");
        assertThat(row.path("percentiles").path("p90")).hasToString("{\"exact\":0}");
    }

    @Test
    void nameTheSlowestStepButNoneThatOthersMakeUp() {
        release(
                A,
                row("NCT00000001", "01", "commercial", "recruiting", "2020-01-01", "2020-01-11", "2020-01-31"),
                row("NCT00000002", "01", "non-commercial", "recruiting", "2020-01-01", "2020-03-01", "2020-03-02"));
        releaseNothing(B, C, D);

        // from submission to decision takes longest, and is no step of its own
        assertThat(view("group=sponsor-class").path("slowest"))
                .hasToString("[{\"step\":\"validated-to-decision\",\"code\":\"commercial\",\"median\":20},"
                        + "{\"step\":\"submitted-to-validated\",\"code\":\"non-commercial\",\"median\":60}]");
        assertThat(view("group=sponsor-class").path("by").asText()).isEqualTo("sponsor-class");
    }

    @Test
    void areOfWhatWasToldWhereAMemberIsSilent() {
        release(A, row("NCT00000001", "01", "commercial", "recruiting", "2020-01-01", "2020-01-11", ""));
        releaseNothing(B, C);

        JsonNode row = network.view(network.trials, TODAY, "derive=lead-times", "from=2020", "to=2020")
                .at("/derived/rows/0");

        assertThat(row.path("reached")).hasToString("{\"atLeast\":1}");
        assertThat(row.has("percentiles")).isFalse();
        assertThat(row.path("percentilesOfTold").path("p50")).hasToString("{\"exact\":10}");
    }

    @Test
    void areExactHoweverLongTheyTook() {
        release(A, row("NCT00000001", "01", "commercial", "recruiting", "1990-01-01", "2020-01-11", ""));
        releaseNothing(B, C, D);

        assertThat(view().at("/rows/0/percentiles/p50")).hasToString("{\"exact\":10967}");
    }

    @Test
    void areRefusedWithoutStepsAndWhereATrialWouldCountTwice() {
        assertThatThrownBy(() -> TestNetwork.query(TestDefinitions.openTrials(), "derive=lead-times"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("derive=lead-times needs a register that names the steps of trials, such as trials; dataset"
                        + " trials has none");
        assertThatThrownBy(() -> TestNetwork.query(network.trials, "derive=lead-times", "group=phase,sponsor-class"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("derive=lead-times groups by one attribute, not by phase and sponsor-class");
        assertThatThrownBy(() -> TestNetwork.query(network.trials, "derive=lead-times", "by=region"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("derive=lead-times counts a trial once, wherever it has sites: leave out by=region");
    }

    private static RegisterRow row(String ids, String place, String sponsorClass, String status, String... milestones) {
        RegisterRow row = TestNetwork.trial(ids, "2020", "II", sponsorClass, place);
        return TestNetwork.timedTrial(TestNetwork.openTrial(row, "", status, "", "", 1), milestones);
    }

    private void release(String node, RegisterRow... rows) {
        network.release(node, network.trials, "2020", network.register(rows));
    }

    private void releaseNothing(String... nodes) {
        for (String node : nodes) {
            release(node);
        }
    }

    private JsonNode view(String... params) {
        List<String> all = new ArrayList<>(List.of(params));
        all.addAll(List.of("derive=lead-times", "from=2020", "to=2020"));
        return network.view(network.trials, TODAY, all.toArray(String[]::new)).path("derived");
    }
}
