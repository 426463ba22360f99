package se.samsyn.protocol.settlement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Invoices between two parties as each of them has them, with mismatches that the generator put in and wrote down. */
final class GeneratedInvoices {
    private static final String OTHER_NAME = "NCT0";
    private static final int TRIALS = 7;
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final Random random;
    private final List<InvoiceLine> lines = new ArrayList<>();
    private final List<ReceivedInvoice> received = new ArrayList<>();
    private final Map<LineKey, Outcome> expected = new TreeMap<>();
    private final Map<String, String> trialNames = new TreeMap<>();

    GeneratedInvoices(long seed, int count) {
        random = new Random(seed);
        for (int trial = 0; trial < TRIALS; trial++) {
            // the payer knows some trials by another number than the issuer writes
            if (random.nextBoolean()) {
                trialNames.put(trial(trial), OTHER_NAME + "100000" + trial);
            }
        }
        for (int number = 0; number < count; number++) {
            add(number);
        }
        lines.sort((one, other) -> one.key().compareTo(other.key()));
        Collections.shuffle(received, random);
    }

    List<InvoiceLine> lines() {
        return lines;
    }

    List<ReceivedInvoice> received() {
        return received;
    }

    /** What became of each line, and of each received invoice that is in none, by its own key. */
    Map<LineKey, Outcome> expected() {
        return expected;
    }

    Map<String, String> trialNames() {
        return trialNames;
    }

    private void add(int number) {
        Outcome outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
        String trial = trial(random.nextInt(TRIALS));
        LineKey issued = new LineKey(random.nextBoolean() ? "12" : "1280", "F-" + number, trial, "14");
        LineKey held = new LineKey("12", "F-" + number, trialNames.getOrDefault(trial, trial), "14");
        long amount = 1L + random.nextInt(1_000_000);
        if (outcome != Outcome.UNKNOWN_TO_ISSUER) {
            lines.add(new InvoiceLine(issued, amount, 1 + random.nextInt(9)));
        }
        switch (outcome) {
            case MATCHED -> received.add(new ReceivedInvoice(held, amount, Optional.empty()));
            case DIFFERING ->
                received.add(new ReceivedInvoice(held, amount + 1L + random.nextInt(9), Optional.empty()));
            case DISPUTED -> received.add(new ReceivedInvoice(held, amount, Optional.of(DisputeReason.PRICE)));
            case UNKNOWN_TO_PAYER -> {}
            case UNKNOWN_TO_ISSUER -> received.add(new ReceivedInvoice(held, amount, Optional.empty()));
        }
        expected.put(outcome == Outcome.UNKNOWN_TO_ISSUER ? held : issued, outcome);
    }

    private static String trial(int number) {
        return "2018-00123" + number + "-12";
    }
}
