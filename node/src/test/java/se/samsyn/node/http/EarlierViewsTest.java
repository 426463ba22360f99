package se.samsyn.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.START;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Costs;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordKind;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;

class EarlierViewsTest {
    private static final String QUARTER = "2026-Q2";
    private static final String DAY = "2026-05-11";
    private static final String OF_QUARTER = "costs?from=" + QUARTER + "&to=" + QUARTER;

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra");

    private RegionNode norra;
    private RegionNode vastra;

    @BeforeEach
    void releaseTenPersons() {
        norra = federation.node("norra");
        vastra = federation.node("vastra");
        importPersons(norra, "24", 10);
        federation.awaitAgreement();
    }

    @Test
    void areTheSameBytesAfterImportsCorrectionsAndARestart() throws IOException {
        byte[] earlier = view(norra, "costs");
        byte[] trials = view(norra, "trials?group=phase");

        importPersons(norra, "24", 15);
        importPersons(vastra, "14", 7);
        federation.awaitAgreement();
        moveClocks(Duration.ofHours(2));
        norra.restart();

        for (RegionNode node : federation.nodes()) {
            assertThat(ask(node, "costs", basisOf(earlier)).body())
                    .as("at " + node.name())
                    .isEqualTo(earlier);
            assertThat(ask(node, "trials?group=phase", basisOf(trials)).body())
                    .as("trials at " + node.name())
                    .isEqualTo(trials);
        }
    }

    @Test
    void neverCountASupersededValueBesideItsCorrection() throws IOException {
        byte[] first = view(norra, OF_QUARTER);
        importPersons(norra, "24", 15);
        federation.awaitAgreement();
        byte[] second = view(norra, OF_QUARTER);
        importPersons(norra, "24", 25);
        federation.awaitAgreement();

        assertThat(persons(ask(norra, OF_QUARTER, basisOf(first)).body())).isEqualTo(10);
        assertThat(persons(ask(norra, OF_QUARTER, basisOf(second)).body())).isEqualTo(15);
        assertThat(persons(view(norra, OF_QUARTER))).isEqualTo(25);
    }

    @Test
    void sayThatWhatWasRetractedSinceIsWithdrawn() throws IOException {
        importPersons(vastra, "14", 7);
        federation.awaitAgreement();
        byte[] earlier = view(norra, OF_QUARTER);
        importPersons(vastra, "14", 20);
        federation.awaitAgreement();
        assertThat(ask(norra, OF_QUARTER, basisOf(earlier)).body())
                .as("the picture of this basis is kept from now on")
                .isEqualTo(earlier);

        norra.retract("costs", QUARTER);
        federation.awaitAgreement();
        assertWithdrawn(earlier, 7);
        norra.node().intake().release("costs", Set.of(Period.parse(QUARTER)));
        federation.awaitAgreement();
        assertWithdrawn(earlier, 7);
    }

    @Test
    void areThoseOfTheNewestBasisAtOrBeforeAnInstant() throws IOException {
        Instant between = START.plus(Duration.ofMinutes(30));
        moveClocks(Duration.ofMinutes(30));
        byte[] then = view(norra, "costs", between);

        moveClocks(Duration.ofMinutes(10));
        importPersons(norra, "24", 15);
        federation.awaitAgreement();
        moveClocks(Duration.ofMinutes(10));

        for (RegionNode node : federation.nodes()) {
            HttpResponse<byte[]> asOf = get(node, "costs?asOf=" + between);
            assertThat(RawClient.text(asOf)).as("at " + node.name()).isEqualTo(new String(then, UTF_8));
        }
        JsonNode newest = Json.parse(
                get(norra, OF_QUARTER + "&asOf=" + norra.clock().instant()).body());
        assertThat(persons(Json.encode(newest))).isEqualTo(15);
    }

    @Test
    void areRefusedForABasisThatThereNeverWas() throws IOException {
        byte[] earlier = view(norra, "costs");

        assertProblem(ask(norra, "costs", changed(earlier, "time", 1)), 422, "never knew", "ask the node that gave");
        assertProblem(ask(norra, "costs", changed(earlier, "size", 1)), 422, "never knew", norra.name());
        assertProblem(
                ask(norra, "costs", changed(earlier, "node", "nobody.test.samsyn.example")),
                422,
                "nobody.test.samsyn.example",
                "no member",
                vastra.name());
        ObjectNode other = basisOf(earlier);
        ((ObjectNode) other.get("root")).put("hash", "00".repeat(32));
        assertProblem(ask(norra, "costs", other), 422, "version 1 of a federation root", "00".repeat(32));
        ObjectNode later = basisOf(earlier).put("at", START.getEpochSecond() + 60);
        assertProblem(ask(norra, "costs", later), 422, "ahead of this node's clock");
        ObjectNode sooner = basisOf(earlier).put("at", START.getEpochSecond() - 3_600);
        assertProblem(ask(norra, "costs", sooner), 422, "after its own instant");
        assertProblem(ask(norra, "costs", Json.object().put("at", 5)), 400, "required", "root");
        assertProblem(ask(norra, "costs?at=" + START, basisOf(earlier)), 400, "its own instant");
        assertProblem(
                norra.user().post("/api/v1/views/costs", new byte[0], norra.token(Role.COORDINATOR)), 400, "JSON");
        assertProblem(
                norra.user()
                        .post(
                                "/api/v1/views/costs",
                                new byte[ViewRoutes.MAX_BASIS_LENGTH + 1],
                                norra.token(Role.COORDINATOR)),
                413,
                "longer");
    }

    @Test
    void areRefusedForAnInstantWithoutABasis() throws IOException {
        assertProblem(get(norra, "costs?asOf=2020-01-01T00:00:00Z"), 422, "2020-01-01T00:00:00Z", "later instant");
        assertProblem(get(norra, "costs?asOf=" + START.plusSeconds(1)), 400, "up to now");
        assertProblem(get(norra, "costs?asOf=" + START + "&at=" + START), 400, "exclude each other");
        assertProblem(get(norra, "costs?asOf=yesterday"), 400, "yesterday", "2026-11-01T12:00:00Z");
        assertProblem(get(norra, "cost?asOf=" + START), 404, "no dataset \"cost\"");
    }

    @Test
    void needAToken() throws IOException {
        assertThat(norra.user().post("/api/v1/views/costs", new byte[0]).statusCode())
                .isEqualTo(401);
        assertThat(norra.user().get("/api/v1/checkpoints").statusCode()).isEqualTo(401);
        assertThat(norra.user().get("/api/v1/root").statusCode()).isEqualTo(401);
    }

    private void assertWithdrawn(byte[] earlier, long persons) throws IOException {
        for (RegionNode node : federation.nodes()) {
            JsonNode now = Json.parse(ask(node, OF_QUARTER, basisOf(earlier)).body());
            JsonNode before = Json.parse(earlier);
            assertThat(now.path("basis")).isEqualTo(before.path("basis"));
            assertThat(state(before, norra)).isEqualTo("reported");
            assertThat(state(now, norra)).as("at " + node.name()).isEqualTo("withdrawn");
            assertThat(state(now, vastra)).as("at " + node.name()).isEqualTo("reported");
            assertThat(persons(Json.encode(now))).as("at " + node.name()).isEqualTo(persons);
        }
    }

    private static String state(JsonNode view, RegionNode member) {
        for (JsonNode part : view.path("members")) {
            if (part.path("node").asText().equals(member.name())) {
                return part.path("periods").path(0).path("state").asText();
            }
        }
        throw new AssertionError("no member " + member.name());
    }

    /** Persons in the total of the first period, told exactly or at least. */
    private static long persons(byte[] view) {
        JsonNode figure = Json.parse(view).path("totals").path(0).path("values").path("participants");
        return figure.path("exact").asLong(figure.path("atLeast").asLong(-1));
    }

    private static void importPersons(RegionNode node, String county, int count) {
        node.importRecords(
                RecordKind.COST_ITEM,
                Costs.in(county).persons(0, count, county, DAY).csv());
    }

    private void moveClocks(Duration time) {
        federation.nodes().forEach(node -> node.clock().advance(time));
    }

    private static byte[] view(RegionNode node, String query) throws IOException {
        return view(node, query, node.clock().instant());
    }

    private static byte[] view(RegionNode node, String query, Instant at) throws IOException {
        HttpResponse<byte[]> answer = get(node, query + (query.contains("?") ? "&" : "?") + "at=" + at);
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<byte[]> get(RegionNode node, String query) throws IOException {
        return node.user().get("/api/v1/views/" + query, node.token(Role.COORDINATOR));
    }

    private static HttpResponse<byte[]> ask(RegionNode node, String query, JsonNode basis) throws IOException {
        return node.user().post("/api/v1/views/" + query, CanonicalJson.encode(basis), node.token(Role.COORDINATOR));
    }

    private static ObjectNode basisOf(byte[] view) {
        return (ObjectNode) Json.parse(view).get("basis");
    }

    /** The basis of a view with something else said of its first log. */
    private static ObjectNode changed(byte[] view, String field, Object value) {
        ObjectNode basis = basisOf(view);
        ((ObjectNode) basis.get("logs").get(0)).set(field, Json.tree(value));
        return basis;
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String... told) {
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(status);
        assertThat(Json.parse(answer.body()).path("detail").asText()).contains(told);
    }
}
