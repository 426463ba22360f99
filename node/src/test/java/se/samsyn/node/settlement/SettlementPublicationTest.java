package se.samsyn.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.ReleaseReport;

/** What all others are told of a settlement between norra (24) and vastra (14), and when it stays untold. */
final class SettlementPublicationTest {
    private static final String QUARTER = "2026-Q3";
    private static final String ITEMS =
            "item_id,trial_id,participant,home_region,study_region,date,category,bearer,amount_ore,invoice\n";
    private static final String INVOICES =
            "issuing_region,receiving_region,invoice,trial_id,date,amount_ore,state,dispute_reason\n";
    private static final List<String> TRIALS = List.of("2018-001230-12", "2018-001231-12", "2018-001232-12");

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra");

    private final StringBuilder items = new StringBuilder(ITEMS);
    private final StringBuilder invoices = new StringBuilder(INVOICES);
    private int serial;

    @Test
    void bothTellTheSameTotalsAndTheThirdNetsThem() {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        long matched = 0;
        for (String trial : TRIALS) {
            matched += invoice(trial, 3, "received");
        }
        long disputed = invoice(TRIALS.get(0), 3, "disputed") + invoice(TRIALS.get(1), 4, "disputed");
        settle(norra, vastra, 1);
        federation.awaitAgreement();
        assertThat(derived(norra).path("rows")).as("told by nobody yet").isEmpty();

        release(norra);
        federation.awaitAgreement();
        assertThat(row(vastra).path("state").asText()).isEqualTo("one-sided");
        assertThat(derived(vastra).path("payments")).isEmpty();

        release(vastra);
        federation.awaitAgreement();
        assertTold(vastra, norra, matched, disputed);

        // one dispute of four participants is settled: told, it would tell what they cost
        int last = invoices.lastIndexOf(",disputed,price");
        invoices.replace(last, invoices.length(), ",paid,\n");
        settle(norra, vastra, 2);
        assertThat(release(norra).released()).isEmpty();
        assertThat(release(vastra).released()).isEmpty();
        federation.awaitAgreement();
        assertTold(vastra, norra, matched, disputed);
    }

    @Test
    void nothingIsToldOfFewParticipantsNorWhereTheCostsBesideWouldTellOfFew() {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        invoice(TRIALS.get(0), 2, "received");
        invoice(TRIALS.get(1), 2, "received");
        settle(norra, vastra, 1);
        assertWithheld(norra, vastra);

        // enough now, but for one more participant whose cost is in the published costs and in no invoice
        for (String trial : TRIALS) {
            invoice(trial, 5, "received");
        }
        item(TRIALS.get(0), "P-alone", "");
        settle(norra, vastra, 2);
        assertWithheld(norra, vastra);
    }

    private void assertTold(RegionNode payer, RegionNode issuer, long matched, long disputed) {
        for (RegionNode node : federation.nodes()) {
            JsonNode derived = derived(node);
            JsonNode row = row(node);
            assertThat(row.path("state").asText()).isEqualTo("open");
            assertThat(row.path("withheld").asBoolean()).isFalse();
            assertThat(row.path("tellers")).hasSize(2);
            assertThat(amounts(row)).isEqualTo(Map.of("matched", matched, "disputed", disputed));
            assertThat(derived.path("payments")).hasSize(1);
            JsonNode payment = derived.path("payments").path(0);
            assertThat(payment.path("from").asText()).isEqualTo(payer.name());
            assertThat(payment.path("to").asText()).isEqualTo(issuer.name());
            assertThat(payment.path("amountOre").asLong()).isEqualTo(matched);
        }
    }

    private void assertWithheld(RegionNode norra, RegionNode vastra) {
        release(norra);
        release(vastra);
        federation.awaitAgreement();
        JsonNode row = row(federation.node("sodra"));
        assertThat(row.path("state").asText()).isEqualTo("open");
        assertThat(row.path("withheld").asBoolean()).isTrue();
        assertThat(row.path("totals")).isEmpty();
    }

    private static Map<String, Long> amounts(JsonNode row) {
        Map<String, Long> amounts = new TreeMap<>();
        row.path("totals")
                .forEach(total -> amounts.put(
                        total.path("outcome").asText(), total.path("amountOre").asLong()));
        return amounts;
    }

    /** An invoice about so many participants, at both; gives its amount. */
    private long invoice(String trial, int participants, String state) {
        String number = "F-" + ++serial;
        long amount = 0;
        for (int i = 0; i < participants; i++) {
            amount += item(trial, "P-" + serial + "-" + i, number);
        }
        invoices.append(String.join(
                        ",",
                        "24",
                        "14",
                        number,
                        trial,
                        "2026-10-04",
                        Long.toString(amount),
                        state,
                        state.equals("disputed") ? "price" : ""))
                .append('\n');
        return amount;
    }

    private long item(String trial, String participant, String invoice) {
        long amount = 100_000L + serial * 7L;
        items.append(String.join(
                        ",",
                        "I-" + participant,
                        trial,
                        participant,
                        "14",
                        "24",
                        "2026-08-14",
                        "visit",
                        "home-region",
                        Long.toString(amount),
                        invoice))
                .append('\n');
        return amount;
    }

    /** Imports what there is at both, and lets norra propose it. */
    private void settle(RegionNode norra, RegionNode vastra, int revision) {
        Invoices.importCsv(norra, RecordKind.COST_ITEM, items.toString());
        Invoices.importCsv(vastra, RecordKind.RECEIVED_INVOICE, invoices.toString());
        try {
            HttpResponse<byte[]> sent =
                    norra.user().post("/api/v1/settlements/" + QUARTER, new byte[0], norra.token(Role.OPERATOR));
            assertThat(sent.statusCode()).as(RawClient.text(sent)).isEqualTo(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        soon().until(() -> {
            JsonNode settlement = settlement(norra, vastra);
            return settlement.path("revision").asInt() == revision
                    && settlement.has("totals")
                    && settlement(norra, federation.node("sodra")).has("totals");
        });
    }

    private static JsonNode settlement(RegionNode asked, RegionNode with) throws IOException {
        HttpResponse<byte[]> answer =
                asked.user().get("/api/v1/settlements/" + QUARTER + "?with=" + with.name(), asked.token(Role.OPERATOR));
        return Json.parse(answer.body()).path("settlements").path(0);
    }

    private static ReleaseReport release(RegionNode node) {
        return node.node().intake().release("settlement", Set.of());
    }

    /** What a node shows of the two; there is another row, of sodra, which owes nothing. */
    private JsonNode row(RegionNode node) {
        for (JsonNode row : derived(node).path("rows")) {
            if (row.path("payer").asText().equals(federation.node("vastra").name())) {
                return row;
            }
        }
        throw new AssertionError("no row of the two in " + derived(node));
    }

    private static JsonNode derived(RegionNode node) {
        return node.view("settlement", "from", QUARTER, "to", QUARTER, "derive", "settlement")
                .json()
                .path("derived");
    }
}
