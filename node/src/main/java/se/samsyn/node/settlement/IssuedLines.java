package se.samsyn.node.settlement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Granularity;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.settlement.InvoiceLine;
import se.samsyn.protocol.settlement.LineKey;

/**
 * What the node's own cost items of a quarter say that others owe: those that the home region bears and that are in an invoice, one line an
 * invoice, trial and home region. A line belongs to the quarter of its latest item, so that no invoice is in two quarters.
 *
 * @param byPayer lines in the order of their keys, by the member whose scope covers the home region
 * @param leftOut why invoices are in no line, each with how many
 */
record IssuedLines(Map<String, List<InvoiceLine>> byPayer, Map<String, Integer> leftOut) {
    private static final String CREDIT_NOTE = "credit-note";
    private static final String NO_MEMBER = "no other member speaks for home region ";
    private static final String NO_DEBT = "credits come to as much as the invoice or more";

    /** Adds up the items of one line. */
    private static final class Sum {
        private long amountOre;
        private LocalDate latest = LocalDate.MIN;
        private final Set<String> participants = new HashSet<>();

        void add(SourceRecord item) {
            long amount = item.number("amountOre");
            boolean isCredit = item.text("category").equals(CREDIT_NOTE);
            amountOre = Math.addExact(amountOre, isCredit ? -amount : amount);
            participants.add(item.text("participant"));
            LocalDate date = LocalDate.parse(item.text("date"));
            latest = date.isAfter(latest) ? date : latest;
        }
    }

    /**
     * Reads the records.
     *
     * @throws MalformedException naming the invoice, if one cannot be in a proposal as it is
     */
    static IssuedLines read(RecordSource records, FederationRoot root, String self, Period quarter) {
        Map<LineKey, Sum> sums = new TreeMap<>();
        Map<String, Integer> leftOut = new TreeMap<>();
        records.scan("cost-item", item -> {
            if (item.text("bearer").equals("home-region")
                    && !item.text("invoice").isEmpty()
                    && !item.text("invoiceState").equals("not-invoiced")
                    && !root.requireMember(self).scope().covers(item.text("homeRegion"))) {
                key(item)
                        .ifPresent(key ->
                                sums.computeIfAbsent(key, any -> new Sum()).add(item));
            }
        });
        Map<String, List<InvoiceLine>> byPayer = new TreeMap<>();
        sums.forEach((key, sum) -> {
            if (!Period.containing(sum.latest, Granularity.QUARTER).equals(quarter)) {
                return;
            }
            Optional<String> payer = payer(root, key.homeRegion());
            if (payer.isEmpty()) {
                leftOut.merge(NO_MEMBER + key.homeRegion(), 1, Integer::sum);
            } else if (sum.amountOre < 1) {
                leftOut.merge(NO_DEBT, 1, Integer::sum);
            } else {
                byPayer.computeIfAbsent(payer.get(), any -> new ArrayList<>())
                        .add(new InvoiceLine(key, sum.amountOre, sum.participants.size()));
            }
        });
        return new IssuedLines(byPayer, leftOut);
    }

    List<InvoiceLine> of(String payer) {
        return byPayer.getOrDefault(payer, List.of());
    }

    private static Optional<String> payer(FederationRoot root, String homeRegion) {
        return root.members().stream()
                .filter(member -> member.scope().covers(homeRegion))
                .map(Member::node)
                .findFirst();
    }

    /** An item without known regions is nobody's to pay. */
    private static Optional<LineKey> key(SourceRecord item) {
        String study = item.text("studyRegion");
        String home = item.text("homeRegion");
        return Places.isKnown(study) && Places.isKnown(home)
                ? Optional.of(new LineKey(study, item.text("invoice"), item.text("trial"), home))
                : Optional.empty();
    }
}
