package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/**
 * One message of Läkemedelsverket about a case, read as the trial that the case is about. The status and the milestones are those of the
 * application, so a message about an amendment gives none.
 */
final class LvEpmTrial {
    /** The domain of medical devices. */
    static final String DEVICES = "MT";

    private static final String REGISTRY = "lv";
    private static final String TAKEN_BACK = "Ansökan återtagen";
    private static final String AMENDMENT = "Ändring";

    private final Field header;
    private final Field caseData;
    /** What depends on the domain; in version 2.0 the same as the case. */
    private final Field specific;

    private final Field trial;
    private final TrialCells cells;
    private final Persons persons = new Persons();

    LvEpmTrial(Field message) {
        header = message.at("header");
        caseData = message.at("caseData");
        Field nested = caseData.at("specificCaseData");
        specific = nested.present() ? nested : caseData;
        Field ofVersion2 = message.at("clinicalTrialData");
        trial = ofVersion2.present() ? ofVersion2 : specific.at("trialData");
        cells = new TrialCells(number());
    }

    RegistryTrial read() {
        boolean isDevice = header.firstOf("domain").text().equals(Optional.of(DEVICES));
        cells.put("trial_id", number()).put("registry", REGISTRY);
        putFormerNumber();
        cells.put(
                "title",
                trial.at("title").text().or(() -> trial.at("part1Data", "title").text()));
        cells.put("study_type", isDevice ? DEVICES : "HumMedProd");
        cells.put("intervention", isDevice ? "device" : "drug");
        List<RegistrySite> sites = sites();
        putSponsor();
        putEstimates();
        putPlanned();
        if (isAmendment()) {
            cells.remark(
                    specific.at("caseType").path(),
                    specific.at("caseType").text().orElse(""),
                    "status and dates left out: they are an amendment's, not the trial's");
        } else {
            putStatus();
            putMilestones();
        }
        if (trial.at("sponsorContactPoint").present()) {
            persons.add();
        }
        persons.report(cells, trial.path());
        return cells.trial(sites);
    }

    private String number() {
        Field field = trial.firstOf("clinicalTrialId", "cid");
        String text = field.requiredText();
        boolean isDevice = trial.at("cid").present();
        try {
            if (isDevice || RegistryNumber.parse(text).kind() == RegistryNumber.Kind.EU_CT) {
                return RegistryNumber.parse(text).toString();
            }
        } catch (MalformedException e) {
            MalformedException refusal = expectedNumber(field, isDevice);
            refusal.initCause(e);
            throw refusal;
        }
        throw expectedNumber(field, isDevice);
    }

    private static MalformedException expectedNumber(Field field, boolean isDevice) {
        return field.malformed(
                isDevice
                        ? "an EU CT, EudraCT, NCT or ISRCTN number: a study without any cannot be told from others. If it"
                                + " has one, import it from trial.csv"
                        : "an EU CT number such as 2023-501234-12-00");
    }

    private void putFormerNumber() {
        Field field = specific.at("transitionedFrom");
        field.text().ifPresent(text -> {
            try {
                cells.put("other_ids", RegistryNumber.parse(text).toString());
            } catch (MalformedException e) {
                cells.remark(field.path(), text, "left out: not a EudraCT number");
            }
        });
    }

    private void putSponsor() {
        Optional<Boolean> commercial = trial.at("sponsor", "isCommercial").truth();
        cells.put("sponsor_class", commercial.map(truth -> Boolean.toString(truth)));
        Field field = trial.at("sponsor", "name");
        Optional<String> name = field.text();
        String sponsorClass = commercial.orElse(false) ? "Commercial" : "";
        if (name.isPresent() && (PersonNames.isSponsor(name.get(), sponsorClass) || persons.isIn(name.get()))) {
            cells.remark(field.path(), "", "left out: looks like a person's name");
        } else {
            cells.put("sponsor", name);
        }
    }

    private void putEstimates() {
        Field start = trial.at("estimatedRecruitmentStartDate");
        Field end = trial.at("estimatedEndDate");
        cells.putDate("start_date", start).putDate("end_date", end);
        Stream.of(start, end)
                .filter(Field::present)
                .forEach(date -> cells.remark(date.path(), date.text().orElse(""), "an estimate, taken as it is"));
    }

    private void putPlanned() {
        for (Field state : trial.at("memberstatesConcerned", "memberstates").items()) {
            if (state.at("country").text().filter(Sweden::isNamed).isPresent()) {
                cells.putCount("planned_participants", state.at("trialSubjectCount"));
            }
        }
    }

    private boolean isAmendment() {
        return Stream.of(caseData.at("caseClass"), specific.at("caseType"))
                .flatMap(field -> field.text().stream())
                .anyMatch(text -> text.contains(AMENDMENT));
    }

    /** The decision, or before it what the message is about. */
    private void putStatus() {
        Optional<String> detail = caseData.at("decisionDetail").text().filter(TAKEN_BACK::equals);
        cells.put(
                "status",
                detail.or(() -> caseData.at("decision").text())
                        .or(() -> header.at("messageReasonType").text()));
    }

    private void putMilestones() {
        cells.putDate("submitted_date", trial.firstOf("emaSubmissionDate", "submissionDate"));
        putMilestone("validated_date", LvEpmTrial::isValidation);
        putMilestone("decision_date", text -> text.equals("beslut") || text.startsWith("beslut ("));
        putMilestone("ethics_date", text -> isOpinionOf(text, "epm", "etikpr"));
        putMilestone("biobank_date", text -> isOpinionOf(text, "rbc", "biobank"));
        if (specific.at("caseType")
                .text()
                .filter(type -> type.endsWith("transitional"))
                .isPresent()) {
            cells.remark(
                    specific.at("caseType").path(),
                    specific.at("caseType").text().orElse(""),
                    "the dates are those of the trial's move to the regulation's rules");
        }
    }

    /** When the last activity of that kind ended that has ended. */
    private void putMilestone(String column, Predicate<String> isIt) {
        List<Field> ended = new ArrayList<>();
        for (Field activity : caseData.at("timetable").items()) {
            boolean matches = activity.at("activity")
                    .text()
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .filter(isIt)
                    .isPresent();
            if (matches && activity.at("actualEndDate").present()) {
                ended.add(activity);
            }
        }
        ended.stream()
                .max(Comparator.comparing(
                        activity -> activity.at("order").integer().orElse(0)))
                .ifPresent(activity -> cells.putDate(column, activity.at("actualEndDate")));
    }

    private static boolean isValidation(String activity) {
        return activity.startsWith("valideringsbesked lämnas") || activity.startsWith("besked om validering");
    }

    private static boolean isOpinionOf(String activity, String shortName, String longName) {
        return activity.contains("yttrande")
                && !activity.contains("begär")
                && (activity.contains(shortName) || activity.contains(longName));
    }

    private List<RegistrySite> sites() {
        List<Field> fields = trial.at("swedishPart2Data", "trialSites").items();
        for (Field site : fields) {
            Field investigator = site.at("principalInvestigator");
            if (investigator.present()) {
                persons.add(Optional.of(Stream.of("givenName", "familyName")
                        .flatMap(name -> investigator.at(name).text().stream())
                        .reduce("", (name, more) -> (name + " " + more).strip())));
            }
        }
        SiteNames names = new SiteNames(persons);
        List<RegistrySite> sites = new ArrayList<>();
        for (Field site : fields) {
            Field address = site.at("organisationAddress");
            sites.add(new RegistrySite(
                    names.organisation(site.at("trialSiteName").text()),
                    address.at("city").text().map(TrialCells::words).orElse(""),
                    address.at("postalCode").text().map(TrialCells::words).orElse(""),
                    Sweden.NAME,
                    ""));
        }
        names.report(cells, trial.at("swedishPart2Data", "trialSites").path());
        return sites;
    }
}
