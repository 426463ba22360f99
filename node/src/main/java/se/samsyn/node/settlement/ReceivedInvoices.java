package se.samsyn.node.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.protocol.dataset.Granularity;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.settlement.DisputeReason;
import se.samsyn.protocol.settlement.LineKey;
import se.samsyn.protocol.settlement.Proposal;
import se.samsyn.protocol.settlement.ReceivedInvoice;

/** What the node's own records of received invoices have beside a proposal. */
final class ReceivedInvoices {
    private ReceivedInvoices() {}

    /**
     * The invoices of the issuer that belong beside a proposal: all that are in its lines, of whatever date, and all others dated in the
     * quarter, unless the issuer has put them into its newest proposal of another quarter. A line has the date of the care, an invoice that
     * of the letter.
     *
     * @param trialNames as the node knows trials
     * @param ofOtherQuarters the issuer's newest proposals of them
     */
    static List<ReceivedInvoice> beside(
            Proposal proposal,
            RecordSource records,
            Scope issuer,
            Map<String, String> trialNames,
            List<Proposal> ofOtherQuarters) {
        Set<LineKey> asked = keys(List.of(proposal), trialNames);
        Set<LineKey> elsewhere = keys(ofOtherQuarters, trialNames);
        List<ReceivedInvoice> invoices = new ArrayList<>();
        records.scan("received-invoice", invoice -> {
            String from = invoice.text("issuingRegion");
            String to = invoice.text("receivingRegion");
            if (issuer.covers(from) && Places.isKnown(from) && Places.isKnown(to)) {
                LineKey key = new LineKey(from, invoice.text("invoice"), invoice.text("trial"), LineKey.county(to));
                LineKey known = key.knownBy(trialNames);
                boolean isOfQuarter = quarter(invoice).equals(proposal.between().quarter());
                if (asked.contains(known) || (isOfQuarter && !elsewhere.contains(known))) {
                    invoices.add(new ReceivedInvoice(key, invoice.number("amountOre"), dispute(invoice)));
                }
            }
        });
        return invoices;
    }

    private static Set<LineKey> keys(List<Proposal> proposals, Map<String, String> trialNames) {
        Set<LineKey> keys = new HashSet<>();
        proposals.forEach(
                proposal -> proposal.lines().forEach(line -> keys.add(line.key().knownBy(trialNames))));
        return keys;
    }

    private static Period quarter(SourceRecord invoice) {
        return Period.containing(LocalDate.parse(invoice.text("date")), Granularity.QUARTER);
    }

    private static Optional<DisputeReason> dispute(SourceRecord invoice) {
        return invoice.text("state").equals("disputed")
                ? Optional.of(DisputeReason.of(invoice.text("disputeReason")))
                : Optional.empty();
    }
}
