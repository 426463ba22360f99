package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;
import static se.samsyn.protocol.view.TestNetwork.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.NextVersion;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Register;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.Roster;
import se.samsyn.protocol.summary.RosterRow;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/** Views over what was told under two versions of a definition: what can be compared is, and the break is told. */
class VersionsInViewsTest {
    private static final String CODES = "/dimensions/0/codes/codes";
    private static final String Q1 = "2024-Q1";
    private static final String Q2 = "2024-Q2";
    private static final String AFTER_BOTH = "2024-07-15";

    /** Costs in version 2: fewer measures and the regions the other way around, otherwise called. */
    static DatasetDefinition comparable() {
        return NextVersion.of(TestDefinitions.costs(), json -> {
            NextVersion.remove(json, "/measures", "creditOre");
            NextVersion.remove(json, "/tables/0/measures", "creditOre");
            NextVersion.reverse(json, CODES);
            NextVersion.relabel(json, CODES);
        });
    }

    static TestNetwork networkWith(DatasetDefinition version) {
        return new TestNetwork(TestDefinitions.measures(), TestDefinitions.trials(), version);
    }

    static Tables costs(DatasetDefinition definition, String region, long... values) {
        Table table = definition.tables().get(0);
        Cell cell = new Cell(table.shape().position(List.of(region)), Values.of(values));
        return new Tables(5, List.of(new Published(table, 5, List.of(cell), Optional.empty())));
    }

    private static Tables noCosts(DatasetDefinition definition) {
        return new Tables(5, List.of(new Published(definition.tables().get(0), 5, List.of(), Optional.empty())));
    }

    @Test
    void whatWasToldUnderAnOlderVersionCountsByCodeAndName() {
        DatasetDefinition newest = comparable();
        TestNetwork network = networkWith(newest);
        network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 20, 300, 4)));
        network.release(
                B,
                network.costs,
                Q1,
                network.pooledCosts(List.of(1, 2), new long[] {9, 9, 90, 0}, network.cell("14", 7, 8, 90, 0)));
        network.release(C, newest, Q1, costs(newest, "01", 6, 6, 60));
        network.release(D, newest, Q1, noCosts(newest));

        JsonNode view = network.view(newest, "2024-04-15");

        assertThat(view.path("definition").asText()).isEqualTo(newest.hash().toHex());
        assertThat(view.path("measures").findValuesAsText("name"))
                .containsExactly("participants", "items", "amountOre");
        assertThat(ViewReader.row(view, "01").path("values"))
                .hasToString(
                        "{\"participants\":{\"exact\":16},\"items\":{\"exact\":26},\"amountOre\":{\"exact\":360}}");
        assertThat(ViewReader.row(view, "03").path("values").path("participants"))
                .hasToString("{\"from\":0,\"to\":9}");
        assertThat(ViewReader.row(view, "12").path("values").path("participants"))
                .hasToString("{\"from\":0,\"to\":9}");
        assertThat(view.at("/totals/0/values/participants")).hasToString("{\"exact\":32}");
        assertThat(ViewReader.member(view, A).path("periods"))
                .hasToString("[{\"from\":\"2024-Q1\",\"to\":\"2024-Q1\",\"state\":\"reported\",\"version\":1}]");
        assertThat(ViewReader.member(view, B).at("/periods/0/state").asText()).isEqualTo("pooled");
        assertThat(ViewReader.member(view, C).at("/periods/0").has("version")).isFalse();
        assertThat(view.path("versions").findValuesAsText("definition"))
                .containsExactly(network.costs.hash().toHex(), newest.hash().toHex());
        assertThat(view.path("breaks")).as("one period has none").isEmpty();
        assertThat(view.path("notes").findValuesAsText("note")).contains("versions-differ");
    }

    @Test
    void eachMembersBreakIsAtTheFirstPeriodThatItTellsUnderTheOtherVersion() {
        DatasetDefinition newest = comparable();
        TestNetwork network = networkWith(newest);
        for (String node : List.of(A, B, C)) {
            network.release(node, network.costs, Q1, network.costs());
        }
        network.release(A, newest, Q2, noCosts(newest));
        network.release(B, newest, Q2, noCosts(newest));
        network.release(C, network.costs, Q2, network.costs());
        network.release(D, newest, Q2, noCosts(newest));

        JsonNode view = network.view(newest, AFTER_BOTH);

        assertThat(view.path("breaks"))
                .hasToString("[{\"period\":\"2024-Q2\",\"from\":1,\"to\":2,\"nodes\":[\"a.example\",\"b.example\"]}]");
        assertThat(view.at("/totals/1/values/participants")).hasToString("{\"exact\":0}");
        JsonNode after = network.view(newest, AFTER_BOTH, "from=2024-Q2");
        assertThat(after.path("breaks")).isEmpty();
        assertThat(after.path("versions")).hasSize(2);
    }

    @Test
    void aViewThatIsToldUnderOneVersionSaysNothingOfVersions() {
        DatasetDefinition newest = comparable();
        TestNetwork network = networkWith(newest);
        network.release(A, network.costs, Q1, network.costs());
        network.release(A, newest, Q2, noCosts(newest));

        JsonNode view = network.view(newest, AFTER_BOTH, "from=2024-Q2");

        assertThat(view.has("versions")).isFalse();
        assertThat(view.has("breaks")).isFalse();
        assertThat(view.path("notes").findValuesAsText("note")).doesNotContain("versions-differ");
    }

    static Stream<Arguments> changesThatCannotBeCompared() {
        return Stream.of(
                change(
                        "its table home-region has other codes of home-region, unlike in \"99\"",
                        json -> NextVersion.add(json, CODES, NextVersion.code("99"))),
                change(
                        "its table home-region has other codes of home-region, unlike in \"14\"",
                        json -> NextVersion.remove(json, CODES, "14")),
                change(
                        "its table home-region has no dimension home-region of placeOfBirth",
                        json -> ((ObjectNode) json.at("/dimensions/0")).put("field", "placeOfBirth")),
                change("its table home-region has no measure trials", json -> {
                    NextVersion.add(
                            json, "/measures", "{\"name\":\"trials\",\"aggregate\":\"distinct\",\"field\":\"trial\"}");
                    NextVersion.add(json, "/tables/0/measures", "\"trials\"");
                }),
                change(
                        "its table home-region makes the measure amountOre otherwise",
                        json -> ((ObjectNode) json.at("/measures/2")).remove("except")),
                change("it has no table region", json -> ((ObjectNode) json.at("/tables/0")).put("name", "region")),
                change("it is about records of another kind, cost-item", json -> json.put("record", "invoice")),
                change(
                        "its periods are of another length, or go by another date",
                        json -> ((ObjectNode) json.path("period")).put("field", "paid")),
                change("it is kept by every member", json -> json.put("keeper", "01")));
    }

    private static Arguments change(String reason, Consumer<ObjectNode> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest
    @MethodSource("changesThatCannotBeCompared")
    void whatCannotBeComparedIsNotToldAndTheReasonNamesBothVersions(String reason, Consumer<ObjectNode> change) {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.costs(), change);
        TestNetwork network = networkWith(newest);
        network.release(A, network.costs, Q1, network.costs(network.cell("01", 10, 20, 300, 4)));

        JsonNode view = network.view(newest, "2024-04-15");

        JsonNode run = ViewReader.member(view, A).at("/periods/0");
        assertThat(run.path("state").asText()).isEqualTo("other-version");
        assertThat(run.path("reason").asText())
                .isEqualTo(
                        "told under version 1 of the definition, which cannot be compared with version 2: " + reason);
        assertThat(run.path("version").asInt()).isEqualTo(1);
        assertThat(view.at("/totals/0/values/participants")).hasToString("{\"atLeast\":0}");
        assertThat(view.at("/totals/0/states/other-version").asInt()).isEqualTo(1);
        assertThat(view.path("coverage").path("all")).isEmpty();
        assertThat(network.picture().rejectedSummaries())
                .as("nothing is rejected")
                .isEmpty();
    }

    @Test
    void ofTwoTablesTheOneThatCanBeComparedCounts() {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.leadTimes(), json -> {
            NextVersion.reverse(json, CODES);
            ((ObjectNode) json.at("/dimensions/1/codes")).put("upTo", 400);
        });
        TestNetwork network = new TestNetwork(TestDefinitions.leadTimes(), TestDefinitions.trials(), newest);
        Table days = network.open.tables().get(0);
        Table phases = network.open.tables().get(1);
        network.release(
                A,
                network.open,
                "2020",
                new Tables(Tables.OPEN, List.of(open(days, List.of("II", "30"), 3), open(phases, List.of("II"), 3))));

        JsonNode byPhase = network.view(newest, "2020-06-01", "table=phase", "to=2020");
        JsonNode byDays = network.view(newest, "2020-06-01", "table=phase-days", "to=2020");

        assertThat(ViewReader.state(byPhase, A)).isEqualTo("reported");
        assertThat(byPhase.at("/totals/0/values/steps")).hasToString("{\"atLeast\":3}");
        assertThat(ViewReader.state(byDays, A)).isEqualTo("other-version");
        assertThat(byDays.at("/totals/0/values/steps")).hasToString("{\"atLeast\":0}");
    }

    private static Published open(Table table, List<String> codes, long value) {
        Cell cell = new Cell(table.shape().position(codes), Values.of(value));
        return new Published(table, Tables.OPEN, List.of(cell), Optional.empty());
    }

    @Test
    void rowsOfARegisterAreCarriedOverByTheNamesOfTheirAttributes() {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.trials(), json -> {
            NextVersion.reverse(json, "/register/attributes");
            NextVersion.add(
                    json,
                    "/register/attributes",
                    "{\"name\":\"blinded\",\"field\":\"blinded\",\"codes\":{\"name\":\"yes\",\"codes\":["
                            + NextVersion.code("yes") + "," + NextVersion.code("unknown") + "]}}");
            NextVersion.remove(json, "/register/attributes/2/codes/codes", "I/II");
        });
        TestNetwork network = new TestNetwork(TestDefinitions.measures(), TestDefinitions.trials(), newest);
        network.release(
                A,
                network.trials,
                "2020",
                network.register(
                        trial("NCT00000001", "2020", "I/II", "commercial", "01"),
                        trial("NCT00000002", "2020", "II", "unknown", "01")));
        RegisterRow now = new RegisterRow(
                trial("NCT00000002", "2020", "I", "commercial", "12").ids(),
                Optional.of("2020-03"),
                List.of("yes", "commercial", "unknown"),
                List.of("12"));
        network.release(B, newest, "2020", new Register(newest.register().orElseThrow(), List.of(now)));
        network.release(C, newest, "2020", new Register(newest.register().orElseThrow(), List.of()));
        network.release(D, network.trials, "2020", network.register());

        JsonNode view = network.view(newest, "2021-06-01", "group=phase,sponsor-class,blinded", "to=2020", "from=2020");

        assertThat(view.path("rows").findValuesAsText("phase")).containsExactly("II", "unknown");
        assertThat(view.path("rows").findValuesAsText("sponsor-class")).containsExactly("commercial", "commercial");
        assertThat(view.path("rows").findValuesAsText("blinded")).containsExactly("yes", "unknown");
        assertThat(view.at("/totals/0/values/trials")).hasToString("{\"exact\":2}");
        assertThat(view.at("/conflicts/count").asInt()).isZero();
    }

    @Test
    void milestonesOfARegisterAreCarriedOverByTheirNames() {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.timedTrials(), json -> {
            NextVersion.reverse(json, "/register/milestones");
            NextVersion.add(
                    json, "/register/milestones", "{\"name\":\"ethics\",\"field\":\"ethics\",\"type\":\"date\"}");
        });
        TestNetwork network = new TestNetwork(TestDefinitions.measures(), TestDefinitions.timedTrials(), newest);
        RegisterRow row = TestNetwork.openTrial(
                trial("NCT00000001", "2020-03-01", "II", "commercial", "01"), "", "recruiting", "", "", 0);
        network.release(
                A,
                network.trials,
                "2020",
                network.register(new RegisterRow(
                        row.ids(),
                        row.start(),
                        row.end(),
                        row.attributes(),
                        row.terms(),
                        List.of(Optional.of("2020-01-01"), Optional.empty(), Optional.of("2020-02-01")),
                        row.sites(),
                        row.places())));

        JsonNode steps = network.view(newest, "2021-06-01", "from=2020", "to=2020", "derive=lead-times")
                .at("/derived");

        assertThat(steps.findValuesAsText("step")).contains("submitted-to-decision");
        assertThat(steps.toString())
                .as("31 days from submission to decision, 29 from there to the start")
                .contains("\"p50\":{\"exact\":31}", "\"p50\":{\"exact\":29}");
    }

    @Test
    void aRegisterThatLostAPlaceIsNotToldUnderTheNewOne() {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.trials(), json -> {
            NextVersion.remove(json, "/register/places/codes/codes", "1380");
            NextVersion.remove(json, "/population/codes", "1380");
        });
        TestNetwork network = new TestNetwork(TestDefinitions.measures(), TestDefinitions.trials(), newest);
        network.release(
                A, network.trials, "2020", network.register(trial("NCT00000001", "2020", "II", "commercial", "01")));

        JsonNode view = network.view(newest, "2021-06-01", "from=2020", "to=2020");

        assertThat(ViewReader.member(view, A).at("/periods/0/reason").asText())
                .endsWith("version 2: its register has other places, unlike in \"1380\"");
        assertThat(view.at("/totals/0/values/trials")).hasToString("{\"atLeast\":0}");
    }

    @Test
    void rowsOfARosterAreCarriedOverByTheNamesOfTheirColumns() {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.units(), json -> {
            NextVersion.reverse(json, "/roster/columns");
            NextVersion.remove(json, "/roster/columns", "qualified");
            NextVersion.add(json, "/roster/columns", "{\"name\":\"beds\",\"field\":\"beds\",\"type\":\"number\"}");
            // products, then class, then hospital come after beds and room
            NextVersion.remove(json, "/roster/columns/2/codes/codes", "beta-vec");
            NextVersion.remove(json, "/roster/columns/4/codes/codes", "south-hospital");
        });
        TestNetwork network = new TestNetwork(TestDefinitions.units(), TestDefinitions.trials(), newest);
        RosterRow row = new RosterRow(
                "unit-1",
                List.of(
                        List.of("south-hospital"),
                        List.of("commercial"),
                        List.of("yes"),
                        List.of("alpha-cel", "beta-vec"),
                        List.of("3")),
                Optional.of("01"));
        network.release(
                A, network.open, "2021-Q1", new Roster(network.open.roster().orElseThrow(), List.of(row)));

        JsonNode view = network.view(newest, "2021-03-01", "group=hospital");

        assertThat(view.path("list"))
                .hasToString(
                        "[{\"period\":\"2021-Q1\",\"node\":\"a.example\",\"id\":\"unit-1\",\"room\":3,"
                                + "\"products\":[\"alpha-cel\"],\"class\":\"commercial\",\"hospital\":\"unknown\",\"region\":\"01\"}]");
        assertThat(view.path("versions")).hasSize(2);
    }

    @Test
    void aRosterWithoutAWordForTheUnknownIsNotTold() {
        DatasetDefinition newest = NextVersion.of(TestDefinitions.units(), json -> {
            NextVersion.remove(json, "/roster/columns/0/codes/codes", "unknown");
        });
        TestNetwork network = new TestNetwork(TestDefinitions.units(), TestDefinitions.trials(), newest);
        network.release(
                A, network.open, "2021-Q1", new Roster(network.open.roster().orElseThrow(), List.of()));

        JsonNode view = network.view(newest, "2021-03-01");

        assertThat(ViewReader.member(view, A).at("/periods/0/reason").asText())
                .endsWith("its roster has other codes of hospital, or none, for which there is no \"unknown\"");
    }

    @Test
    void whatIsUnderAVersionThatIsNotKeptIsStillRejected() {
        DatasetDefinition other = comparable();
        TestNetwork network = new TestNetwork();
        network.release(A, other, Q1, noCosts(other));

        assertThat(ViewReader.reason(network.view(network.costs, "2024-04-15"), A))
                .isEqualTo("the federation root does not authorise its definition " + other.hash());
        TestNetwork authorised = networkWith(other);
        authorised.release(A, other, Q1, noCosts(other));
        NationalPicture picture =
                new NationalPicture(authorised.root, List.of(authorised.costs, authorised.open, authorised.trials));
        picture.advance(A, 0, authorised.logs.get(A), authorised::heldBody);
        assertThat(ViewReader.reason(authorised.view(picture, authorised.costs, "2024-04-15"), A))
                .isEqualTo("its definition " + other.hash() + " is not kept here");
    }

    @Test
    void twoDefinitionsOfOneVersionAreRefused() {
        DatasetDefinition second = comparable();
        DatasetDefinition alsoSecond =
                NextVersion.of(TestDefinitions.costs(), json -> NextVersion.relabel(json, CODES));

        assertThatThrownBy(
                        () -> new TestNetwork(TestDefinitions.measures(), TestDefinitions.trials(), second, alsoSecond)
                                .emptyPicture())
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("dataset costs has two definitions of version 2");
    }
}
