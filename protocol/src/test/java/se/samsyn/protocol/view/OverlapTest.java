package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;
import static se.samsyn.protocol.view.TestNetwork.openTrial;
import static se.samsyn.protocol.view.TestNetwork.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.RegisterRow;

/** Trials in different regions about the same thing and open at the same time, worked out by hand. */
class OverlapTest {
    private static final String TODAY = "2022-06-01";

    private final TestNetwork network = new TestNetwork(TestDefinitions.measures(), TestDefinitions.openTrials());

    @Test
    void findsTrialsOnDiagnosesOfOneCategoryInTwoRegions() {
        release(A, row("NCT00000001", "2020-03", "01", "2021-02-15", "completed", "C83.3", ""));
        release(B, row("NCT00000002", "2020-11-01", "12", "", "recruiting", "C83.1,D46", ""));

        JsonNode derived = overlap();

        assertThat(derived.path("count").asInt()).isEqualTo(1);
        assertThat(derived.path("rows").path(0))
                .hasToString("{\"by\":\"condition\",\"subject\":\"C83\","
                        + "\"pairs\":{\"exact\":1},\"regions\":[\"01\",\"12\"],\"count\":2,\"trials\":["
                        + "{\"ids\":[\"NCT00000001\"],\"status\":\"completed\",\"surely\":true,\"start\":\"2020-03\","
                        + "\"end\":\"2021-02-15\",\"regions\":[\"01\"]},"
                        + "{\"ids\":[\"NCT00000002\"],\"status\":\"recruiting\",\"surely\":true,\"start\":\"2020-11-01\","
                        + "\"regions\":[\"12\"]}]}");
    }

    @Test
    void namesTheProductAsItsCodeListDoes() {
        release(A, row("NCT00000001", "2020-03", "01", "", "recruiting", "", "alpha-cel"));
        release(B, row("NCT00000002", "2020-11-01", "12", "", "recruiting", "", "alpha-cel"));

        assertThat(overlap().path("rows").path(0).path("label").path("en").asText())
                .isEqualTo("alpha-cel in English");
    }

    @Test
    void doesNotCallTrialsOfOneRegionAnOverlap() {
        release(A, row("NCT00000001", "2020-03", "01", "", "recruiting", "C83", ""));
        release(A, "2019", row("NCT00000002", "2019-03", "01", "", "recruiting", "C83", ""));

        assertThat(overlap().path("rows")).isEmpty();
    }

    @Test
    void callsThemOneWhereOneOfThemIsInAnotherRegionToo() {
        release(A, row("NCT00000001", "2020-03", "01", "", "recruiting", "C83", ""));
        release(A, "2019", row("NCT00000002", "2019-03", "01", "", "recruiting", "C83", ""));
        release(B, row("NCT00000002", "2020-11-01", "12", "", "recruiting", "", ""));
        assertThat(pairs()).isEqualTo("{\"exact\":1}");
    }

    @Test
    void doesNotCallTrialsThatFollowOneAnotherAnOverlap() {
        release(A, row("NCT00000001", "2020-03-01", "01", "2020-05-31", "completed", "C83", ""));
        release(B, row("NCT00000002", "2020-06-01", "12", "", "recruiting", "C83", ""));

        assertThat(overlap().path("rows")).isEmpty();
    }

    @Test
    void saysWhatIsOnlyPossibleWhereDatesAreMonthsOrYears() {
        release(A, row("NCT00000001", "2020-03-01", "01", "2020-06", "completed", "C83", ""));
        release(B, row("NCT00000002", "2020-06", "12", "", "recruiting", "C83", ""));

        JsonNode row = overlap().path("rows").path(0);
        assertThat(row.path("pairs")).hasToString("{\"from\":0,\"to\":1}");
        assertThat(row.path("trials").findValuesAsText("surely")).containsExactly("false", "false");
    }

    @Test
    void saysWhatIsOnlyPossibleWhereATrialHasNotBegunOrItsEndOrRegionIsNotKnown() {
        release(A, row("NCT00000001", "2020-03-01", "01", "", "recruiting", "C83", ""));
        RegisterRow planned = row("NCT00000002", "2020-06", "12", "2024", "approved", "C83", "");
        RegisterRow ended = row("NCT00000003", "2020-07", "1380", "", "completed", "C83", "");
        RegisterRow refused = row("NCT00000004", "2020-07", "12", "", "refused", "C83", "");
        release(B, planned, ended, refused);
        release(D, row("NCT00000005", "2020-06-01", "-", "", "recruiting", "C83", ""));

        // every two of the four that are not refused, but no two of them for sure
        assertThat(pairs()).isEqualTo("{\"from\":0,\"to\":6}");
    }

    @Test
    void takesATrialThatRecruitsForOpenTodayAlsoIfItsStartIsNotKnown() {
        release(A, "2019", row("2019-000001-11", "", "01", "", "recruiting", "C83", ""));
        release(B, row("NCT00000002", "2020-06", "12", "", "recruiting", "C83", ""));

        assertThat(pairs()).isEqualTo("{\"exact\":1}");
    }

    @Test
    void leavesOutTrialsOfOtherYearsThanAskedFor() {
        release(A, "2019", row("NCT00000001", "2019", "01", "", "recruiting", "C83", ""));
        release(B, row("NCT00000002", "2020-06", "12", "", "recruiting", "C83", ""));

        assertThat(overlap("from=2020").path("rows")).isEmpty();
    }

    @Test
    void saysAtLeastWhereAMemberDidNotTellItsPart() {
        network.release(
                A,
                network.trials,
                "2020",
                network.register(row("NCT00000001", "2020", "01", "", "recruiting", "C83", "")));
        network.release(
                B,
                network.trials,
                "2020",
                network.register(row("NCT00000002", "2020", "12", "", "recruiting", "C83", "")));

        assertThat(overlapOfWhatIsThere().path("rows").path(0).path("pairs")).hasToString("{\"atLeast\":1}");
    }

    @Test
    void countsAllAndListsFewOfAHostileDiagnosis() {
        List<RegisterRow> here = new ArrayList<>();
        List<RegisterRow> there = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String number = String.format(Locale.ROOT, "NCT%08d", i);
            here.add(row(number, "2020", "01", "", "recruiting", "C83", ""));
            there.add(row(number.replace("NCT0", "NCT1"), "2020", "12", "", "recruiting", "C83", ""));
        }
        release(A, here.toArray(RegisterRow[]::new));
        release(B, there.toArray(RegisterRow[]::new));

        JsonNode row = overlap().path("rows").path(0);
        assertThat(row.path("pairs")).hasToString("{\"exact\":400000000}");
        assertThat(row.path("count").asInt()).isEqualTo(40_000);
        assertThat(row.path("trials")).hasSize(Overlap.MAX_TRIALS_LISTED);
    }

    @Test
    void isRefusedOfARegisterThatDoesNotSayWhenATrialIsOpen() {
        assertThatThrownBy(() -> TestNetwork.query(TestDefinitions.trials(), "derive=overlap"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("derive=overlap needs a register that says when a trial is open, such as trials; dataset"
                        + " trials has none");
    }

    private static RegisterRow row(
            String ids, String start, String places, String end, String status, String conditions, String product) {
        return openTrial(trial(ids, start, "II", "commercial", places), end, status, conditions, product, 1);
    }

    private void release(String node, RegisterRow... rows) {
        release(node, "2020", rows);
    }

    private void release(String node, String period, RegisterRow... rows) {
        network.release(node, network.trials, period, network.register(rows));
    }

    private String pairs() {
        return overlap().path("rows").path(0).path("pairs").toString();
    }

    /** After all members have said that there is nothing in what they have not told. */
    private JsonNode overlap(String... params) {
        for (String node : List.of(A, B, C, D)) {
            for (String period : List.of("2018", "2019", "2020", "2021", "2022", "unknown")) {
                boolean told = network.logs.get(node).stream()
                        .anyMatch(entry -> entry.statement().toString().contains("period=" + period));
                if (!told) {
                    network.release(node, network.trials, period, network.register());
                }
            }
        }
        return view(params);
    }

    private JsonNode overlapOfWhatIsThere() {
        return view();
    }

    private JsonNode view(String... params) {
        List<String> all = new ArrayList<>(List.of(params));
        all.add("derive=overlap");
        return network.view(network.trials, TODAY, all.toArray(String[]::new)).path("derived");
    }
}
