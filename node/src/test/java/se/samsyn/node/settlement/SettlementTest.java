package se.samsyn.node.settlement;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.FailPoints;
import se.samsyn.protocol.settlement.SignedSettlement;

/** Norra invoices Västra, over TLS; Södra is the third. */
final class SettlementTest {
    private static final String QUARTER = "2026-Q3";
    private static final String PATH = "/api/v1/settlements/" + QUARTER;

    @RegisterExtension
    final TestFederation federation =
            TestFederation.of("norra", "vastra", "sodra").late("vastra");

    private final Invoices invoices = new Invoices(20_261_102, "24", "14").generate(48, true);

    @Test
    void findsExactlyTheKnownMismatchesAtBothPartiesAndNothingAtTheThird() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra").start();
        RegionNode sodra = federation.node("sodra");
        invoices.importInto(norra, vastra);

        JsonNode sent = send(norra);
        awaitAnswer(norra, vastra);

        assertThat(sent.path("sent")).hasSize(2);
        JsonNode atNorra = settlement(norra, vastra);
        JsonNode atVastra = settlement(vastra, norra);
        assertThat(outcomes(atNorra)).isEqualTo(invoices.expected());
        assertThat(outcomes(atVastra)).isEqualTo(invoices.expected());
        assertThat(atNorra.path("lineByLine")).isEqualTo(atVastra.path("lineByLine"));
        assertThat(atNorra.path("totals")).isEqualTo(atVastra.path("totals"));
        assertThat(atNorra.path("state").asText()).isEqualTo("open");
        for (String which : List.of("1-proposal", "2-answer")) {
            assertThat(new String(SignedSettlement.payload(document(vastra, norra, 1, which)), UTF_8))
                    .as("no words about a person and no pseudonym")
                    .doesNotContain("Svensson", "\"P-");
        }
        assertThat(documents(norra).entrySet().stream().filter(each -> isOf(each.getKey(), norra, vastra)))
                .hasSize(2);

        norra.restart();
        vastra.restart();
        assertThat(settlement(norra, vastra)).isEqualTo(atNorra);
        assertThat(settlement(vastra, norra)).isEqualTo(atVastra);

        awaitAnswer(norra, sodra);
        assertThat(documents(sodra).keySet()).allMatch(key -> key.contains(sodra.name()));
        sodra.stop();
        norra.stop();
        assertThat(filesTellOfInvoices(norra))
                .as("the same search at who has them")
                .isTrue();
        assertThat(filesTellOfInvoices(sodra)).isFalse();
    }

    @Test
    void agreesOnceTheMismatchesArePutRight() {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra").start();
        String item = """
                item_id,trial_id,participant,home_region,study_region,date,category,bearer,amount_ore,invoice
                I-1,2018-001230-12,P-1,14,24,2026-07-01,visit,home-region,500,F-1
                """;
        String invoice = """
                issuing_region,receiving_region,invoice,trial_id,date,amount_ore,state
                24,14,F-1,2018-001230-12,2026-10-04,%d,received
                """;
        Invoices.importCsv(norra, RecordKind.COST_ITEM, item);
        Invoices.importCsv(vastra, RecordKind.RECEIVED_INVOICE, invoice.formatted(400));
        send(norra);
        awaitAnswer(norra, vastra);
        assertThat(outcomes(settlement(norra, vastra))).isEqualTo(Map.of("F-1", "differing"));

        Invoices.importCsv(vastra, RecordKind.RECEIVED_INVOICE, invoice.formatted(500));
        send(norra);
        soon().until(() -> settlement(norra, vastra).path("state").asText().equals("agreed"));

        assertThat(settlement(vastra, norra).path("revision").asInt()).isEqualTo(2);
        assertThat(outcomes(settlement(vastra, norra))).isEqualTo(Map.of("F-1", "matched"));
        assertThat(send(norra).path("unchanged").toString()).contains(vastra.name());
    }

    @Test
    void refusesWhatIsNotTheSendersNewestWord() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra").start();
        RegionNode sodra = federation.node("sodra");
        invoices.importInto(norra, vastra);
        send(norra);
        awaitAnswer(norra, vastra);
        byte[] first = document(norra, vastra, 1, "1-proposal");
        byte[] answer = document(norra, vastra, 1, "2-answer");

        HttpResponse<byte[]> again = bring(norra, vastra, first);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).as("the same answer, byte for byte").isEqualTo(answer);

        assertRefused(bring(sodra, vastra, first), 422, "no publisher key of " + sodra.name());
        assertRefused(bring(norra, sodra, first), 422, "is to " + vastra.name());
        byte[] forged = first.clone();
        forged[forged.length - 10] ^= 1;
        assertThat(bring(norra, vastra, forged).statusCode()).isIn(400, 422);
        assertRefused(bring(norra, vastra, norra.rootAccepted().entry()), 400, "fed-settlement+jws");
        assertRefused(bring(norra, vastra, new byte[SignedSettlement.MAX_LENGTH + 1]), 413, "longer");

        send(norra);
        soon().until(() -> settlement(norra, vastra).path("revision").asInt() == 2
                && settlement(norra, vastra).has("totals"));
        assertRefused(bring(norra, vastra, first), 422, "revision 1 of 2026-Q3 is older than revision 2");
        assertThat(document(vastra, norra, 1, "1-proposal"))
                .as("the earlier revision is kept")
                .isEqualTo(first);
    }

    @Test
    void refusesAQuarterThatHasNotEndedAndTellsACoordinatorNothing() throws IOException {
        RegionNode norra = federation.node("norra");
        HttpResponse<byte[]> early =
                norra.user().post("/api/v1/settlements/2026-Q4", new byte[0], norra.token(Role.OPERATOR));
        assertRefused(early, 422, "2026-Q4 has not ended");
        assertRefused(
                norra.user().post("/api/v1/settlements/2026", new byte[0], norra.token(Role.OPERATOR)),
                400,
                "settlement is by quarter");
        assertThat(norra.user()
                        .get("/api/v1/settlements", norra.token(Role.COORDINATOR))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void sendsAgainUntilItIsAnsweredAndTheAnswerIsKeptBeforeItLeaves() {
        AtomicBoolean failed = new AtomicBoolean();
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra").failPoints(new FailPoints() {
            @Override
            public void before(FailPoint point) {}

            @Override
            public void after(FailPoint point) {
                if (point == FailPoint.WRITE_SETTLEMENT && !failed.getAndSet(true)) {
                    throw new IllegalStateException("the answer is kept, and never leaves");
                }
            }
        });
        Invoices.importCsv(norra, RecordKind.COST_ITEM, invoices.items());
        send(norra);
        soon().until(() -> settlement(norra, vastra).has("trouble"));

        vastra.start();
        awaitAnswer(norra, vastra);

        assertThat(failed).isTrue();
        assertThat(document(norra, vastra, 1, "2-answer")).isEqualTo(document(vastra, norra, 1, "2-answer"));
    }

    private static JsonNode send(RegionNode node) {
        try {
            HttpResponse<byte[]> answer = node.user().post(PATH, new byte[0], node.token(Role.OPERATOR));
            assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(200);
            return Json.parse(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitAnswer(RegionNode issuer, RegionNode payer) {
        soon().until(() -> settlement(issuer, payer).has("totals"));
    }

    /** The settlement in which the first node has the side of norra's proposal; there is one between the two, as only norra sends. */
    private static JsonNode settlement(RegionNode asked, RegionNode with) {
        try {
            HttpResponse<byte[]> answer = asked.user().get(PATH + "?with=" + with.name(), asked.token(Role.OPERATOR));
            assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(200);
            return Json.parse(answer.body()).path("settlements").path(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> outcomes(JsonNode settlement) {
        Map<String, String> outcomes = new TreeMap<>();
        settlement
                .path("lineByLine")
                .forEach(line -> assertThat(outcomes.put(
                                line.path("invoice").asText(),
                                line.path("outcome").asText()))
                        .isNull());
        return outcomes;
    }

    private static HttpResponse<byte[]> bring(RegionNode sender, RegionNode payer, byte[] document) throws IOException {
        return RawClient.tls(
                        payer.peerUrl(), "TLSv1.3", Optional.of(sender.keys().tls()))
                .post("/settlement", document);
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String why) {
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(status);
        assertThat(answer.body()).asString(UTF_8).contains(why);
    }

    private static Map<String, byte[]> documents(RegionNode node) {
        Map<String, byte[]> documents = new TreeMap<>();
        node.liveStore().forEach(Columns.SETTLEMENT, documents::put);
        return documents;
    }

    private static byte[] document(RegionNode at, RegionNode with, int revision, String which) {
        List<byte[]> found = new ArrayList<>();
        documents(at).forEach((key, bytes) -> {
            if (isOf(key, at, with) && key.endsWith(" 0" + revision + " " + which)) {
                found.add(bytes);
            }
        });
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static boolean isOf(String key, RegionNode one, RegionNode other) {
        return key.contains(one.name()) && key.contains(other.name());
    }

    /** Whether any file of a stopped node has the mark of the invoices, as it is or within base64 at any of the three offsets. */
    private static boolean filesTellOfInvoices(RegionNode node) throws IOException {
        List<String> marks = new ArrayList<>(List.of(Invoices.MARK));
        for (int offset = 0; offset < 3; offset++) {
            String cut = Invoices.MARK.substring(offset, offset + 15);
            marks.add(Base64.getUrlEncoder().withoutPadding().encodeToString(cut.getBytes(UTF_8)));
        }
        try (Stream<Path> files = Files.walk(node.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), ISO_8859_1);
                if (marks.stream().anyMatch(text::contains)) {
                    return true;
                }
            }
        }
        return false;
    }
}
