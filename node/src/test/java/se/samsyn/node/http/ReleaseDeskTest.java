package se.samsyn.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.protocol.dataset.Period;

/** What the release officer sees and says at a node where a rule releases. */
class ReleaseDeskTest {
    private static final String FIRST = "2026-Q1";
    private static final String SECOND = "2026-Q2";
    private static final String THIRD = "2026-Q3";
    private static final String DAY_OF_FIRST = "2026-02-11";
    private static final String DAY = "2026-05-11";
    private static final String DAY_OF_THIRD = "2026-08-11";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra");

    private RegionNode norra;

    @BeforeEach
    void takeNorra() {
        norra = federation.node("norra");
    }

    @Test
    void listsEveryDraftThatWaitsAndWhy() throws IOException {
        hold(THIRD);
        importCosts(Costs.in("24")
                .persons(0, 10, "24", DAY_OF_FIRST)
                .persons(0, 10, "24", DAY)
                .persons(0, 10, "24", DAY_OF_THIRD));
        norra.retract("costs", FIRST);
        importCosts(Costs.in("24").persons(0, 12, "24", DAY));

        Map<String, String> states = states("costs");

        assertThat(states)
                .containsEntry(FIRST, "withdrawn")
                .containsEntry(SECOND, "too small")
                .containsEntry(THIRD, "held")
                .containsEntry("2025-Q4", "nothing")
                .doesNotContainKey("2026-Q4");
        for (JsonNode draft : drafts()) {
            assertThat(draft.path("reason").asText()).as("%s", draft).isNotEmpty();
            assertThat(draft.has("draft"))
                    .as("%s", draft)
                    .isEqualTo(!draft.path("state").asText().equals("too small"));
        }
        norra.node().intake().release("costs", Set.of(Period.parse(FIRST)));
        assertThat(states("costs")).as("after a person released it").doesNotContainKey(FIRST);
    }

    @Test
    void showsWhatWouldLeaveCellByCellAndWhatHappensToTheRest() throws IOException {
        hold(SECOND);
        importCosts(Costs.in("24")
                .persons(0, 10, "24", DAY)
                .persons(0, 3, "14", DAY)
                .persons(0, 7, "01", DAY));

        JsonNode shown = show(SECOND);

        JsonNode table = shown.path("body").path("tables").path("home-region");
        assertThat(shown.path("state").asText()).isEqualTo("held");
        assertThat(shown.path("revises").asBoolean()).isFalse();
        assertThat(shown.path("body").has("salt")).isFalse();
        assertThat(shown.path("columns")
                        .path("home-region")
                        .path("measures")
                        .path(0)
                        .asText())
                .isEqualTo("participants");
        Map<String, String> reasons = new TreeMap<>();
        shown.path("explanations")
                .forEach(cell -> reasons.put(
                        cell.path("at").path(0).asText(), cell.path("reason").asText()));
        assertThat(reasons)
                .as("every cell that holds records")
                .containsOnlyKeys("01", "14", "24")
                .containsEntry("14", "pooled: fewer than k persons");
        List<String> pooled = new ArrayList<>();
        table.path("pooled").path("at").forEach(at -> pooled.add(at.path(0).asText()));
        assertThat(pooled).contains("14");
        table.path("cells")
                .forEach(cell -> assertThat(cell.path("values").path(0).asLong())
                        .as("%s", cell)
                        .isGreaterThanOrEqualTo(5));
    }

    @Test
    void tellsWhatADraftChangesOfTheLastRelease() throws IOException {
        importCosts(Costs.in("24").persons(0, 10, "24", DAY));
        hold(SECOND);
        importCosts(Costs.in("24").persons(0, 16, "24", DAY).persons(0, 9, "01", DAY));
        norra.importRecords(RecordKind.TRIAL, "trial_id,registry,start_date\n2019-000001-11,euctr,2019-02-01\n");
        norra.importRecords(RecordKind.SITE, "trial_id,region\n2019-000001-11,24\n");

        JsonNode table = get("/api/v1/drafts/costs/" + SECOND + "/difference")
                .path("tables")
                .path("home-region");
        JsonNode trials = get("/api/v1/drafts/trials/2019/difference");

        Map<String, String> cells = new TreeMap<>();
        table.path("cells")
                .forEach(cell -> cells.put(
                        cell.path("at").path(0).asText(),
                        cell.path("before").path(0) + " → " + cell.path("after").path(0)));
        assertThat(cells).isEqualTo(Map.of("24", "10 → 16", "01", "0 → 9"));
        assertThat(table.path("total").path("before").path(0).asLong()).isEqualTo(10);
        assertThat(table.path("total").path("after").path(0).asLong()).isEqualTo(25);
        assertThat(trials.path("state").asText()).isEqualTo("unchanged");
        assertThat(trials.has("draft")).isFalse();
    }

    @Test
    void releasesExactlyTheDraftThatWasShownOrNothing() throws IOException {
        hold(FIRST);
        hold(SECOND);
        importCosts(Costs.in("24").persons(0, 10, "24", DAY_OF_FIRST).persons(0, 10, "24", DAY));
        String first = show(FIRST).path("draft").asText();
        String second = show(SECOND).path("draft").asText();
        assertThat(first).isNotEqualTo(second);
        assertThat(show(FIRST).path("draft").asText()).as("shown again").isEqualTo(first);
        importCosts(Costs.in("24").persons(0, 17, "24", DAY));
        long size = norra.node().logSize();

        HttpResponse<byte[]> refused =
                post("/api/v1/releases/costs?draft=" + FIRST + ":" + first + "&draft=" + SECOND + ":" + second);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(RawClient.text(refused))
                .contains(SECOND, second, "changed since", "Nothing was released", "samsyn release show costs");
        assertThat(norra.node().logSize()).isEqualTo(size);

        String now = show(SECOND).path("draft").asText();
        HttpResponse<byte[]> released =
                post("/api/v1/releases/costs?draft=" + FIRST + ":" + first + "&draft=" + SECOND + ":" + now);
        assertThat(released.statusCode()).as(RawClient.text(released)).isEqualTo(200);
        federation.awaitAgreement();
        assertThat(federation
                        .node("vastra")
                        .total("costs", SECOND, "participants")
                        .path("atLeast")
                        .asLong())
                .isEqualTo(17);
        HttpResponse<byte[]> again = post("/api/v1/releases/costs?draft=" + SECOND + ":" + now);
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(RawClient.text(again)).contains("nothing to release now");
    }

    @Test
    void keepsWhatAPersonHoldsFromTheRuleAlsoOverARestartUntilAPersonReleasesIt() throws IOException {
        hold(SECOND);
        norra.restart();
        ReleaseReport byRule = importCosts(Costs.in("24").persons(0, 10, "24", DAY));
        assertThat(byRule.released()).isEmpty();
        assertThat(states("costs")).containsEntry(SECOND, "held");
        assertThat(norra.node().intake().release("costs", Set.of()).released())
                .as("what a person releases without naming it")
                .doesNotContain(SECOND);

        String draft = show(SECOND).path("draft").asText();
        assertThat(post("/api/v1/releases/costs?draft=" + SECOND + ":" + draft).statusCode())
                .isEqualTo(200);

        ReleaseReport correction = importCosts(Costs.in("24").persons(0, 20, "24", DAY));
        assertThat(correction.released()).as("by rule again").containsExactly(SECOND);
    }

    @Test
    void isForTheMembersOwnPeople() throws IOException {
        for (String path : List.of("", "/costs/" + SECOND, "/costs/" + SECOND + "/difference", "/costs/2026-Q2/file")) {
            assertThat(norra.user()
                            .get("/api/v1/drafts" + path, norra.token(Role.COORDINATOR))
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(norra.user().get("/api/v1/drafts" + path).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        for (String path : List.of("holds/costs?period=" + SECOND, "signed-statements")) {
            assertThat(norra.user()
                            .post("/api/v1/" + path, new byte[0], norra.token(Role.COORDINATOR))
                            .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void saysWhatIsWrongWithWhatItIsAsked() throws IOException {
        assertProblem(post("/api/v1/holds/costs?period=2026"), 400, "no period 2026");
        assertProblem(post("/api/v1/holds/costs"), 400, "no period is named");
        assertProblem(post("/api/v1/holds/cost?period=2026-Q2"), 404, "no dataset \"cost\"");
        assertProblem(post("/api/v1/releases/costs?draft=2026-Q2"), 400, "PERIOD:HASH");
        assertProblem(
                post("/api/v1/releases/costs?period=2026-Q2&draft=2026-Q2:" + "00".repeat(32)), 400, "exclude each");
        assertProblem(post("/api/v1/signed-statements"), 400, "JSON");
        assertProblem(answer("/api/v1/drafts/costs/2027-Q1"), 422, "2027-Q1", "not ended");
        assertProblem(answer("/api/v1/drafts/costs/2026-Q5"), 400, "2026-Q5");
    }

    private void hold(String period) throws IOException {
        HttpResponse<byte[]> held = post("/api/v1/holds/costs?period=" + period);
        assertThat(held.statusCode()).as(RawClient.text(held)).isEqualTo(200);
    }

    private ReleaseReport importCosts(Costs costs) {
        return norra.importRecords(RecordKind.COST_ITEM, costs.csv()).get(0);
    }

    private JsonNode show(String period) throws IOException {
        return get("/api/v1/drafts/costs/" + period);
    }

    private JsonNode drafts() throws IOException {
        return get("/api/v1/drafts").path("drafts");
    }

    private Map<String, String> states(String dataset) throws IOException {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode draft : drafts()) {
            if (draft.path("dataset").asText().equals(dataset)) {
                states.put(draft.path("period").asText(), draft.path("state").asText());
            }
        }
        return states;
    }

    private JsonNode get(String path) throws IOException {
        HttpResponse<byte[]> answer = answer(path);
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private HttpResponse<byte[]> answer(String path) throws IOException {
        return norra.user().get(path, norra.token(Role.OPERATOR));
    }

    private HttpResponse<byte[]> post(String path) throws IOException {
        return norra.user().post(path, new byte[0], norra.token(Role.OPERATOR));
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String... told) {
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(status);
        assertThat(Json.parse(answer.body()).path("detail").asText()).contains(told);
    }
}
