package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/**
 * One study of ClinicalTrials.gov's API v2. What the module and field names mean is in the registry's own description of the API.
 *
 * <p>The first participant's date is the start date if the registry calls it actual and it has a day: by the registry's definition it is
 * the day on which the first participant was enrolled. The end is the completion date, planned or actual, like the start.
 */
final class CtgovStudy {
    private static final List<String> PHASES = List.of("NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4");
    private static final int DAY_LENGTH = "2020-01-01".length();

    private final Field section;
    private final Field identification;
    private final String nctId;
    private final TrialCells cells;
    private final Persons persons = new Persons();

    /** @throws MalformedException if the study does not say its number */
    CtgovStudy(Field study) {
        Field id = study.at("protocolSection", "identificationModule", "nctId");
        nctId = number(id);
        section = study.in(nctId).at("protocolSection");
        identification = section.at("identificationModule");
        cells = new TrialCells(nctId).put("trial_id", nctId).put("registry", "ctgov");
        CtgovPersons.collect(study.in(nctId), persons);
    }

    /** Reads it; the message of what is thrown names the study, the field and what was expected there. */
    RegistryTrial read() {
        Aliases aliases = new Aliases(nctId, cells);
        identification.at("nctIdAliases").items().forEach(aliases::add);
        aliases.add(identification.at("orgStudyIdInfo", "id"));
        identification.at("secondaryIdInfos").items().forEach(info -> aliases.add(info.at("id")));
        aliases.put();
        cells.put("title", identification.firstOf("briefTitle", "officialTitle").text());
        readSponsor(section.at("sponsorCollaboratorsModule", "leadSponsor"));
        readDesign(section.at("designModule"));
        readStatus(section.at("statusModule"));
        cells.putAll(
                "condition_words", section.at("conditionsModule", "conditions").texts());
        new CtgovInterventions(section.at("armsInterventionsModule", "interventions")).put(cells);
        List<RegistrySite> sites = readSites(section.at("contactsLocationsModule", "locations"));
        persons.report(cells, "protocolSection.contactsLocationsModule");
        return cells.trial(sites);
    }

    private void readSponsor(Field sponsor) {
        Optional<String> sponsorClass = sponsor.at("class").text();
        cells.put("sponsor_class", sponsorClass);
        persons.putSponsor(cells, sponsor.at("name"), sponsorClass);
    }

    private void readDesign(Field design) {
        Optional<String> type = design.at("studyType").text();
        boolean patientRegistry = design.at("patientRegistry").truth().orElse(false);
        cells.put("study_type", type.map(word -> patientRegistry ? word + " [PATIENT_REGISTRY]" : word));
        if (patientRegistry) {
            cells.put("registry_based", "yes");
        }
        cells.putAll(
                "phase",
                design.at("phases").texts().stream()
                        .sorted(Comparator.comparingInt(PHASES::indexOf))
                        .toList());
        readEnrollment(design.at("enrollmentInfo"));
    }

    private void readEnrollment(Field enrollment) {
        String type = enrollment.at("type").text().orElse("");
        switch (type) {
            case "ACTUAL" -> cells.putCount("actual_participants", enrollment.at("count"));
            case "ESTIMATED" -> cells.putCount("planned_participants", enrollment.at("count"));
            default ->
                enrollment
                        .at("count")
                        .integer()
                        .ifPresent(count -> cells.remark(
                                enrollment.at("count").path(),
                                Long.toString(count),
                                "left out: neither called planned nor actual"));
        }
    }

    private void readStatus(Field status) {
        Optional<String> overall = status.at("overallStatus").text();
        cells.put("status", overall);
        Field start = status.at("startDateStruct");
        cells.putDate("start_date", start.at("date"));
        cells.putDate("end_date", status.at("completionDateStruct", "date"));
        Optional<String> day = start.at("date").text();
        boolean actual = start.at("type").text().filter("ACTUAL"::equals).isPresent();
        if (actual && cells.has("start_date") && day.orElse("").length() == DAY_LENGTH) {
            cells.put("first_participant_date", day);
        }
        Field why = status.at("whyStopped");
        Optional<String> reason = why.text();
        if (reason.isPresent() && overall.filter("TERMINATED"::equals).isPresent()) {
            if (reason.get().length() > TrialCells.MAX_SHORT
                    || PersonNames.inText(reason.get())
                    || persons.isIn(reason.get())) {
                cells.remark(why.path(), "", "left out: it may name a person");
            } else {
                cells.put("stop_reason", reason);
            }
        }
    }

    private List<RegistrySite> readSites(Field locations) {
        SiteNames names = new SiteNames(persons);
        List<RegistrySite> sites = new ArrayList<>();
        for (Field location : locations.items()) {
            sites.add(new RegistrySite(
                    names.organisation(location.at("facility").text()),
                    TrialCells.shortWords(location.at("city").text()),
                    TrialCells.shortWords(location.at("zip").text()),
                    TrialCells.shortWords(location.at("country").text()),
                    ""));
        }
        names.report(cells, locations.path());
        return sites;
    }

    private static String number(Field id) {
        String text = id.requiredText();
        try {
            RegistryNumber number = RegistryNumber.parse(text);
            if (number.kind() == RegistryNumber.Kind.NCT) {
                return number.toString();
            }
        } catch (MalformedException e) {
            throw id.malformed("a number such as NCT01234567");
        }
        throw id.malformed("a number such as NCT01234567");
    }
}
