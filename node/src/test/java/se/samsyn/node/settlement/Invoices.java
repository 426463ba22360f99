package se.samsyn.node.settlement;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import se.samsyn.node.RegionNode;
import se.samsyn.node.record.RecordKind;

/** Files of cost items and of received invoices with mismatches between them that the generator put in and wrote down. */
final class Invoices {
    /** Stands in no other text of a test. */
    static final String MARK = "FAKTURA-DELAD-AV-TVA";

    private static final int TRIALS = 5;
    private static final int PERSONS = 3;

    private final Random random;
    private final String from;
    private final String to;
    private final StringBuilder items = new StringBuilder("item_id,trial_id,participant,home_region,study_region,date,"
            + "category,bearer,amount_ore,invoice,invoice_state\n");
    private final StringBuilder received = new StringBuilder(
            "issuing_region,receiving_region,invoice,trial_id,date,amount_ore,state,dispute_reason\n");
    private final Map<String, String> expected = new TreeMap<>();

    Invoices(long seed, String from, String to) {
        this.random = new Random(seed);
        this.from = from;
        this.to = to;
    }

    /** Invoices of the third quarter of 2026 with what will be found of each: in turn all that can be. */
    Invoices generate(int count, boolean withMismatches) {
        for (int i = 0; i < count; i++) {
            int kind = withMismatches ? i % 6 : 0;
            String invoice = MARK + "-" + to + "-" + i;
            String trial = "2018-00123" + random.nextInt(TRIALS) + "-12";
            long amount = kind == 4 ? 1L + random.nextInt(900_000) : issue(invoice, trial);
            switch (kind) {
                case 1 -> receive(invoice, trial, amount + 1, "received", "", "differing");
                case 2 -> receive(invoice, trial, amount, "disputed", "price", "disputed");
                case 3 -> expected.put(invoice, "unknown-to-payer");
                case 4 -> receive(invoice, trial, amount, "received", "", "unknown-to-issuer");
                case 5 -> receive(invoice, trial, amount, "disputed", "Anna Svensson is not known here", "disputed");
                default -> receive(invoice, trial, amount, "paid", "", "matched");
            }
        }
        return this;
    }

    /** The outcome of each invoice by its number. */
    Map<String, String> expected() {
        return expected;
    }

    Invoices importInto(RegionNode issuer, RegionNode payer) {
        importCsv(issuer, RecordKind.COST_ITEM, items.toString());
        importCsv(payer, RecordKind.RECEIVED_INVOICE, received.toString());
        return this;
    }

    static void importCsv(RegionNode node, RecordKind kind, String csv) {
        var unused = node.node().intake().importCsv(kind, csv.getBytes(StandardCharsets.UTF_8));
    }

    String items() {
        return items.toString();
    }

    private long issue(String invoice, String trial) {
        long sum = 0;
        for (int person = 0; person < PERSONS; person++) {
            long amount = 1L + random.nextInt(900_000);
            sum += amount;
            item(invoice + "-" + person, trial, "P-" + person, "home-region", amount, invoice, "sent");
        }
        // what another bears, and what is not sent, is in no line
        item(invoice + "-s", trial, "P-0", "sponsor", 77, invoice, "sent");
        item(invoice + "-n", trial, "P-0", "home-region", 77, invoice + "-later", "not-invoiced");
        return sum;
    }

    private void item(
            String id, String trial, String person, String bearer, long amount, String invoice, String state) {
        items.append(String.join(
                        ",",
                        id,
                        trial,
                        person,
                        to,
                        from,
                        "2026-08-14",
                        "visit",
                        bearer,
                        Long.toString(amount),
                        invoice,
                        state))
                .append('\n');
    }

    private void receive(String invoice, String trial, long amount, String state, String reason, String outcome) {
        received.append(String.join(",", from, to, invoice, trial, "2026-09-20", Long.toString(amount), state, reason))
                .append('\n');
        expected.put(invoice, outcome);
    }
}
