package se.samsyn.node.record;

import static se.samsyn.node.record.ImportColumn.optional;
import static se.samsyn.node.record.ImportColumn.required;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import se.samsyn.protocol.root.Scope;

/** {@code site.csv}: a row a site of a trial that the node knows. */
final class SiteFormat implements RecordFormat<Site> {
    private static final ImportColumn<String> TRIAL_ID = required("trial_id", Form.REGISTRY_NUMBER, "2018-001234-12");
    private static final ImportColumn<String> HOSPITAL = optional("hospital", Form.TEXT, "Skånes universitetssjukhus");
    private static final ImportColumn<String> CITY = optional("city", Form.TEXT, "Lund");

    private final ImportColumn<String> region;
    private final ImportColumn<String> role;
    private final Scope scope;
    private final Predicate<String> knowsTrial;

    /**
     * @param scope the node's
     * @param knowsTrial tells the numbers under which the node's trials are filed
     */
    SiteFormat(AgreedWords words, Scope scope, Predicate<String> knowsTrial) {
        region = required("region", Form.place(words.codes("place")), "12");
        role = optional("role", Form.code(words.codes("site-role")), "main");
        this.scope = scope;
        this.knowsTrial = knowsTrial;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.SITE;
    }

    @Override
    public List<ImportColumn<?>> columns() {
        return List.of(TRIAL_ID, HOSPITAL, CITY, region, role);
    }

    @Override
    public Optional<Site> read(Row row) {
        String trial = row.get(TRIAL_ID);
        if (!trial.isEmpty() && !knowsTrial.test(trial)) {
            row.fault(TRIAL_ID, trial, "the trial_id of a trial that was imported before, from trial.csv");
        }
        String hospital = row.get(HOSPITAL);
        String city = row.get(CITY);
        String place = row.place(region, scope);
        String part = row.get(role);
        return row.unlessFaulty(() -> new Site(trial, hospital, city, place, part));
    }
}
