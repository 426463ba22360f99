package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What CTIS says of Sweden, a member state among those concerned; and of the whole trial where Sweden is none of them.
 *
 * <p>The start is the notified start of the trial; the first participant's date is the notified start of recruitment, which is how the
 * register keeps the first visit of the first participant (Regulation 536/2014, article 36). Applied for and validated is said of the
 * application that named Sweden first, since a country may come later.
 */
final class CtisSweden {
    /** {@code SE:Ongoing, recruiting, DE:Ended} before June 2024, {@code Sweden:4} after. */
    private static final Pattern IN_COUNTRY =
            Pattern.compile("(?:^|,\\s*)(?:SE|Sweden):\\s*(.*?)(?:,\\s*[\\p{L} ]+:.*)?$");

    private static final String AUTHORISED = "Authorised";
    private static final String ENDED = "Ended";
    private static final String ENDED_CODE = "8";

    private final Field root;
    private final Field application;
    private final Optional<Field> state;
    private final Optional<Field> part;
    private final List<Field> events = new ArrayList<>();

    CtisSweden(Field root, Field application, List<Field> partsII) {
        this.root = root;
        this.application = application;
        state = application.at("memberStatesConcerned").items().stream()
                .filter(CtisSweden::isSweden)
                .findFirst();
        part = partsII.stream()
                .filter(candidate -> country(candidate).filter(Sweden::isNamed).isPresent())
                .findFirst();
        for (Field country : root.at("events", "trialEvents").items()) {
            if (isSweden(country)) {
                events.addAll(country.at("events").items());
            }
        }
    }

    /** The country of a part II. */
    static Optional<String> country(Field partII) {
        return partII.at("mscInfo").firstOf("countryName", "mscName").text();
    }

    void put(TrialCells cells) {
        cells.put("status", status());
        if (!concerned()) {
            CtisDates.put(cells, "start_date", root.firstOf("startDateEU", "eeaStartDate"));
            CtisDates.put(cells, "end_date", root.firstOf("endDateEU", "eeaEndDate"));
            return;
        }
        Optional<Field> submission = firstApplication();
        submission.ifPresent(field -> {
            CtisDates.put(cells, "submitted_date", field.at("submissionDate"));
            CtisDates.put(cells, "validated_date", field.at("validationConclusionDate"));
        });
        decision().ifPresent(field -> CtisDates.put(cells, "decision_date", field));
        date("START_OF_TRIAL", "activeTrialPeriod", "trialStartDate")
                .ifPresent(field -> CtisDates.put(cells, "start_date", field));
        date("START_OF_RECRUITMENT", "activeTrialRecruitmentPeriod", "recruitmentStartDate")
                .ifPresent(field -> CtisDates.put(cells, "first_participant_date", field));
        event("EARLY_TERMINATION")
                .or(() -> date("END_OF_TRIAL", "activeTrialPeriod", "trialEndDate"))
                .ifPresent(field -> CtisDates.put(cells, "end_date", field));
        part.ifPresent(field -> cells.putCount("planned_participants", field.at("recruitmentSubjectCount")));
    }

    private boolean concerned() {
        return state.isPresent() || part.isPresent();
    }

    /**
     * The register's word or code. Its coarse word for everything that was authorised is made more exact by what was notified, and an end
     * that came early is called so.
     */
    private Optional<String> status() {
        if (!concerned()) {
            return root.firstOf("ctPublicStatusCode", "ctStatus").code();
        }
        Optional<String> word = Stream.of(
                        state.flatMap(field -> field.at("mscPublicStatusCode").code()),
                        listed(),
                        state.flatMap(field -> field.at("trialStatus").code()),
                        part.flatMap(field -> field.at("mscInfo", "trialStatus").code()))
                .flatMap(Optional::stream)
                .findFirst();
        if (word.filter(AUTHORISED::equals).isPresent()) {
            return Optional.of(authorised());
        }
        boolean ended = word.filter(text -> text.equals(ENDED) || text.equals(ENDED_CODE))
                .isPresent();
        return ended && event("EARLY_TERMINATION").isPresent() ? Optional.of("Ended, early termination") : word;
    }

    private String authorised() {
        String period = "activeTrialRecruitmentPeriod";
        if (date("END_OF_RECRUITMENT", period, "recruitmentEndDate").isPresent()) {
            return "Ongoing, recruitment ended";
        }
        return date("START_OF_RECRUITMENT", period, "recruitmentStartDate").isPresent()
                ? "Ongoing, recruiting"
                : AUTHORISED;
    }

    /** What stands for Sweden in the list of countries that the register's search gives. */
    private Optional<String> listed() {
        Field countries = root.at("trialCountries");
        List<String> entries = countries.isArray()
                ? countries.texts()
                : countries.text().stream().toList();
        return entries.stream()
                .map(IN_COUNTRY::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).strip())
                .filter(word -> !word.isEmpty())
                .findFirst();
    }

    private Optional<Field> decision() {
        return Stream.of(
                        state.map(field -> field.at("firstDecisionDate")),
                        part.map(field -> field.at("mscInfo", "firstDecisionDate")),
                        part.map(field -> field.at("decisionDate")))
                .flatMap(Optional::stream)
                .filter(Field::present)
                .findFirst();
    }

    private Optional<Field> firstApplication() {
        Field applications = application.at("applicationInfo").present()
                ? application.at("applicationInfo")
                : root.at("applications");
        return applications.items().stream()
                .filter(field -> Stream.of("ctMSCsByApplication", "ctMSCs")
                        .flatMap(name -> field.at(name).items().stream())
                        .anyMatch(CtisSweden::isSweden))
                .min(Comparator.comparing(
                        field -> CtisDates.iso(field.at("submissionDate")).orElse("9999")));
    }

    /** The date of the first such event, or the same from Sweden's part II. */
    private Optional<Field> date(String event, String period, String member) {
        return event(event)
                .or(() -> Stream.of(part.map(field -> field.at("mscInfo")), state)
                        .flatMap(Optional::stream)
                        .map(field -> field.at(period, member))
                        .filter(Field::present)
                        .findFirst());
    }

    private Optional<Field> event(String type) {
        return events.stream()
                .filter(event ->
                        event.at("notificationType").text().filter(type::equals).isPresent())
                .map(event -> event.at("date"))
                .filter(Field::present)
                .findFirst();
    }

    private static boolean isSweden(Field state) {
        return Stream.of(state.at("mscName"), state.at("countryName"))
                .flatMap(field -> field.text().stream())
                .anyMatch(Sweden::isNamed);
    }
}
