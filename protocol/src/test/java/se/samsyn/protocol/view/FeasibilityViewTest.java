package se.samsyn.protocol.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.NextVersion;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityAnswer.Eligible;
import se.samsyn.protocol.statement.FeasibilityAnswer.Interest;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statistic.Figure;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/** What members answer to a feasibility request, as everybody works it out from the logs. */
class FeasibilityViewTest {
    private static final String PERIOD = "2024-Q1";
    private static final LocalDate ASKED = LocalDate.parse("2024-06-03");
    private static final LocalDate DEADLINE = LocalDate.parse("2024-06-10");
    private static final SortedMap<String, List<String>> CRITERIA =
            new TreeMap<>(Map.of("home-region", List.of("12", "14")));

    private final TestNetwork network = new TestNetwork();
    private final Hash request = ask(network.costs.hash(), CRITERIA, TestNetwork.A, TestNetwork.B, TestNetwork.C);

    @Test
    void tellWhoAnsweredWhatAndHowFastAndWhoIsSilent() {
        answer(TestNetwork.A, 2, cited(TestNetwork.A, network.costs(cell("01", 50), cell("12", 10), cell("14", 7))));
        answer(TestNetwork.B, 9, Optional.empty());
        answer(TestNetwork.D, 1, Optional.empty());

        JsonNode view = view("2024-06-20");

        JsonNode a = member(view, TestNetwork.A);
        assertThat(a.path("state").asText()).isEqualTo("answered");
        assertThat(a.path("days").asLong()).isEqualTo(2);
        assertThat(a.path("eligible")).hasToString("{\"exact\":17}");
        JsonNode b = member(view, TestNetwork.B);
        assertThat(b.path("state").asText()).isEqualTo("late");
        assertThat(b.path("eligibleState").asText()).isEqualTo("untold");
        assertThat(b.has("eligible")).isFalse();
        assertThat(member(view, TestNetwork.C).path("state").asText()).isEqualTo("silent");
        assertThat(member(view, TestNetwork.D).path("asked").asBoolean()).isFalse();
        assertThat(view.path("totals").path("eligible")).hasToString("{\"atLeast\":17}");
        assertThat(view.path("totals").path("capacity")).hasToString("{\"atLeast\":24}");
        assertThat(view("2024-06-10").path("members").findValuesAsText("state")).contains("awaited");
    }

    @Test
    void showWhatIsPooledAsAnIntervalAndWhatIsWithheldAsUnknown() {
        answer(TestNetwork.A, 1, cited(TestNetwork.A, pooled(), new Figure.Interval(10, 18)));
        answer(TestNetwork.B, 1, cited(TestNetwork.B, network.withheldCosts(), new Figure.AtLeast(0)));

        JsonNode view = view("2024-06-20");

        assertThat(member(view, TestNetwork.A).path("eligible")).hasToString("{\"from\":10,\"to\":18}");
        assertThat(member(view, TestNetwork.B).path("eligibleState").asText()).isEqualTo("withheld");
        assertThat(member(view, TestNetwork.B).path("eligible")).hasToString("{\"atLeast\":0}");
    }

    @Test
    void rejectAFigureThatTheNamedSummaryDoesNotGive() {
        answer(TestNetwork.A, 1, cited(TestNetwork.A, network.costs(cell("12", 10)), new Figure.Exact(11)));

        JsonNode a = member(view("2024-06-20"), TestNetwork.A);

        assertThat(a.path("state").asText()).isEqualTo("rejected");
        assertThat(a.path("reason").asText()).contains("{\"exact\":11}").contains("{\"exact\":10}");
        assertThat(a.has("eligible")).isFalse();
    }

    @Test
    void readASummaryOfAnotherVersionAsTheRequestsOwnWhereItCanBeCompared() {
        DatasetDefinition turned =
                NextVersion.of(network.costs, json -> NextVersion.reverse(json, "/dimensions/0/codes/codes"));
        DatasetDefinition split = NextVersion.of(
                turned, json -> NextVersion.add(json, "/dimensions/0/codes/codes", NextVersion.code("99")));
        TestNetwork versions = new TestNetwork(network.open, network.trials, turned, split);
        Hash asked = versions.append(TestNetwork.D, request(turned.hash(), CRITERIA, TestNetwork.A, TestNetwork.B));
        for (String node : List.of(TestNetwork.A, TestNetwork.B)) {
            boolean isComparable = node.equals(TestNetwork.A);
            DatasetDefinition definition = isComparable ? versions.costs : split;
            Table table = definition.tables().get(0);
            Cell cell = new Cell(table.shape().position(List.of("12")), values(10));
            byte[] body = versions.body(
                    node,
                    definition,
                    PERIOD,
                    new Tables(5, List.of(new Published(table, 5, List.of(cell), Optional.empty()))));
            versions.append(node, versions.statement(node, definition, PERIOD, body, Optional.empty()));
            Eligible eligible = new Eligible("costs", Period.parse(PERIOD), Hash.sha256(body), new Figure.Exact(10));
            versions.append(node, answer(node, asked, 1, Interest.YES, Optional.of(eligible)));
        }

        JsonNode view = versions.picture()
                .feasibility(asked, versions.basis("2024-06-20"))
                .json();

        assertThat(member(view, TestNetwork.A).path("eligible")).hasToString("{\"exact\":10}");
        assertThat(member(view, TestNetwork.B).path("state").asText()).isEqualTo("rejected");
        assertThat(member(view, TestNetwork.B).path("reason").asText())
                .isEqualTo(
                        "the summary that it rests on is told under version 3 of the definition, which cannot be compared"
                                + " with version 2: its table home-region has other codes of home-region, unlike in \"99\"");
        FeasibilityRequest request = request(turned.hash(), CRITERIA, TestNetwork.A);
        assertThat(versions.picture()
                        .eligible(TestNetwork.A, request, Optional.empty())
                        .orElseThrow()
                        .figure())
                .isEqualTo(new Figure.Exact(10));
        assertThatThrownBy(() -> versions.picture().eligible(TestNetwork.B, request, Optional.empty()))
                .isInstanceOf(RefutedException.class)
                .hasMessageStartingWith("the newest summary of costs is told under version 3");
    }

    @Test
    void rejectASummaryThatTheAnswererNeverReleased() {
        Optional<Eligible> othersSummary = cited(TestNetwork.B, network.costs(cell("12", 10)));
        answer(TestNetwork.A, 1, othersSummary);

        assertThat(member(view("2024-06-20"), TestNetwork.A).path("reason").asText())
                .contains("no release of costs 2024-Q1");
    }

    @Test
    void tellNoNumberOnceItsSummaryWasRetracted() {
        Optional<Eligible> eligible = cited(TestNetwork.A, network.costs(cell("12", 10)));
        answer(TestNetwork.A, 1, eligible);
        network.retract(TestNetwork.A, network.logs.get(TestNetwork.A).get(0).leafHash());

        JsonNode a = member(view("2024-06-20"), TestNetwork.A);

        assertThat(a.path("state").asText()).isEqualTo("answered");
        assertThat(a.path("eligibleState").asText()).isEqualTo("withdrawn");
        assertThat(a.has("eligible")).isFalse();
    }

    @Test
    void takeTheNewestAnswerAndCountTheDaysToTheFirst() {
        answer(TestNetwork.A, 1, Optional.empty());
        network.append(TestNetwork.A, answer(TestNetwork.A, 9, Interest.NO, Optional.empty()));

        JsonNode a = member(view("2024-06-20"), TestNetwork.A);

        assertThat(a.path("answer").path("interest").asText()).isEqualTo("no");
        assertThat(a.path("days").asLong()).isEqualTo(1);
        assertThat(a.path("answers").asLong()).isEqualTo(2);
        assertThat(a.path("state").asText()).isEqualTo("answered");
    }

    @Test
    void rejectDaysThatCannotBe() {
        answer(TestNetwork.A, -1, Optional.empty());
        answer(TestNetwork.B, 30, Optional.empty());

        JsonNode view = view("2024-06-20");

        assertThat(member(view, TestNetwork.A).path("reason").asText()).contains("before the question");
        assertThat(member(view, TestNetwork.B).path("reason").asText()).contains("a quorum saw it");
        assertThat(member(view, TestNetwork.B).has("days")).isFalse();
    }

    @Test
    void refuseARequestThatNobodyAskedOrThatTheTableCannotAnswer() {
        Hash unknownCode =
                ask(network.costs.hash(), new TreeMap<>(Map.of("home-region", List.of("99"))), TestNetwork.A);
        Hash unknownDefinition = ask(Hash.sha256(new byte[] {1}), CRITERIA, TestNetwork.A);

        assertThatThrownBy(() -> network.picture().feasibility(unknownCode, network.basis("2024-06-20")))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has no code \"99\"");
        assertThatThrownBy(() -> network.picture().feasibility(unknownDefinition, network.basis("2024-06-20")))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("not kept");
        assertThatThrownBy(() -> network.picture().feasibility(Hash.sha256(new byte[0]), network.basis("2024-06-20")))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("samsyn feasibility list");
        assertThat(network.picture()
                        .feasibilityRequests(network.basis("2024-06-20"))
                        .findValuesAsText("state"))
                .containsExactlyInAnyOrder("closed", "rejected", "rejected");
    }

    @Test
    void areTheSameBytesWhateverTheOrderAndBatchesInWhichLogsArrive() {
        answer(TestNetwork.A, 2, cited(TestNetwork.A, pooled(), new Figure.Interval(10, 18)));
        answer(TestNetwork.B, 3, cited(TestNetwork.B, network.costs(cell("12", 9)), new Figure.Exact(8)));
        answer(TestNetwork.B, 4, cited(TestNetwork.C, network.costs(cell("12", 9))));
        answer(TestNetwork.C, 4, cited(TestNetwork.C, network.withheldCosts(), new Figure.AtLeast(0), "2024-Q2"));
        Basis basis = network.basis("2024-06-20");
        byte[] expected = network.picture().feasibility(request, basis).encode();
        Random random = new Random(7);
        for (int round = 0; round < 100; round++) {
            NationalPicture picture = network.emptyPicture();
            List<String> turns = new ArrayList<>();
            network.logs.forEach((node, log) -> turns.addAll(Collections.nCopies(log.size(), node)));
            Collections.shuffle(turns, random);
            for (String node : turns) {
                int size = (int) picture.size(node);
                int left = network.logs.get(node).size() - size;
                if (left > 0) {
                    int batch = 1 + random.nextInt(left);
                    picture.advance(node, size, network.logs.get(node).subList(size, size + batch), network::heldBody);
                }
            }
            assertThat(picture.feasibility(request, basis).encode()).isEqualTo(expected);
        }
    }

    @Test
    void holdTheTruthOfAnyTableWhateverIsPooledInIt() {
        Random random = new Random(20_241_123);
        int cells = network.table.shape().cells();
        for (int round = 0; round < 2_000; round++) {
            long[] truth = IntStream.range(0, cells)
                    .mapToLong(i -> random.nextInt(3) == 0 ? 0 : 5 + random.nextInt(40))
                    .toArray();
            List<Integer> positions = new ArrayList<>();
            List<Cell> published = new ArrayList<>();
            long pool = 0;
            boolean pools = random.nextBoolean();
            for (int i = 0; i < cells; i++) {
                if (pools && random.nextInt(3) == 0) {
                    positions.add(i);
                    pool += truth[i];
                } else if (truth[i] > 0) {
                    published.add(new Cell(i, values(truth[i])));
                }
            }
            if (pools && (positions.size() < 2 || pool < 5)) {
                continue;
            }
            Published table = new Published(
                    network.table,
                    5,
                    published,
                    pools ? Optional.of(new Pool(positions, values(pool))) : Optional.empty());
            List<String> codes = IntStream.range(0, cells)
                    .filter(i -> random.nextBoolean())
                    .mapToObj(i -> network.table.shape().codes(i).get(0))
                    .toList();
            Map<String, List<String>> criteria = Map.of("home-region", codes);
            long expected = IntStream.range(0, cells)
                    .filter(i -> codes.contains(network.table.shape().codes(i).get(0)))
                    .mapToLong(i -> truth[i])
                    .sum();

            Figure figure = EligibleFigure.of(table, criteria);

            assertThat(expected).isBetween(figure.low(), figure.high().orElse(Long.MAX_VALUE));
            boolean mixed = positions.stream()
                            .map(i -> codes.contains(
                                    network.table.shape().codes(i).get(0)))
                            .distinct()
                            .count()
                    == 2;
            assertThat(figure.isExact()).isEqualTo(!mixed);
        }
    }

    private Hash ask(Hash definition, SortedMap<String, List<String>> criteria, String... members) {
        return network.append(TestNetwork.D, request(definition, criteria, members));
    }

    private static FeasibilityRequest request(
            Hash definition, SortedMap<String, List<String>> criteria, String... members) {
        return new FeasibilityRequest(
                TestNetwork.D,
                1,
                ASKED,
                "Gene therapy, adults",
                Optional.of("SAM-101"),
                "costs",
                definition,
                "home-region",
                criteria,
                YearMonth.parse("2025-01"),
                DEADLINE,
                List.of(members));
    }

    private void answer(String node, int days, Optional<Eligible> eligible) {
        network.append(node, answer(node, days, Interest.YES, eligible));
    }

    private FeasibilityAnswer answer(String node, int days, Interest interest, Optional<Eligible> eligible) {
        return answer(node, request, days, interest, eligible);
    }

    private static FeasibilityAnswer answer(
            String node, Hash request, int days, Interest interest, Optional<Eligible> eligible) {
        return new FeasibilityAnswer(
                node,
                1,
                request,
                ASKED.plusDays(days),
                interest,
                OptionalLong.of(12),
                Optional.of(YearMonth.parse("2025-02")),
                List.of(new FeasibilityAnswer.Site("Lund", FeasibilityAnswer.SiteRole.RESERVE)),
                Optional.empty(),
                eligible);
    }

    private Optional<Eligible> cited(String node, SummaryContent content) {
        return cited(
                node, content, EligibleFigure.of(((Tables) content).tables().get(0), CRITERIA));
    }

    private Optional<Eligible> cited(String node, SummaryContent content, Figure figure) {
        return cited(node, content, figure, PERIOD);
    }

    private Optional<Eligible> cited(String node, SummaryContent content, Figure figure, String period) {
        byte[] body = network.body(node, network.costs, period, content);
        network.append(node, network.statement(node, network.costs, period, body, Optional.empty()));
        return Optional.of(new Eligible("costs", Period.parse(period), Hash.sha256(body), figure));
    }

    private Tables pooled() {
        List<Integer> positions = List.of(
                network.table.shape().position(List.of("01")),
                network.table.shape().position(List.of("14")));
        return network.pooledCosts(positions.stream().sorted().toList(), new long[] {8, 8, 8_000, 0}, cell("12", 10));
    }

    private Cell cell(String region, long persons) {
        return new Cell(network.table.shape().position(List.of(region)), values(persons));
    }

    private static Values values(long persons) {
        return Values.of(persons, persons, 1_000 * persons, 0);
    }

    private JsonNode view(String day) {
        FeasibilityView view = network.picture().feasibility(request, network.basis(day));
        JsonNode json = view.json();
        JsonSchema.named("feasibility-view").check(json);
        return json;
    }

    private static JsonNode member(JsonNode view, String node) {
        for (JsonNode member : view.path("members")) {
            if (member.path("node").asText().equals(node)) {
                return member;
            }
        }
        throw new AssertionError("no member " + node + " in " + view);
    }
}
