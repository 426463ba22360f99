package se.samsyn.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static final String TRIAL = "2018-001234-12";

    @Test
    void findsExactlyTheKnownMismatchesOfGeneratedInvoices() {
        for (int seed = 0; seed < 500; seed++) {
            GeneratedInvoices invoices = new GeneratedInvoices(seed, seed % 60);

            Matching matching = Matching.of(invoices.lines(), invoices.received(), invoices.trialNames());

            Map<LineKey, Outcome> found = new TreeMap<>();
            for (int i = 0; i < invoices.lines().size(); i++) {
                found.put(
                        invoices.lines().get(i).key(),
                        matching.outcomes().get(i).outcome());
            }
            matching.unknownToIssuer().forEach(invoice -> found.put(invoice.key(), Outcome.UNKNOWN_TO_ISSUER));
            assertThat(found).as("seed " + seed).isEqualTo(invoices.expected());
        }
    }

    @Test
    void matchesAReceivedInvoiceWithOneLineOnly() {
        LineKey ofCounty = new LineKey("12", "F-1", TRIAL, "14");
        LineKey ofMunicipality = new LineKey("1280", "F-1", TRIAL, "14");
        Matching matching = Matching.of(
                List.of(new InvoiceLine(ofCounty, 100, 1), new InvoiceLine(ofMunicipality, 100, 1)),
                List.of(new ReceivedInvoice(ofCounty, 100, Optional.empty())),
                Map.of());

        assertThat(matching.outcomes()).containsExactly(LineOutcome.matched(), LineOutcome.unknown());
        assertThat(matching.unknownToIssuer()).isEmpty();
    }

    @Test
    void tellsTheSecondOfTwoReceivedForOneLine() {
        LineKey key = new LineKey("12", "F-1", TRIAL, "14");
        Matching matching = Matching.of(
                List.of(new InvoiceLine(key, 100, 1)),
                List.of(
                        new ReceivedInvoice(key, 200, Optional.empty()),
                        new ReceivedInvoice(key, 100, Optional.empty())),
                Map.of());

        assertThat(matching.outcomes()).containsExactly(LineOutcome.matched());
        assertThat(matching.unknownToIssuer()).containsExactly(new ReceivedInvoice(key, 200, Optional.empty()));
    }

    @Test
    void aDisputeGoesBeforeADifference() {
        LineKey key = new LineKey("12", "F-1", TRIAL, "14");
        Matching matching = Matching.of(
                List.of(new InvoiceLine(key, 100, 1)),
                List.of(new ReceivedInvoice(key, 90, Optional.of(DisputeReason.DUPLICATE))),
                Map.of());

        assertThat(matching.outcomes()).containsExactly(LineOutcome.disputed(DisputeReason.DUPLICATE));
    }

    @Test
    void whatSomebodyWroteInHerOwnWordsIsNoReasonThatTravels() {
        assertThat(DisputeReason.of("price")).isEqualTo(DisputeReason.PRICE);
        assertThat(DisputeReason.of("Anna Svensson is not known here")).isEqualTo(DisputeReason.OTHER);
    }
}
