package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/**
 * One trial of CTIS. Status, decision, start and the participants planned are Sweden's where Sweden is a member state concerned. Where it
 * is not, status, start and end are the whole trial's, and decision, first participant and planned participants are not said: the others'
 * would be taken for Sweden's. The register takes nothing but trials of medicinal products, so that is the study's type.
 */
final class CtisTrial {
    private static final String PART_I = "authorizedPartI";
    private static final String PARTS_II = "authorizedPartsII";

    private final String number;
    private final Field root;
    private final Field application;
    private final Field partI;
    private final CtisSweden sweden;
    private final TrialCells cells;
    private final Persons persons = new Persons();

    /** @throws MalformedException if the trial does not say its number */
    CtisTrial(Field trial) {
        number = number(trial.at("ctNumber"));
        root = trial.in(number);
        Field wrapped = root.at("authorizedApplication");
        application = wrapped.present() ? wrapped : root;
        partI = application.at(PART_I).present() ? application.at(PART_I) : submitted("partI");
        sweden = new CtisSweden(root, application, partsII());
        cells = new TrialCells(number).put("trial_id", number).put("registry", "ctis");
        CtisPersons.collect(root, persons);
    }

    /** Reads it; the message of what is thrown names the trial, the field and what was expected there. */
    RegistryTrial read() {
        Field details = partI.at("trialDetails");
        readNumbers(details.at("clinicalTrialIdentifiers"));
        readSponsor();
        Field information = details.at("trialInformation");
        Field category = information.at("trialCategory");
        cells.put("study_type", "drug-trial");
        Optional<String> phase = category.at("trialPhase").code();
        cells.put("phase", phase.isPresent() ? phase : root.at("trialPhase").code());
        cells.putTruth(
                "low_intervention",
                partI.at("isLowIntervention").present()
                        ? partI.at("isLowIntervention").truth()
                        : category.at("isLowIntervention").truth());
        readConditions(information.at("medicalCondition", "partIMedicalConditions"));
        new CtisProducts(partI).put(cells);
        sweden.put(cells);
        if (!cells.has("end_date")) {
            CtisDates.put(
                    cells,
                    "end_date",
                    information.at("trialDuration").firstOf("estimatedEndDate", "estimatedGlobalEndDate"));
        }
        List<RegistrySite> sites = readSites();
        persons.report(cells, "(document)");
        return cells.trial(sites);
    }

    private void readNumbers(Field identifiers) {
        Aliases aliases = new Aliases(number, cells);
        aliases.add(application.at("eudraCt", "eudraCtCode"));
        Field secondary = identifiers.at("secondaryIdentifyingNumbers");
        aliases.add(secondary.at("nctNumber", "number"));
        aliases.add(secondary.at("isrctnNumber", "number"));
        secondary.at("additionalRegistries").items().forEach(registry -> aliases.add(registry.at("number")));
        aliases.put();
        Optional<String> title = identifiers.firstOf("fullTitle", "publicTitle").text();
        cells.put(
                "title",
                title.isPresent() ? title : root.firstOf("title", "ctTitle").text());
    }

    private void readSponsor() {
        List<Field> sponsors = new ArrayList<>(partI.at("sponsors").items());
        Optional<Field> primary = sponsors.stream()
                .filter(sponsor -> sponsor.at("primary").truth().orElse(false))
                .findFirst();
        Field sponsor =
                primary.orElseGet(() -> sponsors.size() == 1 ? sponsors.get(0) : application.at("primarySponsor"));
        Optional<String> word = sponsor.at("commercial").text();
        if (word.isEmpty()) {
            word = sponsor.at("isCommercial").truth().map(commercial -> commercial ? "Commercial" : "Non-Commercial");
        }
        cells.put("sponsor_class", word);
        persons.putSponsor(cells, sponsor.at("organisation", "name"), word);
    }

    private void readConditions(Field detailed) {
        List<Field> conditions = partI.at("medicalConditions").items();
        if (conditions.isEmpty()) {
            conditions = detailed.items();
        }
        List<String> words = new ArrayList<>();
        List<Boolean> rare = new ArrayList<>();
        for (Field condition : conditions) {
            condition.at("medicalCondition").text().ifPresent(words::add);
            condition.at("isConditionRareDisease").truth().ifPresent(rare::add);
        }
        cells.putAll("condition_words", words);
        if (rare.contains(true)) {
            cells.put("rare_disease", "yes");
        } else if (!rare.isEmpty() && rare.size() == conditions.size()) {
            cells.put("rare_disease", "no");
        }
    }

    private List<RegistrySite> readSites() {
        SiteNames names = new SiteNames(persons);
        List<RegistrySite> sites = new ArrayList<>();
        for (Field part : partsII()) {
            for (Field site : part.at("trialSites").items()) {
                Field place = site.at("organisationAddressInfo");
                Optional<String> name = place.at("organisation", "name").text();
                Field address = place.at("address");
                Optional<String> country = address.at("countryName").text();
                sites.add(new RegistrySite(
                        names.organisation(
                                name.isPresent()
                                        ? name
                                        : site.at("trialSiteName").text()),
                        TrialCells.shortWords(address.at("city").text()),
                        TrialCells.shortWords(address.at("postcode").code()),
                        TrialCells.shortWords(country.or(() -> CtisSweden.country(part))),
                        ""));
            }
        }
        names.report(cells, PARTS_II);
        return sites;
    }

    /** The parts that are authorised, or, while none is, those that were submitted. */
    private List<Field> partsII() {
        List<Field> authorised = application.at(PARTS_II).items();
        return authorised.isEmpty() ? submitted("partIIInfo").items() : authorised;
    }

    /** A member of the first application, which the structure before June 2024 gives in full. */
    private Field submitted(String member) {
        return root.at("applications").items().stream()
                .flatMap(submission -> Stream.of(submission.at(member)).filter(Field::present))
                .findFirst()
                .orElseGet(() -> Field.absent(number));
    }

    private static String number(Field field) {
        String text = field.requiredText();
        try {
            RegistryNumber number = RegistryNumber.parse(text);
            if (number.kind() == RegistryNumber.Kind.EU_CT) {
                return number.toString();
            }
        } catch (MalformedException e) {
            throw field.malformed("an EU CT number such as 2023-501234-12-00");
        }
        throw field.malformed("an EU CT number such as 2023-501234-12-00");
    }
}
