package se.samsyn.node.record;

import static se.samsyn.node.record.ImportColumn.optional;
import static se.samsyn.node.record.ImportColumn.required;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code trial.csv}: a row a trial, in a registry's own words. */
final class TrialFormat implements RecordFormat<Trial> {
    /** What people type where a form asks for a number that nobody knows. */
    private static final Set<Integer> PLACEHOLDERS = Set.of(99_999, 999_999, 9_999_999, 99_999_999);

    private static final ImportColumn<String> TRIAL_ID = required("trial_id", Form.REGISTRY_NUMBER, "2018-001234-12");
    private static final ImportColumn<List<String>> OTHER_IDS =
            optional("other_ids", Form.REGISTRY_NUMBERS, "NCT01234567|ISRCTN12345678");
    private static final ImportColumn<String> EPM_DNR = optional("epm_dnr", Form.EPM, "2021-01234");
    private static final ImportColumn<String> TITLE = optional("title", Form.TITLE, "A trial of something");
    private static final ImportColumn<String> SPONSOR = optional("sponsor", Form.TEXT, "Region Skåne");
    private static final ImportColumn<String> REGISTRY = optional("registry", Form.REGISTRY_NAME, "ctgov");
    private static final ImportColumn<String> SPONSOR_CLASS =
            optional("sponsor_class", Form.word("sponsor-class"), "INDUSTRY");
    private static final ImportColumn<String> STUDY_TYPE =
            optional("study_type", Form.word("study-type"), "INTERVENTIONAL");
    private static final ImportColumn<String> PHASE = optional("phase", Form.word("phase"), "PHASE2|PHASE3");
    private static final ImportColumn<String> STATUS = optional("status", Form.word("status"), "RECRUITING");
    private static final ImportColumn<String> START_DATE = optional("start_date", Form.PARTIAL_DATE, "2019-05");
    private static final ImportColumn<String> END_DATE = optional("end_date", Form.PARTIAL_DATE, "2024-11-30");
    private static final ImportColumn<OptionalInt> PLANNED = optional("planned_participants", Form.PARTICIPANTS, "120");
    private static final ImportColumn<OptionalInt> ACTUAL = optional("actual_participants", Form.PARTICIPANTS, "118");

    private final Vocabulary sponsorClasses;
    private final Vocabulary studyTypes;
    private final Vocabulary phases;
    private final Vocabulary statuses;

    TrialFormat(AgreedWords words) {
        sponsorClasses = words.vocabulary("sponsor-class");
        studyTypes = words.vocabulary("study-type");
        phases = words.vocabulary("phase");
        statuses = words.vocabulary("status");
    }

    @Override
    public RecordKind kind() {
        return RecordKind.TRIAL;
    }

    @Override
    public List<ImportColumn<?>> columns() {
        return List.of(
                TRIAL_ID,
                OTHER_IDS,
                EPM_DNR,
                TITLE,
                SPONSOR,
                REGISTRY,
                SPONSOR_CLASS,
                STUDY_TYPE,
                PHASE,
                STATUS,
                START_DATE,
                END_DATE,
                PLANNED,
                ACTUAL);
    }

    @Override
    public Optional<Trial> read(Row row) {
        String id = row.get(TRIAL_ID);
        List<String> others =
                row.get(OTHER_IDS).stream().filter(other -> !other.equals(id)).toList();
        String epmDnr = row.get(EPM_DNR);
        String title = row.get(TITLE);
        String sponsor = row.get(SPONSOR);
        String registry = row.get(REGISTRY);
        String sponsorClass = row.word(SPONSOR_CLASS, sponsorClasses, registry);
        String studyType = row.word(STUDY_TYPE, studyTypes, registry);
        String phase = row.word(PHASE, phases, registry);
        String status = row.word(STATUS, statuses, registry);
        String start = row.get(START_DATE);
        String end = row.get(END_DATE);
        OptionalInt planned = participants(row, PLANNED);
        OptionalInt actual = participants(row, ACTUAL);
        return row.unlessFaulty(() -> new Trial(
                id,
                others,
                epmDnr,
                title,
                sponsor,
                registry,
                sponsorClass,
                studyType,
                phase,
                status,
                start,
                end,
                planned,
                actual));
    }

    private static OptionalInt participants(Row row, ImportColumn<OptionalInt> column) {
        OptionalInt number = row.get(column);
        if (number.isPresent() && PLACEHOLDERS.contains(number.getAsInt())) {
            row.warn(column, Integer.toString(number.getAsInt()), "a placeholder: kept as not known");
            return OptionalInt.empty();
        }
        return number;
    }
}
