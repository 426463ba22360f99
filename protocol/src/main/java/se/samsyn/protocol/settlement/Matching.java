package se.samsyn.protocol.settlement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An issuer's lines beside what the payer holds.
 *
 * @param outcomes one a line, in the order of the lines
 * @param unknownToIssuer what the payer holds that is in no line, in the order of the keys
 */
public record Matching(List<LineOutcome> outcomes, List<ReceivedInvoice> unknownToIssuer) {
    private static final Comparator<ReceivedInvoice> ORDER =
            Comparator.comparing(ReceivedInvoice::key).thenComparing(ReceivedInvoice::amountOre);

    public Matching {
        outcomes = List.copyOf(outcomes);
        unknownToIssuer = List.copyOf(unknownToIssuer);
    }

    /**
     * Matches each line with at most one received invoice, and each of these with at most one line. Two are of the same invoice if their
     * numbers, trials, home regions and the counties of the issuing places are equal.
     *
     * @param received every invoice that the payer holds of this issuer for this quarter
     * @param trialNames numbers of trials, each with the one by which the payer knows the same trial; others are known by themselves
     */
    public static Matching of(List<InvoiceLine> lines, List<ReceivedInvoice> received, Map<String, String> trialNames) {
        Map<LineKey, Deque<ReceivedInvoice>> open = new TreeMap<>();
        received.stream()
                .sorted(ORDER)
                .forEach(invoice -> open.computeIfAbsent(invoice.key().knownBy(trialNames), key -> new ArrayDeque<>())
                        .add(invoice));
        List<LineOutcome> outcomes = new ArrayList<>();
        for (InvoiceLine line : lines) {
            Deque<ReceivedInvoice> same = open.getOrDefault(line.key().knownBy(trialNames), new ArrayDeque<>());
            outcomes.add(same.isEmpty() ? LineOutcome.unknown() : outcome(line, same.remove()));
        }
        return new Matching(
                outcomes,
                open.values().stream().flatMap(Deque::stream).sorted(ORDER).toList());
    }

    private static LineOutcome outcome(InvoiceLine line, ReceivedInvoice invoice) {
        return invoice.dispute()
                .map(LineOutcome::disputed)
                .orElseGet(() -> invoice.amountOre() == line.amountOre()
                        ? LineOutcome.matched()
                        : LineOutcome.differing(invoice.amountOre()));
    }
}
