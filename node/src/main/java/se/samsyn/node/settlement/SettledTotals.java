package se.samsyn.node.settlement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import se.samsyn.node.record.RecordSource;
import se.samsyn.node.record.SourceRecord;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.settlement.Agreement;
import se.samsyn.protocol.settlement.Between;
import se.samsyn.protocol.settlement.Outcome;
import se.samsyn.protocol.settlement.OutcomeTotal;
import se.samsyn.protocol.settlement.SignedSettlement;

/**
 * The totals that both parties of a settlement tell all others: of each quarter between this member and another those of the newest answer
 * that says what is told. Both hold that answer, so both tell the same. They are records of the kind {@code settled-total}; all other kinds
 * are read from where they are kept.
 */
public final class SettledTotals implements RecordSource {
    /** The kind of these records in dataset definitions. */
    public static final String KIND = "settled-total";

    private static final String WITHHELD = "withheld";
    private static final String BETWEEN = " ";

    private final RecordSource records;
    private final SettlementStore documents;

    /** @param records of all other kinds */
    public SettledTotals(RecordSource records, Store store) {
        this.records = records;
        this.documents = new SettlementStore(store);
    }

    @Override
    public void scan(String recordKind, Consumer<SourceRecord> each) {
        if (!recordKind.equals(KIND)) {
            records.scan(recordKind, each);
            return;
        }
        for (SettlementStore.Of of : documents.kept(any -> true)) {
            documents.revisions(of.issuer(), of.payer(), of.quarter()).stream()
                    .filter(revision ->
                            revision.answer().flatMap(answer -> answer.tells()).isPresent())
                    .reduce((before, revision) -> revision)
                    .ifPresent(told -> scan(told, each));
        }
    }

    /** Where there is nothing to settle a row says so; where there is more than may be told a row without numbers does. */
    private static void scan(Settled told, Consumer<SourceRecord> each) {
        Agreement agreement = told.agreement().orElseThrow();
        List<Outcome> outcomes = told.answer().flatMap(answer -> answer.tells()).orElse(List.of());
        for (Outcome outcome : outcomes) {
            each.accept(row(told, outcome.wireName(), Optional.of(agreement.total(outcome))));
        }
        if (agreement.totals().isEmpty()) {
            each.accept(row(told, Outcome.MATCHED.wireName(), Optional.of(OutcomeTotal.NONE)));
        }
        if (!new TreeSet<>(outcomes).containsAll(agreement.totals().keySet())) {
            each.accept(row(told, WITHHELD, Optional.empty()));
        }
    }

    private static SourceRecord row(Settled told, String outcome, Optional<OutcomeTotal> total) {
        Between between = told.proposal().between();
        Map<String, Long> numbers = new HashMap<>(Map.of("revision", (long) between.revision()));
        total.ifPresent(known -> {
            numbers.put("lines", (long) known.lines());
            numbers.put("amountOre", known.amountOre());
            numbers.put("payerAmountOre", known.payerAmountOre());
            numbers.put("participants", known.participants());
        });
        return new Total(
                String.join(
                        BETWEEN,
                        between.issuer(),
                        between.payer(),
                        between.quarter().toString(),
                        outcome),
                Map.of(
                        "issuer",
                        between.issuer(),
                        "payer",
                        between.payer(),
                        "quarter",
                        between.quarter().toString(),
                        "agreement",
                        SignedSettlement.hash(told.signedAnswer().orElseThrow()).toHex(),
                        "outcome",
                        outcome),
                numbers);
    }

    /** A row with its fields; a number that is withheld is not there. */
    private record Total(String key, Map<String, String> texts, Map<String, Long> numbers) implements SourceRecord {
        @Override
        public String text(String field) {
            return Optional.ofNullable(texts.get(field)).orElseThrow(() -> none("text", field));
        }

        @Override
        public List<String> texts(String field) {
            throw none("texts", field);
        }

        @Override
        public long number(String field) {
            return Optional.ofNullable(numbers.get(field)).orElseThrow(() -> none("number", field));
        }

        @Override
        public boolean isKnown(String field) {
            return numbers.containsKey(field);
        }

        private static IllegalArgumentException none(String what, String field) {
            return new IllegalArgumentException("a " + KIND + " has no " + what + " \"" + field + "\" for tabulation");
        }
    }
}
