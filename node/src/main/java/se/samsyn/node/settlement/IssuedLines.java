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
import se.samsyn.protocol.settlement.Rest;

/**
 * What the node's own cost items of a quarter say that others owe: those that the home region bears and that are in an invoice, one line an
 * invoice, trial and home region. A line belongs to the quarter of its latest item, so that no invoice is in two quarters.
 *
 * @param byPayer lines in the order of their keys, by the member whose scope covers the home region
 * @param rests by the same members, what sets their lines apart from the costs of the quarter that their regions bear
 * @param leftOut why invoices are in no line, each with how many
 */
record IssuedLines(Map<String, List<InvoiceLine>> byPayer, Map<String, Rest> rests, Map<String, Integer> leftOut) {
    private static final String CREDIT_NOTE = "credit-note";
    private static final String NO_MEMBER = "no other member speaks for home region ";
    private static final String NO_DEBT = "credits come to as much as the invoice or more";

    /** Adds up the items of one line. */
    private static final class Sum {
        private long amountOre;
        private LocalDate latest = LocalDate.MIN;
        private final Set<String> participants = new HashSet<>();
        /** What a reader is left with who subtracts the line from the costs of the quarter, if it is in the proposal. */
        private final RestSum ifAsked = new RestSum();
        /** The same if it is not. */
        private final RestSum ifNotAsked = new RestSum();

        void add(SourceRecord item, Period quarter) {
            long amount = item.number("amountOre");
            boolean isCredit = item.text("category").equals(CREDIT_NOTE);
            amountOre = Math.addExact(amountOre, isCredit ? -amount : amount);
            participants.add(item.text("participant"));
            LocalDate date = LocalDate.parse(item.text("date"));
            latest = date.isAfter(latest) ? date : latest;
            (isInCosts(item, quarter) ? ifNotAsked : ifAsked).add(item);
        }
    }

    /**
     * Reads the records.
     *
     * @param k the fewest participants that a rest may be of, as the issuer asks for
     * @throws MalformedException naming the invoice, if one cannot be in a proposal as it is
     */
    static IssuedLines read(RecordSource records, FederationRoot root, String self, Period quarter, int k) {
        Map<LineKey, Sum> sums = new TreeMap<>();
        Map<String, RestSum> rests = new TreeMap<>();
        Map<String, Integer> leftOut = new TreeMap<>();
        records.scan("cost-item", item -> {
            if (item.text("bearer").equals("home-region")
                    && Places.isKnown(item.text("homeRegion"))
                    && !root.requireMember(self).scope().covers(item.text("homeRegion"))) {
                Optional<LineKey> key = key(item);
                if (key.isPresent()) {
                    sums.computeIfAbsent(key.get(), any -> new Sum()).add(item, quarter);
                } else if (isInCosts(item, quarter)) {
                    payer(root, item.text("homeRegion"))
                            .ifPresent(payer -> rests.computeIfAbsent(payer, any -> new RestSum())
                                    .add(item));
                }
            }
        });
        Map<String, List<InvoiceLine>> byPayer = new TreeMap<>();
        sums.forEach((key, sum) -> {
            boolean isOfQuarter =
                    Period.containing(sum.latest, Granularity.QUARTER).equals(quarter);
            boolean isDebt = sum.amountOre > 0;
            Optional<String> payer = payer(root, key.homeRegion());
            payer.ifPresent(node -> rests.computeIfAbsent(node, any -> new RestSum())
                    .addAll(isOfQuarter && isDebt ? sum.ifAsked : sum.ifNotAsked));
            if (isOfQuarter && payer.isEmpty()) {
                leftOut.merge(NO_MEMBER + key.homeRegion(), 1, Integer::sum);
            } else if (isOfQuarter && !isDebt) {
                leftOut.merge(NO_DEBT, 1, Integer::sum);
            } else if (isOfQuarter) {
                byPayer.computeIfAbsent(payer.orElseThrow(), any -> new ArrayList<>())
                        .add(new InvoiceLine(key, sum.amountOre, sum.participants.size()));
            }
        });
        Map<String, Rest> judged = new TreeMap<>();
        rests.forEach((payer, rest) -> judged.put(payer, rest.judge(k)));
        return new IssuedLines(byPayer, judged, leftOut);
    }

    List<InvoiceLine> of(String payer) {
        return byPayer.getOrDefault(payer, List.of());
    }

    Rest rest(String payer) {
        return rests.getOrDefault(payer, Rest.NONE);
    }

    /** Whether the published costs of the quarter have the item in their amounts. */
    private static boolean isInCosts(SourceRecord item, Period quarter) {
        return Period.containing(LocalDate.parse(item.text("date")), Granularity.QUARTER)
                        .equals(quarter)
                && !item.text("category").equals(CREDIT_NOTE);
    }

    private static Optional<String> payer(FederationRoot root, String homeRegion) {
        return root.members().stream()
                .filter(member -> member.scope().covers(homeRegion))
                .map(Member::node)
                .findFirst();
    }

    /** An item that is not invoiced, or of no known study region, is nobody's to pay yet. */
    private static Optional<LineKey> key(SourceRecord item) {
        String study = item.text("studyRegion");
        boolean isInvoiced =
                !item.text("invoice").isEmpty() && !item.text("invoiceState").equals("not-invoiced");
        return isInvoiced && Places.isKnown(study)
                ? Optional.of(new LineKey(study, item.text("invoice"), item.text("trial"), item.text("homeRegion")))
                : Optional.empty();
    }
}
