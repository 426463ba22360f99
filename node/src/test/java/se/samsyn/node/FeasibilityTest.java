package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordKind;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.json.CanonicalJson;

/** A question to three members over real TLS: one counts in its cohorts, one has none, one is silent. */
final class FeasibilityTest {
    private static final String PATH = "/api/v1/feasibility";
    private static final long DAY_SECONDS = 86_400;
    private static final String QUESTION =
            "{\"title\":\"Gene therapy, adults\",\"criteria\":{\"condition-group\":[\"C00-C80\"],"
                    + "\"sex\":[\"female\"]},\"start\":\"2027-03\",\"deadline\":\"2026-11-20\"}";

    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra", "sodra");

    @Test
    void isAskedAnsweredFromCohortsAndByHandAndSeenAlikeByAll() throws IOException {
        RegionNode norra = FEDERATION.node("norra");
        RegionNode vastra = FEDERATION.node("vastra");
        assertRefused(post(norra, Role.COORDINATOR, PATH, QUESTION.replace("C00-C80", "X")), "has no code \"X\"");
        assertRefused(
                post(norra, Role.COORDINATOR, PATH, QUESTION.replace("2026-11-20", "2026-10-01")), "before the day");
        assertRefused(
                post(norra, Role.COORDINATOR, PATH, QUESTION.replace("Gene therapy", "Ring 070-123 45 67")),
                "telephone");
        HttpResponse<byte[]> asked = post(norra, Role.COORDINATOR, PATH, QUESTION);
        assertThat(asked.statusCode()).as(RawClient.text(asked)).isEqualTo(200);
        FEDERATION.awaitAgreement();
        String request =
                get(vastra, PATH).path("requests").path(0).path("feasibility").asText();
        String answers = PATH + "/" + request + "/answers";

        assertRefused(post(vastra, Role.OPERATOR, answers, "{\"interest\":\"yes\"}"), "--cohorts none");
        assertThat(post(vastra, Role.COORDINATOR, answers, "{\"interest\":\"yes\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(vastra, Role.COORDINATOR, answers + "/", "{\"interest\":\"yes\"}")
                        .statusCode())
                .isEqualTo(403);
        vastra.importRecords(RecordKind.COHORT_COUNT, """
                year,region,condition_group,age_band,sex,patients
                2024,14,C00-C80,40-64,female,31
                2024,14,C00-C80,40-64,male,29
                2024,14,C00-C80,65-79,female,44
                """);
        vastra.node().intake().release("cohorts", Set.of());
        FEDERATION.awaitAgreement();
        String byHand = "{\"interest\":\"yes\",\"capacity\":12,\"start\":\"2027-04\",\"sites\":["
                + "{\"name\":\"Sahlgrenska\",\"role\":\"main\"},{\"name\":\"Skövde\",\"role\":\"reserve\"}],\"cohorts\":\"2024\"}";
        FEDERATION.nodes().forEach(node -> node.clock().set(TestFederation.START.plusSeconds(2 * DAY_SECONDS)));
        HttpResponse<byte[]> answered = post(vastra, Role.OPERATOR, answers, byHand);
        assertThat(answered.statusCode()).as(RawClient.text(answered)).isEqualTo(200);
        assertThat(Json.parse(answered.body()).path("eligible").path("figure")).hasToString("{\"exact\":75}");
        assertThat(post(norra, Role.OPERATOR, answers, "{\"interest\":\"no\",\"cohorts\":\"none\"}")
                        .statusCode())
                .isEqualTo(200);
        FEDERATION.awaitAgreement();

        List<JsonNode> seen = new ArrayList<>();
        for (RegionNode node : FEDERATION.nodes()) {
            ObjectNode view = node.node()
                    .picture()
                    .ask(
                            TestFederation.START.getEpochSecond() + 2 * DAY_SECONDS,
                            (picture, basis) -> picture.feasibility(Hash.parseHex(request), basis))
                    .json();
            seen.add(view);
        }
        assertThat(seen).containsOnly(seen.get(0));
        JsonNode view = seen.get(0);
        assertThat(view.path("members").findValuesAsText("node")).hasSize(3);
        assertThat(states(view)).containsExactlyInAnyOrder("answered", "answered", "awaited");
        assertThat(view.path("totals").path("eligible")).hasToString("{\"atLeast\":75}");
        assertThat(view.path("members").findValuesAsText("days")).containsExactly("2", "2");
        HttpResponse<byte[]> again =
                post(norra, Role.COORDINATOR, PATH + "/" + request, new String(basis(view), StandardCharsets.UTF_8));
        assertThat(again.statusCode()).as(RawClient.text(again)).isEqualTo(200);
        assertThat(again.body()).isEqualTo(CanonicalJson.encode(view));
    }

    private static byte[] basis(JsonNode view) {
        return CanonicalJson.encode(view.path("basis"));
    }

    private static List<String> states(JsonNode view) {
        List<String> states = new ArrayList<>();
        view.path("members").forEach(member -> states.add(member.path("state").asText()));
        return states;
    }

    private static void assertRefused(HttpResponse<byte[]> answer, String because) {
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isIn(400, 422);
        assertThat(RawClient.text(answer).replace("\\\"", "\"")).contains(because);
    }

    private static JsonNode get(RegionNode node, String path) throws IOException {
        return Json.parse(node.user().get(path, node.token(Role.COORDINATOR)).body());
    }

    private static HttpResponse<byte[]> post(RegionNode node, Role role, String path, String body) throws IOException {
        return node.user().post(path, body.getBytes(StandardCharsets.UTF_8), node.token(role));
    }
}
