package se.samsyn.node.record;

import static se.samsyn.node.record.ImportColumn.optional;
import static se.samsyn.node.record.ImportColumn.required;

import java.util.List;
import java.util.Optional;

/** What trials cost and who pays: {@code cost-item.csv}, {@code received-invoice.csv}, {@code grant.csv}. */
final class MoneyFormats {
    private MoneyFormats() {}

    /** A row an item of study-related care. */
    static RecordFormat costItem(AgreedWords words, Meanings meanings) {
        return new RecordFormat(
                RecordKind.COST_ITEM,
                List.of("item_id"),
                Optional.of("date"),
                List.of(
                        required("item_id", Form.KEY, "F2024-0117/3").as("id"),
                        trial(meanings),
                        required("participant", Form.PARTICIPANT, "P-0042").unrepeated(),
                        required("home_region", Form.code(words.codes("region")), "14"),
                        required("study_region", Form.code(words.codes("place")), "12")
                                .meaning(meanings.ownPlace()),
                        required("date", Form.DAY, "2024-02-29"),
                        required("category", Form.code(words.codes("cost-category")), "visit"),
                        optional("bearer", Form.code(words.codes("cost-bearer")), "home-region"),
                        required("amount_ore", Form.AMOUNT_ORE, "125000"),
                        optional("invoice", Form.TEXT, "F2024-0117"),
                        optional("invoice_state", Form.code(words.codes("invoice-state")), "sent"),
                        optional("source", Form.TEXT, "invoice ledger")),
                row -> {});
    }

    /** A row an invoice that came from another region. */
    static RecordFormat receivedInvoice(AgreedWords words, Meanings meanings) {
        ImportColumn state = required("state", Form.code(words.codes("received-invoice-state")), "disputed");
        ImportColumn reason = optional("dispute_reason", Form.TEXT, "the patient is not known here");
        return new RecordFormat(
                RecordKind.RECEIVED_INVOICE,
                List.of("issuing_region", "invoice", "trial_id"),
                Optional.of("date"),
                List.of(
                        required("issuing_region", Form.code(words.codes("place")), "14"),
                        required("receiving_region", Form.code(words.codes("place")), "12")
                                .meaning(meanings.ownPlace()),
                        required("invoice", Form.TEXT, "F2024-0117"),
                        trial(meanings),
                        required("date", Form.DAY, "2024-03-31"),
                        required("amount_ore", Form.AMOUNT_ORE, "125000"),
                        state,
                        reason,
                        optional("source", Form.TEXT, "supplier ledger")),
                row -> {
                    boolean isDisputed = row.get(state).equals("disputed");
                    if (isDisputed == row.get(reason).isEmpty()) {
                        row.fault(
                                reason,
                                row.get(reason),
                                isDisputed
                                        ? "a reason, as the invoice is disputed"
                                        : "nothing, as the invoice is not disputed");
                    }
                });
    }

    /** A row a grant and what became of it. */
    static RecordFormat grant(AgreedWords words) {
        ImportColumn amount = required("amount_ore", Form.BUDGET_ORE, "250000000");
        ImportColumn used = optional("used_ore", Form.BUDGET_ORE, "210000000");
        ImportColumn repaid = optional("to_be_repaid_ore", Form.BUDGET_ORE, "40000000");
        return new RecordFormat(
                RecordKind.GRANT,
                List.of("grant_id"),
                Optional.of("year"),
                List.of(
                        required("grant_id", Form.KEY, "2023-01234").as("id"),
                        required("programme", Form.code(words.codes("grant-programme")), "state-grant"),
                        required("year", Form.YEAR, "2024"),
                        optional("purpose", Form.TEXT, "shorter lead times"),
                        amount,
                        used,
                        repaid,
                        optional("report_due_date", Form.DAY, "2025-02-28"),
                        optional("reported_date", Form.DAY, "2025-02-20"),
                        optional("repayment_due_date", Form.DAY, "2025-05-31"),
                        optional("source", Form.TEXT, "grant decision")),
                row -> {
                    if (number(row, used) + number(row, repaid) > number(row, amount)) {
                        row.fault(
                                used,
                                row.get(used),
                                "together with " + repaid.name() + " at most the amount of the grant, "
                                        + row.get(amount));
                    }
                });
    }

    private static ImportColumn trial(Meanings meanings) {
        return required("trial_id", Form.REGISTRY_NUMBER, TrialFormats.TRIAL_EXAMPLE)
                .as("trial")
                .meaning(meanings.trial());
    }

    private static long number(Row row, ImportColumn column) {
        String value = row.get(column);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }
}
