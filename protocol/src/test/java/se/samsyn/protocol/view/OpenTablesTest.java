package se.samsyn.protocol.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.DisclosureCheck;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/** Tables that tell nothing of persons: nothing is hidden in them, and one member may keep them for all. */
class OpenTablesTest {
    private final TestNetwork network = new TestNetwork();
    private final DatasetDefinition measures = network.open;
    private final Table table = measures.tables().get(0);

    @Test
    void tellEveryNumberHoweverSmall() {
        Summary summary = summary(status("1", "green"), status("2", "red"));

        byte[] body = summary.encode();

        assertThat(new String(body, UTF_8)).doesNotContain("\"k\"");
        assertThat(Summary.parse(body, measures)).isEqualTo(summary);
        DisclosureCheck.verify(measures, summary, List.of(), place -> true);
    }

    @Test
    void mayBeRevisedByAsLittleAsOne() {
        Summary before = summary(status("1", "green"));
        Summary after = summary(status("1", "red"));

        DisclosureCheck.verify(measures, after, List.of(before), place -> true);
    }

    @Test
    void poolNothingWithholdNothingAndHaveNoK() {
        assertThatThrownBy(() -> new WithheldTable(table))
                .isInstanceOf(MalformedException.class)
                .hasMessage("table proposal is open and withholds nothing");
        assertThatThrownBy(() -> new Published(table, 5, List.of(), Optional.empty()))
                .isInstanceOf(MalformedException.class)
                .hasMessage("table proposal is open and has no k");
        Optional<Pool> pool = Optional.of(new Pool(List.of(0, 1), Values.of(9)));
        assertThatThrownBy(() -> new Published(table, Tables.OPEN, List.of(), pool))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("is open and pools nothing");
        String body = new String(summary().encode(), UTF_8);
        assertThatThrownBy(() -> Summary.parse(
                        body.replace("{\"dataset\":\"measures\"", "{\"dataset\":\"measures\",\"k\":5")
                                .getBytes(UTF_8),
                        measures))
                .isInstanceOf(MalformedException.class)
                .hasMessage("the tables of dataset measures are open and have no k");
    }

    /** The review's own result: which proposals are green, yellow or red is made up, how many is not. */
    @Test
    void showTheBoardOfTheFourteenMeasuresAsTwoGreenNineYellowAndThreeRed() {
        List<Cell> review = new ArrayList<>();
        List<Cell> later = new ArrayList<>();
        for (int proposal = 1; proposal <= 14; proposal++) {
            String colour = proposal <= 2 ? "green" : proposal <= 11 ? "yellow" : "red";
            review.add(status(Integer.toString(proposal), proposal == 14 ? "yellow" : colour));
        }
        later.add(status("14", "red"));
        network.release(TestNetwork.D, measures, "2020", tables(review));
        network.release(TestNetwork.D, measures, "2021", tables(later));

        JsonNode view = view();

        JsonNode derived = view.path("derived");
        assertThat(derived.path("counts")).hasToString("{\"green\":2,\"yellow\":9,\"red\":3}");
        assertThat(derived.path("rows")).hasSize(14);
        assertThat(derived.path("rows").path(13))
                .hasToString("{\"proposal\":\"14\",\"period\":\"2021\",\"states\":[\"red\"]}");
    }

    @Test
    void showAllStatesOfAnUnclearThingAndCountNone() {
        network.release(TestNetwork.D, measures, "2020", tables(List.of(status("1", "green"), status("1", "red"))));

        JsonNode derived = view().path("derived");

        assertThat(derived.path("rows").path(0).path("states")).hasToString("[\"green\",\"red\"]");
        assertThat(derived.path("counts")).hasToString("{\"green\":0,\"yellow\":0,\"red\":0}");
    }

    @Test
    void areKeptByOneMemberAndWhatOthersSayIsRejected() {
        network.release(TestNetwork.D, measures, "2020", tables(List.of(status("1", "green"))));
        network.release(TestNetwork.A, measures, "2020", tables(List.of(status("1", "red"))));

        NationalPicture picture = network.picture();
        JsonNode view = picture.view(TestNetwork.query(measures, "to=2020"), network.basis("2021-06-01"))
                .json();

        assertThat(view.path("members").findValuesAsText("node")).containsExactly(TestNetwork.D);
        assertThat(view.path("rows")).hasSize(1);
        assertThat(view.path("rows").path(0).path("colour").asText()).isEqualTo("green");
        assertThat(view.path("rows").path(0).path("values").path("statuses")).hasToString("{\"exact\":1}");
        assertThat(picture.rejectedSummaries()).singleElement().satisfies(rejected -> {
            assertThat(rejected.node()).isEqualTo(TestNetwork.A);
            assertThat(rejected.reason())
                    .isEqualTo("dataset measures is kept by the member that speaks for \"-\" alone");
        });
    }

    @Test
    void tellNothingAndNotZeroWhereNoMemberIsTheKeeper() {
        TestNetwork others = new TestNetwork(TestDefinitions.measuresKeptBy("25"));

        JsonNode view = others.view(others.open, "2021-06-01", "to=2020");

        assertThat(view.path("members")).isEmpty();
        assertThat(view.path("totals").path(0).path("values").path("statuses")).hasToString("{\"atLeast\":0}");
    }

    @Test
    void areNotMixedWithTablesAboutPersons() {
        assertThatThrownBy(TestDefinitions::mixed)
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("tables with a disclosure rule and tables without");
    }

    @Test
    void answerNoBoardWhereSomethingIsHidden() {
        assertThatThrownBy(() -> TestNetwork.query(network.costs, "derive=board"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("derive=board needs an open table of two dimensions");
    }

    private JsonNode view() {
        JsonNode view = network.picture()
                .view(TestNetwork.query(measures, "derive=board"), network.basis("2022-06-01"))
                .json();
        JsonSchema.named("view").check(view);
        return view;
    }

    private Summary summary(Cell... cells) {
        return new Summary(
                TestNetwork.D,
                measures.dataset(),
                Period.parse("2020"),
                Salt.of(new byte[Salt.LENGTH]),
                tables(List.of(cells)));
    }

    private Tables tables(List<Cell> cells) {
        List<Cell> sorted = new ArrayList<>(cells);
        sorted.sort((a, b) -> Integer.compare(a.position(), b.position()));
        return new Tables(Tables.OPEN, List.of(new Published(table, Tables.OPEN, sorted, Optional.empty())));
    }

    private Cell status(String proposal, String colour) {
        return new Cell(table.shape().position(List.of(proposal, colour)), Values.of(1));
    }
}
