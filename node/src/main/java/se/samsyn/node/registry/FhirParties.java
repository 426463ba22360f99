package se.samsyn.node.registry;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who stands behind a study: the sponsor, if that is an organisation; everybody else is counted and dropped. */
final class FhirParties {
    private static final Set<String> PERSONS =
            Set.of("Practitioner", "PractitionerRole", "Patient", "RelatedPerson", "Person");
    private static final String ORGANISATION = "Organization";
    private static final List<String> SPONSORS = List.of("lead-sponsor", "sponsor");

    private final Field study;
    private final FhirResources resources;
    private final Persons persons;

    FhirParties(Field study, FhirResources resources, Persons persons) {
        this.study = study;
        this.resources = resources;
        this.persons = persons;
    }

    void put(TrialCells cells) {
        study.at("contact")
                .items()
                .forEach(contact -> persons.add(contact.at("name").text()));
        Field investigator = study.at("principalInvestigator");
        if (investigator.present()) {
            Optional<Field> known = resources.resolve(study, investigator);
            addPerson(investigator.at("display").text().or(() -> known.flatMap(FhirParties::personName)));
        }
        if (study.at("sponsor").present()) {
            putSponsor(cells, study.at("sponsor"), Optional.empty(), "");
        }
        List<Field> parties = study.at("associatedParty").items();
        Optional<Field> sponsor = SPONSORS.stream()
                .flatMap(role -> parties.stream().filter(party -> hasRole(party, role)))
                .findFirst();
        parties.stream().filter(party -> !sponsor.equals(Optional.of(party))).forEach(this::addParty);
        sponsor.ifPresent(party -> {
            String sponsorClass = party.at("classifier").items().stream()
                    .flatMap(classifier -> FhirStudy.code(classifier, "").stream())
                    .findFirst()
                    .orElse("");
            cells.put("sponsor_class", sponsorClass);
            putSponsor(cells, party.at("party"), party.at("name").text(), sponsorClass);
        });
    }

    private void putSponsor(TrialCells cells, Field reference, Optional<String> name, String sponsorClass) {
        String type = resources.type(study, reference);
        Optional<String> found = resources
                .resolve(study, reference)
                .filter(resource -> type.equals(ORGANISATION))
                .flatMap(resource -> resource.at("name").text())
                .or(() -> name)
                .or(() -> reference.at("display").text());
        if (PERSONS.contains(type)) {
            addPerson(found);
            cells.remark("sponsor", "", "left out: a person");
        } else if (found.isPresent()
                && (PersonNames.isSponsor(found.get(), sponsorClass) || persons.isIn(found.get()))) {
            cells.remark("sponsor", "", "left out: looks like a person's name");
        } else {
            cells.put("sponsor", found);
        }
    }

    private void addParty(Field party) {
        if (!resources.type(study, party.at("party")).equals(ORGANISATION)) {
            Stream.of(party.at("name").text(), party.at("party", "display").text())
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresentOrElse(name -> persons.add(Optional.of(name)), persons::add);
        }
    }

    /** A person's first name in all its parts. */
    private static Optional<String> personName(Field person) {
        return person.at("name").items().stream()
                .map(name -> name.at("text")
                        .text()
                        .orElse(String.join(" ", name.at("given").texts()) + " "
                                + name.at("family").text().orElse("")))
                .findFirst();
    }

    private void addPerson(Optional<String> name) {
        name.ifPresentOrElse(text -> persons.add(Optional.of(text)), persons::add);
    }

    private static boolean hasRole(Field party, String role) {
        return party.at("role", "coding").items().stream()
                .anyMatch(coding -> coding.at("code").text().equals(Optional.of(role)));
    }
}
