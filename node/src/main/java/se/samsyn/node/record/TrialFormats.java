package se.samsyn.node.record;

import static se.samsyn.node.record.ImportColumn.optional;
import static se.samsyn.node.record.ImportColumn.required;

import java.util.List;
import java.util.Optional;

/** Trials, where they are carried out, and who takes part: {@code trial.csv}, {@code site.csv}, {@code participation.csv}. */
final class TrialFormats {
    /** Whose words the row is written in. */
    static final ImportColumn REGISTRY = optional("registry", Form.REGISTRY_NAME, "ctgov");

    static final String TRIAL_EXAMPLE = "2018-001234-12";

    private static final String TRIAL_ID = "trial_id";

    private TrialFormats() {}

    /** A row a trial, in a registry's own words. */
    static RecordFormat trial(AgreedWords words, Meanings meanings) {
        Form yesNo = Form.code(words.codes("yes-no"));
        return new RecordFormat(
                RecordKind.TRIAL,
                List.of(TRIAL_ID),
                Optional.of("end_date"),
                List.of(
                        required(TRIAL_ID, Form.REGISTRY_NUMBER, TRIAL_EXAMPLE).as("id"),
                        optional("other_ids", Form.REGISTRY_NUMBERS, "NCT01234567|ISRCTN12345678")
                                .meaning(Meanings.without(TRIAL_ID)),
                        optional("epm_dnr", Form.EPM, "2021-01234"),
                        optional("title", Form.TITLE, "A trial of something"),
                        optional("sponsor", Form.TEXT, "Region Skåne"),
                        REGISTRY,
                        word(meanings, "sponsor_class", "sponsor-class", "INDUSTRY"),
                        word(meanings, "study_type", "study-type", "INTERVENTIONAL"),
                        word(meanings, "phase", "phase", "PHASE2|PHASE3"),
                        word(meanings, "status", "status", "RECRUITING"),
                        optional("stop_reason", Form.TEXT, "slow recruitment"),
                        optional("therapy_area", Form.code(words.codes("therapy-area")), "haematology"),
                        optional("conditions", Form.DIAGNOSES, "C83.3|C85.1"),
                        optional("condition_words", Form.WORDS, "Lymphoma, large B-cell"),
                        optional("atc", Form.SUBSTANCES, "L01XL03"),
                        optional("product", Form.WORDS, "axicabtagene ciloleucel"),
                        optional("intervention", Form.code(words.codes("intervention-kind")), "drug"),
                        optional("atmp_class", Form.code(words.codes("atmp-class")), "gtmp"),
                        optional("decentralised", yesNo, "no"),
                        optional("low_intervention", yesNo, "no"),
                        optional("registry_based", yesNo, "no"),
                        optional("rare_disease", yesNo, "yes"),
                        optional("submitted_date", Form.PARTIAL_DATE, "2018-11-02"),
                        optional("validated_date", Form.PARTIAL_DATE, "2018-11-20"),
                        optional("decision_date", Form.PARTIAL_DATE, "2019-02-11"),
                        optional("ethics_date", Form.PARTIAL_DATE, "2019-01-30"),
                        optional("biobank_date", Form.PARTIAL_DATE, "2019-02-20"),
                        optional("contract_date", Form.PARTIAL_DATE, "2019-03-15"),
                        optional("site_ready_date", Form.PARTIAL_DATE, "2019-04-24"),
                        optional("first_participant_date", Form.PARTIAL_DATE, "2019-05-13"),
                        optional("last_participant_date", Form.PARTIAL_DATE, "2023-10-02"),
                        optional("start_date", Form.PARTIAL_DATE, "2019-05").as("start"),
                        optional("end_date", Form.PARTIAL_DATE, "2024-11-30").as("end"),
                        participants("planned_participants", "120"),
                        participants("actual_participants", "118")),
                row -> {});
    }

    /** A row a site of a trial that the node knows. */
    static RecordFormat site(AgreedWords words, Meanings meanings) {
        return new RecordFormat(
                RecordKind.SITE,
                List.of(TRIAL_ID, "hospital", "city", "region"),
                Optional.empty(),
                List.of(
                        required(TRIAL_ID, Form.REGISTRY_NUMBER, TRIAL_EXAMPLE)
                                .as("trial")
                                .meaning(meanings.filedTrial()),
                        optional("hospital", Form.TEXT, "Skånes universitetssjukhus"),
                        optional("hsa_id", Form.HSA_ID, "SE2321000255-000001"),
                        optional("city", Form.TEXT, "Lund"),
                        required("region", Form.code(words.codes("place")), "12")
                                .meaning(meanings.ownPlace()),
                        optional("role", Form.code(words.codes("site-role")), "main"),
                        optional("contract_date", Form.PARTIAL_DATE, "2019-03-15"),
                        optional("site_ready_date", Form.PARTIAL_DATE, "2019-04-24"),
                        optional("first_participant_date", Form.PARTIAL_DATE, "2019-05-13"),
                        optional("last_participant_date", Form.PARTIAL_DATE, "2023-10-02"),
                        participants("capacity", "12"),
                        // whoever named the site: a registry's document takes back only what such documents brought
                        optional("source", Form.TEXT, "unit's own report")),
                row -> {});
    }

    /** A row how many were informed, offered, consented and included in a month, or what became of one participant. */
    static RecordFormat participation(AgreedWords words, Meanings meanings) {
        Form region = Form.code(words.codes("region"));
        ImportColumn participant =
                optional("participant", Form.PARTICIPANT, "P-0042").unrepeated();
        List<ImportColumn> steps = List.of(
                optional("informed", Form.HOW_MANY, "1"),
                optional("offered", Form.HOW_MANY, "1"),
                optional("consented", Form.HOW_MANY, "1"),
                optional("included", Form.HOW_MANY, "1"));
        ImportColumn afterwards = optional("informed_afterwards", Form.HOW_MANY, "0");
        return new RecordFormat(
                RecordKind.PARTICIPATION,
                List.of(TRIAL_ID, "home_region", "study_region", "month", "participant"),
                Optional.of("month"),
                List.of(
                        required(TRIAL_ID, Form.REGISTRY_NUMBER, TRIAL_EXAMPLE)
                                .as("trial")
                                .meaning(meanings.trial()),
                        required("home_region", region, "14"),
                        required("study_region", Form.code(words.codes("place")), "12")
                                .meaning(meanings.ownPlace()),
                        required("month", Form.MONTH, "2024-02"),
                        participant,
                        steps.get(0),
                        steps.get(1),
                        steps.get(2),
                        steps.get(3),
                        afterwards,
                        optional("source", Form.TEXT, "screening log")),
                row -> checkSteps(row, participant, steps, afterwards));
    }

    /** Each step of the way into a trial is taken by some of those who took the one before. */
    private static void checkSteps(
            Row row, ImportColumn participant, List<ImportColumn> steps, ImportColumn afterwards) {
        for (int i = 1; i < steps.size(); i++) {
            ImportColumn before = steps.get(i - 1);
            if (number(row, steps.get(i)) > number(row, before)) {
                row.fault(
                        steps.get(i),
                        row.get(steps.get(i)),
                        "at most as many as " + before.name() + ", which is " + row.get(before));
            }
        }
        boolean isOne = number(row, steps.get(0)) <= 1 && number(row, afterwards) <= 1;
        if (!row.get(participant).isEmpty() && !isOne) {
            row.fault(
                    steps.get(0),
                    row.get(steps.get(0)),
                    "0 or 1 in a row about one participant; a row of counts names none");
        }
    }

    private static long number(Row row, ImportColumn column) {
        return Long.parseLong(row.get(column));
    }

    private static ImportColumn word(Meanings meanings, String column, String vocabulary, String example) {
        return optional(column, Form.word(vocabulary), example).meaning(meanings.word(vocabulary));
    }

    private static ImportColumn participants(String column, String example) {
        return optional(column, Form.PARTICIPANTS, example).meaning(Meanings.NO_PLACEHOLDER);
    }
}
