package se.samsyn.protocol.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.view.TestNetwork.A;
import static se.samsyn.protocol.view.TestNetwork.B;
import static se.samsyn.protocol.view.TestNetwork.C;
import static se.samsyn.protocol.view.TestNetwork.D;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.RegisterRow;
import se.samsyn.protocol.summary.RegisterSite;
import se.samsyn.protocol.summary.Roster;
import se.samsyn.protocol.summary.RosterRow;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;

/** Lists of things, one by one: units, and what is derived from them. */
class RosterViewTest {
    private static final String TODAY = "2021-09-01";
    private static final List<String> QUARTERS = List.of("2021-Q1", "2021-Q2", "2021-Q3");

    private final TestNetwork network = new TestNetwork(TestDefinitions.units(), TestDefinitions.trialsWithReserves());
    private final DatasetDefinition units = network.open;

    @Test
    void isReadAsItIsWritten() {
        RosterRow row = row("lund-1", "12", "north-hospital", "commercial", "yes", 3, "alpha-cel");
        Summary summary =
                new Summary(B, "units", Period.parse("2021-Q1"), Salt.of(new byte[Salt.LENGTH]), roster(units, row));

        byte[] body = summary.encode();

        assertThat(new String(body, UTF_8))
                .contains("\"roster\":[{\"class\":\"commercial\",\"hospital\":\"north-hospital\",\"id\":\"lund-1\","
                        + "\"products\":[\"alpha-cel\"],\"qualified\":\"yes\",\"region\":\"12\",\"room\":3}]")
                .doesNotContain("\"k\"");
        assertThat(Summary.parse(body, units)).isEqualTo(summary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"room\":3 # \"room\":\"3\" # of another form than type number",
                "\"room\":3 # \"room\":3,\"zoom\":\"x\" # \"zoom\", which the roster does not tell",
                "\"id\":\"lund-1\" # \"id\":\"Anna Svensson\" # an id is made of letters, digits",
                "\"hospital\":\"north-hospital\" # \"hospital\":\"mine\" # \"mine\" is not in code list hospital",
                "\"hospital\":\"north-hospital\", # # hospital has one code",
                "\"products\":[\"alpha-cel\"] # \"products\":\"alpha-cel\" # of another form than type codes",
                "\"region\":\"12\", # # lacks its place",
                "\"region\":\"12\" # \"region\":\"99\" # is not in code list place"
            })
    void refusesWhatIsNoRow(String what, String instead, String reason) {
        RosterRow row = row("lund-1", "12", "north-hospital", "commercial", "yes", 3, "alpha-cel");
        String body = new String(
                new Summary(B, "units", Period.parse("2021-Q1"), Salt.of(new byte[Salt.LENGTH]), roster(units, row))
                        .encode(),
                UTF_8);
        assertThat(body).contains(what);
        String wrong = body.replace(what, instead == null ? "" : instead);

        assertThatThrownBy(() -> Summary.parse(wrong.getBytes(UTF_8), units))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void listsEachThingOnce() {
        RosterRow row = row("lund-1", "12", "unknown", "commercial", "yes", 3);

        assertThatThrownBy(() -> roster(units, row, row)).hasMessageContaining("once each");
    }

    @Test
    void listsTheUnitsOfAllMembersAndCountsThemByCodeAndRegion() {
        release(A, "2021-Q1", row("a-1", "01", "north-hospital", "commercial", "yes", 3));
        release(
                B,
                "2021-Q1",
                row("b-1", "12", "unknown", "commercial", "no", 0),
                row("b-2", "1380", "unknown", "unknown", "no", 2));
        release(C, "2021-Q1");
        release(D, "2021-Q1");

        JsonNode view = network.view(units, "2021-04-20", "to=2021-Q1", "group=class", "by=region");

        assertThat(view.path("list").findValuesAsText("id")).containsExactly("a-1", "b-1", "b-2");
        assertThat(view.path("list").path(0).path("node").asText()).isEqualTo(A);
        assertThat(view.path("list").path(0).path("room").asInt()).isEqualTo(3);
        assertThat(view.path("rows").findValuesAsText("class")).containsExactly("commercial", "commercial", "unknown");
        assertThat(view.path("rows").findValuesAsText("region")).containsExactly("01", "12", "13");
        assertThat(view.path("totals").path(0).path("values").path("units")).hasToString("{\"exact\":3}");
    }

    @Test
    void rejectsAMemberThatListsAnothersPlaces() {
        release(A, "2021-Q1", row("a-1", "12", "unknown", "commercial", "yes", 3));

        NationalPicture picture = network.picture();

        assertThat(picture.rejectedSummaries())
                .singleElement()
                .satisfies(rejected ->
                        assertThat(rejected.reason()).isEqualTo("place \"12\" is outside the scope of the member"));
        assertThat(network.view(units, "2021-04-20").path("list")).isEmpty();
    }

    @Test
    void findsTheUnitsThatMeetWhatATrialWithOneSiteAsksForAndHaveRoom() {
        trials(
                trial("NCT00000001", "I", "recruiting", "01", "north-hospital", "main"),
                trial("NCT00000002", "II", "recruiting", "01", "unknown", "main", "reserve"),
                trial("NCT00000003", "I", "recruiting", "01", "unknown", "main", "ordinary"),
                trial("NCT00000004", "I", "completed", "01", "unknown", "main"));
        release(
                A,
                "2021-Q1",
                row("a-1", "01", "north-hospital", "commercial", "yes", 3), // the very site of the first
                row("a-2", "03", "unknown", "commercial", "unknown", 1));
        release(
                B,
                "2021-Q1",
                row("b-full", "12", "unknown", "commercial", "yes", 0),
                row("b-ok", "12", "unknown", "commercial", "yes", 2),
                row("b-other", "12", "unknown", "non-commercial", "yes", 9),
                row("b-unqualified", "12", "unknown", "commercial", "no", 9),
                row("b-was-full", "12", "unknown", "commercial", "yes", 0));
        release(B, "2021-Q2", row("b-was-full", "12", "unknown", "commercial", "yes", 4));

        JsonNode derived = reserveSites();

        assertThat(derived.path("count").asInt()).isEqualTo(2);
        JsonNode first = derived.path("rows").path(0);
        assertThat(first.path("ids").path(0).asText()).isEqualTo("NCT00000001");
        assertThat(first.path("units").findValuesAsText("id")).containsExactly("b-ok", "b-was-full", "a-2");
        assertThat(first.path("units").path(1).path("period").asText()).isEqualTo("2021-Q2");
        assertThat(first.path("units").path(2).path("unclear")).hasToString("[\"qualified\"]");
        assertThat(first.path("meets").asInt()).isEqualTo(2);
        assertThat(first.path("unclear").asInt()).isEqualTo(1);
        JsonNode second = derived.path("rows").path(1);
        assertThat(second.path("reserves").asInt()).isEqualTo(1);
        assertThat(second.path("units").findValuesAsText("id"))
                .containsExactly("a-1", "a-2", "b-ok", "b-unqualified", "b-was-full");
        assertThat(second.path("units").findValuesAsText("samePlace").get(0)).isEqualTo("true");
    }

    @Test
    void saysWhatItReadAndWhoToldNothing() {
        release(A, "2021-Q1");
        release(A, "2021-Q2");
        release(B, "2021-Q1");

        JsonNode reads = reserveSites().path("reads");

        assertThat(reads.path("definition").asText()).isEqualTo(units.hash().toHex());
        assertThat(reads.path("told")).hasToString("{\"a.example\":\"2021-Q2\",\"b.example\":\"2021-Q1\"}");
        assertThat(reads.path("silent")).hasToString("[\"0.example\",\"c.example\"]");
        assertThat(reserveSites().path("whole").asBoolean()).isFalse();
    }

    @Test
    void isNotAskedOfWhatSaysNothingOfIt() {
        assertThatThrownBy(() -> TestNetwork.query(TestDefinitions.openTrials(), "derive=reserve-sites"))
                .hasMessageContaining("needs a register that says how they are found");
        assertThatThrownBy(() -> TestNetwork.query(units, "derive=due"))
                .hasMessageContaining("needs a roster that says what is due");
        assertThatThrownBy(() -> TestNetwork.query(units, "table=region"))
                .hasMessageContaining("has no parameter \"table\"");
        assertThatThrownBy(() -> TestNetwork.query(units, "group=room"))
                .hasMessageContaining("has no attribute \"room\"");
    }

    @Test
    void refusesToReadADatasetThatTheNetworkDoesNotHave() {
        TestNetwork other = new TestNetwork(TestDefinitions.measures(), TestDefinitions.trialsWithReserves());

        assertThatThrownBy(() -> other.view(other.trials, TODAY, "derive=reserve-sites"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("there is no dataset \"units\"");
    }

    @Test
    void tellsWhatIsOverdueAndWhatIsDueSoon() {
        DatasetDefinition grants = TestDefinitions.grants();
        TestNetwork granted = new TestNetwork(grants);
        List<RosterRow> rows = List.of(
                grant("g1", "commercial", 0, "2021-08-31", "", ""),
                grant("g2", "commercial", 500, "2021-09-01", "", "2021-10-01"),
                grant("g3", "commercial", 70, "2021-08-01", "2021-08-02", ""),
                grant("g4", "non-commercial", 9, "", "", "2022"));
        granted.release(A, grants, "2021", new Roster(grants.roster().orElseThrow(), rows));
        for (String node : List.of(B, C, D)) {
            granted.release(node, grants, "2021", new Roster(grants.roster().orElseThrow(), List.of()));
        }

        JsonNode derived = granted.view(grants, TODAY, "to=2021", "derive=due").path("derived");

        assertThat(derived.path("day").asText()).isEqualTo(TODAY);
        assertThat(derived.path("rows")).hasSize(3);
        // of the reports g1 was due yesterday, g2 is due today, and g3's was handed in
        assertThat(derived.path("rows").path(0).path("things"))
                .hasToString("{\"overdue\":{\"exact\":1},\"within30\":{\"exact\":1},\"within90\":{\"exact\":1},"
                        + "\"within365\":{\"exact\":1},\"undated\":{\"exact\":0}}");
        // g2 is to repay 500 in thirty days, g3 70 on no known day
        assertThat(derived.path("rows").path(1).path("amounts"))
                .hasToString("{\"overdue\":{\"exact\":0},\"within30\":{\"exact\":500},\"within90\":{\"exact\":500},"
                        + "\"within365\":{\"exact\":500},\"undated\":{\"exact\":70}}");
        // a year is due on its last day, in 486 days
        assertThat(derived.path("rows").path(2).path("things").path("within365"))
                .hasToString("{\"exact\":0}");
        assertThat(derived.path("items").findValuesAsText("id")).containsExactly("g1", "g2", "g2");
        assertThat(derived.path("items").findValuesAsText("days")).containsExactly("-1", "0", "30");
    }

    @Test
    void showsTheSameBytesInWhateverOrderReleasesArrive() {
        for (long seed = 1; seed <= 20; seed++) {
            TestNetwork made = new TestNetwork(TestDefinitions.units(), TestDefinitions.trialsWithReserves());
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, List<String>> expected = fill(made, random);
            List<String> views = views(made, made.picture());
            NationalPicture picture = made.emptyPicture();
            List<String> waiting = new ArrayList<>(TestNetwork.NODES);
            while (!waiting.isEmpty()) {
                String node = waiting.get(random.nextInt(waiting.size()));
                List<VerifiedStatement> log = made.logs.get(node);
                int from = (int) picture.size(node);
                int to = Math.min(log.size(), from + random.nextInt(3));
                picture.advance(node, from, log.subList(from, to), made::heldBody);
                if (to == log.size()) {
                    waiting.remove(node);
                }
            }
            assertThat(views(made, picture)).as("seed %d", seed).isEqualTo(views);
            List<String> listed = new ArrayList<>();
            made.view(made.open, TODAY)
                    .path("list")
                    .forEach(row -> listed.add(row.path("period").asText() + " "
                            + row.path("node").asText() + " " + row.path("id").asText()));
            assertThat(listed)
                    .as("seed %d", seed)
                    .isEqualTo(expected.values().stream()
                            .flatMap(List::stream)
                            .sorted()
                            .toList());
        }
    }

    private static List<String> views(TestNetwork made, NationalPicture picture) {
        Basis basis = made.basis(TODAY);
        return Stream.of(
                        picture.view(TestNetwork.query(made.open, "group=class", "by=region"), basis),
                        picture.view(TestNetwork.query(made.trials, "derive=reserve-sites"), basis))
                .map(view -> new String(view.encode(), UTF_8))
                .toList();
    }

    /** Releases, revisions and retractions by chance; gives what is listed in the end. */
    private static Map<String, List<String>> fill(TestNetwork made, SplittableRandom random) {
        Map<String, List<String>> live = new TreeMap<>();
        for (String node : TestNetwork.NODES) {
            String place = TestNetwork.SCOPES.get(node).split(",", -1)[0];
            for (String quarter : QUARTERS) {
                Optional<Hash> head = Optional.empty();
                for (int revision = random.nextInt(3); revision > 0; revision--) {
                    List<RosterRow> rows = new ArrayList<>();
                    List<String> names = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        if (random.nextBoolean()) {
                            String id = "unit-" + i;
                            rows.add(row(id, place, "unknown", "commercial", "yes", random.nextInt(3)));
                            names.add(quarter + " " + node + " " + id);
                        }
                    }
                    head = Optional.of(made.release(
                            node, made.open, quarter, head, roster(made.open, rows.toArray(RosterRow[]::new))));
                    live.put(node + quarter, names);
                }
                if (head.isPresent() && random.nextInt(5) == 0) {
                    made.retract(node, head.get());
                    live.remove(node + quarter);
                }
            }
        }
        return live;
    }

    private void trials(RegisterRow... rows) {
        network.release(A, network.trials, "2020", network.register(rows));
    }

    private static RegisterRow trial(
            String id, String phase, String status, String place, String hospital, String... roles) {
        RegisterRow row =
                TestNetwork.openTrial(TestNetwork.trial(id, "2020", phase, "commercial", place), "", status, "", "", 0);
        return new RegisterRow(
                row.ids(),
                row.start(),
                row.end(),
                row.attributes(),
                row.terms(),
                Stream.of(roles)
                        .map(role -> new RegisterSite(place, role, hospital))
                        .sorted()
                        .toList(),
                row.places());
    }

    private JsonNode reserveSites() {
        return network.view(network.trials, TODAY, "derive=reserve-sites").path("derived");
    }

    private void release(String node, String period, RosterRow... rows) {
        network.release(node, units, period, roster(units, rows));
    }

    private static Roster roster(DatasetDefinition definition, RosterRow... rows) {
        return new Roster(definition.roster().orElseThrow(), List.of(rows));
    }

    private static RosterRow row(
            String id, String place, String hospital, String area, String qualified, int room, String... products) {
        return new RosterRow(
                id,
                List.of(
                        List.of(hospital),
                        List.of(area),
                        List.of(qualified),
                        List.of(products),
                        List.of(Integer.toString(room))),
                Optional.of(place));
    }

    private static RosterRow grant(
            String id, String programme, int repay, String reportDue, String reported, String repayDue) {
        return new RosterRow(
                id,
                List.of(
                        List.of(programme),
                        List.of(Integer.toString(repay)),
                        listed(reportDue),
                        listed(reported),
                        listed(repayDue)),
                Optional.empty());
    }

    private static List<String> listed(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }
}
