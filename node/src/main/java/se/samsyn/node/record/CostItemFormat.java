package se.samsyn.node.record;

import static se.samsyn.node.record.ImportColumn.optional;
import static se.samsyn.node.record.ImportColumn.required;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import se.samsyn.protocol.root.Scope;

/** {@code cost-item.csv}: a row an item of study-related care. */
final class CostItemFormat implements RecordFormat<CostItem> {
    private static final ImportColumn<String> ITEM_ID = required("item_id", Form.KEY, "F2024-0117/3");
    private static final ImportColumn<String> TRIAL_ID = required("trial_id", Form.REGISTRY_NUMBER, "2018-001234-12");
    private static final ImportColumn<String> PARTICIPANT =
            required("participant", Form.PARTICIPANT, "P-0042").unrepeated();
    private static final ImportColumn<String> DATE = required("date", Form.DAY, "2024-02-29");
    private static final ImportColumn<Long> AMOUNT_ORE = required("amount_ore", Form.AMOUNT_ORE, "125000");
    private static final ImportColumn<String> INVOICE = optional("invoice", Form.TEXT, "F2024-0117");
    private static final ImportColumn<String> SOURCE = optional("source", Form.TEXT, "invoice ledger");

    private final ImportColumn<String> homeRegion;
    private final ImportColumn<String> studyRegion;
    private final ImportColumn<String> category;
    private final ImportColumn<String> bearer;
    private final ImportColumn<String> invoiceState;
    private final Scope scope;
    private final Predicate<String> knowsTrial;

    /**
     * @param scope the node's
     * @param knowsTrial tells all registry numbers of the node's trials
     */
    CostItemFormat(AgreedWords words, Scope scope, Predicate<String> knowsTrial) {
        homeRegion = required("home_region", Form.code(words.codes("region")), "14");
        studyRegion = required("study_region", Form.place(words.codes("place")), "12");
        category = required("category", Form.code(words.codes("cost-category")), "visit");
        bearer = optional("bearer", Form.code(words.codes("cost-bearer")), "home-region");
        invoiceState = optional("invoice_state", Form.code(words.codes("invoice-state")), "sent");
        this.scope = scope;
        this.knowsTrial = knowsTrial;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.COST_ITEM;
    }

    @Override
    public List<ImportColumn<?>> columns() {
        return List.of(
                ITEM_ID,
                TRIAL_ID,
                PARTICIPANT,
                homeRegion,
                studyRegion,
                DATE,
                category,
                bearer,
                AMOUNT_ORE,
                INVOICE,
                invoiceState,
                SOURCE);
    }

    @Override
    public Optional<CostItem> read(Row row) {
        String id = row.get(ITEM_ID);
        String trial = row.get(TRIAL_ID);
        if (!trial.isEmpty() && !knowsTrial.test(trial)) {
            row.warn(TRIAL_ID, trial, "no trial of this node has that number; its costs count all the same");
        }
        String participant = row.get(PARTICIPANT);
        String home = row.get(homeRegion);
        String study = row.place(studyRegion, scope);
        String date = row.get(DATE);
        String what = row.get(category);
        String who = row.get(bearer);
        long amountOre = row.get(AMOUNT_ORE);
        String invoice = row.get(INVOICE);
        String state = row.get(invoiceState);
        String source = row.get(SOURCE);
        return row.unlessFaulty(() ->
                new CostItem(id, trial, participant, home, study, date, what, who, amountOre, invoice, state, source));
    }
}
