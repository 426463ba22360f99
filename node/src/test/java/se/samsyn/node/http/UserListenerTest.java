package se.samsyn.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordImport;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;

class UserListenerTest {
    @RegisterExtension
    static final TestFederation FEDERATION = TestFederation.of("norra", "vastra");

    private final RegionNode norra = FEDERATION.node("norra");

    @BeforeEach
    void awaitReadiness() {
        FEDERATION.awaitAgreement();
    }

    @Test
    void tellsItsHealthToAnybody() throws IOException {
        assertThat(norra.user().get("/health/live").statusCode()).isEqualTo(200);
        soon().until(() -> norra.user().get("/health/ready").statusCode() == 200);
    }

    @Test
    void wantsATokenForEverythingElse() throws IOException {
        for (String path : new String[] {
            "/api/v1/network", "/api/v1/views/costs", "/api/v1/datasets/costs", "/log/" + norra.name() + "/checkpoint"
        }) {
            HttpResponse<byte[]> none = norra.user().get(path);
            assertThat(none.statusCode()).as(path).isEqualTo(401);
            assertThat(RawClient.text(none)).contains("Authorization: Bearer", "samsyn init");
            assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(norra.user().get(path, "Authorization", "Bearer wrong").statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(norra.user().get(path, norra.token(Role.COORDINATOR)).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void takesRecordsFromOperatorsOnly() throws IOException {
        HttpResponse<byte[]> refused =
                norra.user().post("/api/v1/records/trial", new byte[0], norra.token(Role.COORDINATOR));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(RawClient.text(refused)).contains("coordinator", "operator");
        assertThat(norra.user()
                        .get("/api/v1/findings", norra.token(Role.COORDINATOR))
                        .statusCode())
                .isEqualTo(403);
        for (String path : new String[] {"/api/v1/releases", "/api/v1/releases/costs"}) {
            assertThat(norra.user().post(path, new byte[0]).statusCode()).isEqualTo(401);
            assertThat(norra.user()
                            .post(path, new byte[0], norra.token(Role.COORDINATOR))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void namesWhatThereIsWhenAskedForWhatIsNot() throws IOException {
        assertBadRequest("/api/v1/views/costs?frm=2025-Q1", "frm", "from", "table", "to");
        assertBadRequest("/api/v1/views/costs?from=2025", "2025", "quarter");
        assertBadRequest("/api/v1/views/costs?from=2025-Q5", "2025-Q5");
        assertBadRequest("/api/v1/views/costs?from=2025-Q3&to=2025-Q1", "2025-Q3 is after to 2025-Q1");
        assertBadRequest("/api/v1/views/costs?from=2025-Q3&from=2025-Q1", "from is given twice");
        assertBadRequest("/api/v1/views/costs?table=region", "home-region");
        assertBadRequest("/api/v1/views/trials?group=fase", "fase", "phase");
        assertBadRequest("/api/v1/views/trials?group=phase,phase", "twice");
        assertBadRequest("/api/v1/views/trials?table=x", "table");
    }

    @Test
    void answers404ForADatasetOrKindThatThereIsNot() throws IOException {
        for (String path : new String[] {"/api/v1/views/cost", "/api/v1/datasets/cost"}) {
            assertProblem(get(path), 404, "there is no dataset \"cost\"", "costs", "trials");
        }
        assertProblem(
                norra.user().post("/api/v1/releases/cost", new byte[0], norra.token(Role.OPERATOR)),
                404,
                "there is no dataset \"cost\"",
                "costs",
                "trials");
        assertProblem(
                norra.user().post("/api/v1/records/invoice", new byte[0], norra.token(Role.OPERATOR)),
                404,
                "invoice",
                "trial, site, participation, cost-item");
    }

    @Test
    void answersForAnInstantBetweenTheNewestLogAndNow() throws IOException {
        assertThat(view("?at=" + TestFederation.START).statusCode()).isEqualTo(200);
        assertBadRequest("/api/v1/views/costs?at=yesterday", "2026-11-01T12:00:00Z", "yesterday");
        assertBadRequest("/api/v1/views/costs?at=" + TestFederation.START.plusSeconds(1), "and now");
        assertBadRequest("/api/v1/views/costs?at=" + TestFederation.START.minusSeconds(1), "newest log time");
    }

    @Test
    void describesTheNetwork() {
        JsonNode network = norra.network();
        assertThat(network.path("node").asText()).isEqualTo(norra.name());
        assertThat(network.path("root").path("hash").asText())
                .isEqualTo(FEDERATION.root().hash().toHex());
        assertThat(network.path("root").path("version").asLong()).isEqualTo(1);
        assertThat(network.path("quorum").asInt()).isEqualTo(1);
        assertThat(network.path("signing").asText()).isEqualTo("signs");
        assertThat(network.path("members")).hasSize(2).allSatisfy(member -> {
            assertThat(member.path("state").asText()).isEqualTo("fresh");
            assertThat(member.path("ageSeconds").asLong(-1)).isZero();
            assertThat(member.path("votes").asInt()).isEqualTo(1);
            assertThat(member.path("heldSize")).isEqualTo(member.path("publishedSize"));
        });
    }

    @Test
    void listsEveryFaultOfAFileThatItRefuses() throws IOException {
        String csv = """
                item_id,trial_id,participant,home_region,study_region,date,category,amount_ore
                I-1,2018-001234-12,P-1,24,24,2025-13-01,visit,100
                I-2,2018-001234-12,P-2,99,24,2025-01-01,visit,1.5
                I-3,2018-001234-12,P-3,24,14,2025-01-01,visit,100
                """;
        long size = norra.node().logSize();

        HttpResponse<byte[]> refused =
                norra.user().post("/api/v1/records/cost-item", csv.getBytes(UTF_8), norra.token(Role.OPERATOR));

        assertThat(refused.statusCode()).isEqualTo(422);
        JsonNode answer = Json.parse(refused.body());
        assertThat(answer.path("faultCount").asInt()).isEqualTo(4);
        assertThat(answer.path("faults"))
                .extracting(fault -> fault.path("line").asInt() + " "
                        + fault.path("column").asText() + " "
                        + fault.path("value").asText())
                .containsExactly("2 date 2025-13-01", "3 home_region 99", "3 amount_ore 1.5", "4 study_region 14");
        assertThat(answer.path("faults"))
                .allMatch(fault -> !fault.path("expected").asText().isEmpty());
        assertThat(norra.node().logSize()).isEqualTo(size);
    }

    @Test
    void refusesADeletionThatIsNotClearAboutWhatToDelete() throws IOException {
        for (String asked : List.of(
                "{\"keys\":{\"a\":\"I-1\"}}", "{\"keys\":\"I-1\"}", "{\"keys\":[1]}", "{\"keys\":[]}", "{}", "[]")) {
            HttpResponse<byte[]> refused = norra.user()
                    .post("/api/v1/records/cost-item/deletions", asked.getBytes(UTF_8), norra.token(Role.OPERATOR));

            assertProblem(refused, 400, "keys");
        }
    }

    @Test
    void triesADeletionAndDeletesNothing() throws IOException {
        String rows = """
                item_id,trial_id,participant,home_region,study_region,date,category,amount_ore
                I-try,NCT01234567,P-1,14,24,2024-02-29,visit,100
                """;
        norra.user().post("/api/v1/records/cost-item?release=later", rows.getBytes(UTF_8), norra.token(Role.OPERATOR));
        byte[] asked = "{\"keys\":[\"I-try\"]}".getBytes(UTF_8);

        HttpResponse<byte[]> tried =
                norra.user().post("/api/v1/records/cost-item/deletions?try=true", asked, norra.token(Role.OPERATOR));
        HttpResponse<byte[]> done =
                norra.user().post("/api/v1/records/cost-item/deletions", asked, norra.token(Role.OPERATOR));

        assertThat(tried.statusCode()).as(RawClient.text(tried)).isEqualTo(200);
        assertThat(Json.parse(tried.body()).path("deleted").asInt()).isEqualTo(1);
        assertThat(Json.parse(tried.body()).path("dryRun").asBoolean()).isTrue();
        assertThat(Json.parse(tried.body()).at("/drafts/0/dataset").asText()).isEqualTo("costs");
        assertThat(Json.parse(tried.body()).at("/drafts/0/period").asText()).isEqualTo("2024-Q1");
        assertThat(Json.parse(done.body()).path("deleted").asInt()).isEqualTo(1);
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        byte[] large = new byte[RecordImport.MAX_DOCUMENTS_LENGTH + 1];
        HttpResponse<byte[]> refused = norra.user().post("/api/v1/documents", large, norra.token(Role.OPERATOR));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void refusesACsvFileThatIsTooLongBeforeAnyOfItComes() throws IOException {
        String answer = begin("Content-Length: " + (RecordImport.MAX_CSV_LENGTH + 1) + "\r\n\r\nitem_id");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json");
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() throws IOException {
        String answer = begin("Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 100");
    }

    @Test
    void takesAFileInPiecesOfUnknownNumber() throws IOException {
        String row = "I-chunked,NCT01234567,P-1,14,25,2024-02-29,visit,yesterday\r\n";
        String answer = begin("Transfer-Encoding: chunked\r\n\r\n" + chunk("item_id,trial_id,participant,home_region,")
                + chunk("study_region,date,category,amount_ore\r\n" + row) + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 422").contains("\"line\":2,\"column\":\"amount_ore\"");
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    /** Sends the end of a request's head and perhaps some of its body, and gives the first that is answered. */
    private String begin(String rest) throws IOException {
        Address user = norra.node().userAddress();
        try (Socket socket = new Socket(user.host(), user.port())) {
            String[] token = norra.token(Role.OPERATOR);
            socket.getOutputStream()
                    .write(("POST /api/v1/records/cost-item HTTP/1.1\r\nHost: norra\r\n" + token[0] + ": " + token[1]
                                    + "\r\n" + rest)
                            .getBytes(UTF_8));
            socket.getOutputStream().flush();
            byte[] answer = new byte[4000];
            int length = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, length), UTF_8);
        }
    }

    @Test
    void saysThatThereIsNothingAtAnUnknownPath() throws IOException {
        HttpResponse<byte[]> nothing = norra.user().get("/api/v1/view/costs", norra.token(Role.OPERATOR));
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(Json.parse(nothing.body()).path("detail").asText()).contains("/api/v1/view/costs");
    }

    @Test
    void servesLogsToAuditorsAsPeersGetThem() throws IOException {
        String log = "/log/" + FEDERATION.node("vastra").name();
        assertThat(SignedNote.parse(get(log + "/checkpoint").body()).text())
                .startsWith(FEDERATION.node("vastra").name());
        assertThat(get(log + "/tile/0/000.p/1").body()).hasSize(Hash.LENGTH);
        assertThat(get(log + "/tile/entries/000.p/1").statusCode()).isEqualTo(200);
        for (String missing : new String[] {
            "/tile/0/000",
            "/tile/0/000.p/2",
            "/tile/0/001.p/1",
            "/tile/1/000.p/1",
            "/tile/8/000.p/1",
            "/tile/0/000.p/0",
            "/tile/0/000.p/256",
            "/tile/0/0.p/1",
            "/tile/0/x000/000.p/1",
            "/tile/0/-01.p/1",
            "/tile/entries/000",
            "/tile/0/../../../../keys.p12",
            "/tile/..%2f..%2fcheckpoint",
            "/tile/",
            "/summary/" + "0".repeat(64),
            "/summary/..%2fcheckpoint",
            "/summary/" + "A".repeat(64)
        }) {
            assertThat(get(log + missing).statusCode()).as(missing).isEqualTo(404);
        }
        assertThat(get("/log/nobody.example/checkpoint").statusCode()).isEqualTo(404);
        assertThat(norra.user().get("/health/../api/v1/network").statusCode())
                .as("no way round the guard")
                .isEqualTo(401);
    }

    private void assertBadRequest(String path, String... named) throws IOException {
        assertProblem(get(path), 400, named);
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String... named) {
        assertThat(answer.statusCode())
                .as(answer.uri() + ": " + RawClient.text(answer))
                .isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Json.parse(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).contains(named);
    }

    private HttpResponse<byte[]> view(String query) throws IOException {
        return get("/api/v1/views/costs" + query);
    }

    private HttpResponse<byte[]> get(String path) throws IOException {
        return norra.user().get(path, norra.token(Role.COORDINATOR));
    }
}
