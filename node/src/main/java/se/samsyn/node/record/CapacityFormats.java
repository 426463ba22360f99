package se.samsyn.node.record;

import static se.samsyn.node.record.ImportColumn.optional;
import static se.samsyn.node.record.ImportColumn.required;

import java.util.List;
import java.util.Optional;

/**
 * What healthcare can take on, and what is done about it: {@code trial-unit.csv}, {@code atmp-centre.csv}, {@code cohort-count.csv}, {@code
 * measure-status.csv}.
 */
final class CapacityFormats {
    private static final String HOSPITAL = "Skånes universitetssjukhus";

    private CapacityFormats() {}

    /** A row a trial unit in a quarter. */
    static RecordFormat trialUnit(AgreedWords words, Meanings meanings) {
        Form yesNo = Form.code(words.codes("yes-no"));
        return new RecordFormat(
                RecordKind.TRIAL_UNIT,
                List.of("unit_id", "quarter"),
                Optional.of("quarter"),
                List.of(
                        required("unit_id", Form.KEY, "sus-lund-1").as("id"),
                        required("quarter", Form.QUARTER, "2024-Q3"),
                        required("hospital", Form.TEXT, HOSPITAL),
                        optional("hsa_id", Form.HSA_ID, "SE2321000255-000001"),
                        required("region", Form.code(words.codes("place")), "12")
                                .meaning(meanings.ownPlace()),
                        optional("therapy_area", Form.code(words.codes("therapy-area")), "haematology"),
                        optional("physician_percent", Form.HOW_MANY, "250"),
                        optional("nurse_percent", Form.HOW_MANY, "800"),
                        optional("coordinator_percent", Form.HOW_MANY, "150"),
                        optional("laboratory_percent", Form.HOW_MANY, "100"),
                        optional("pharmacist_percent", Form.HOW_MANY, "50"),
                        optional("other_percent", Form.HOW_MANY, "0"),
                        optional("beds", Form.HOW_MANY, "8"),
                        optional("gmp", yesNo, "yes"),
                        optional("gmo", yesNo, "yes"),
                        optional("atmp_qualified", yesNo, "yes"),
                        optional("requirements_met", Form.REQUIREMENTS, "cryogenic-storage|apheresis"),
                        optional("free_slots", Form.HOW_MANY, "3"),
                        optional("source", Form.TEXT, "unit's own report")),
                row -> {});
    }

    /** A row a centre that treats, or will treat, with a product. */
    static RecordFormat atmpCentre(AgreedWords words, Meanings meanings) {
        return new RecordFormat(
                RecordKind.ATMP_CENTRE,
                List.of("product", "hospital", "region"),
                Optional.empty(),
                List.of(
                        required("product", Form.TEXT, "axicabtagene ciloleucel"),
                        required("hospital", Form.TEXT, HOSPITAL),
                        optional("hsa_id", Form.HSA_ID, "SE2321000255-000001"),
                        required("region", Form.code(words.codes("place")), "12")
                                .meaning(meanings.ownPlace()),
                        required("state", Form.code(words.codes("atmp-centre-state")), "qualified"),
                        optional("atmp_class", Form.code(words.codes("atmp-class")), "gtmp"),
                        required("since_date", Form.PARTIAL_DATE, "2023-05"),
                        optional("council_recommendation_date", Form.PARTIAL_DATE, "2022-12-14"),
                        optional("regional_decision_date", Form.PARTIAL_DATE, "2023-02-20"),
                        optional("first_patient_date", Form.PARTIAL_DATE, "2023-09-04"),
                        optional("source", Form.TEXT, "centre's own report")),
                row -> {});
    }

    /** A row how many patients there are of one condition, age and sex. */
    static RecordFormat cohortCount(AgreedWords words, Meanings meanings) {
        return new RecordFormat(
                RecordKind.COHORT_COUNT,
                List.of("year", "region", "condition_group", "age_band", "sex"),
                Optional.of("year"),
                List.of(
                        required("year", Form.YEAR, "2024"),
                        required("region", Form.code(words.codes("place")), "12")
                                .meaning(meanings.ownPlace()),
                        required("condition_group", Form.code(words.codes("condition-group")), "C81-C96"),
                        required("age_band", Form.code(words.codes("age-band")), "40-64"),
                        required("sex", Form.code(words.codes("sex")), "female"),
                        required("patients", Form.PARTICIPANTS, "240"),
                        optional("source", Form.TEXT, "care register")),
                row -> {});
    }

    /** A row how one of the proposals is doing, by whoever keeps the list. */
    static RecordFormat measureStatus(AgreedWords words) {
        return new RecordFormat(
                RecordKind.MEASURE_STATUS,
                List.of("proposal", "date"),
                Optional.of("date"),
                List.of(
                        required("proposal", Form.code(words.codes("proposal")), "1"),
                        required("colour", Form.code(words.codes("measure-colour")), "yellow"),
                        required("date", Form.DAY, "2020-11-30"),
                        required("set_by", Form.TEXT, "Forska!Sverige"),
                        required("reference", Form.TEXT, "review of 2020, page 4")),
                row -> {});
    }
}
