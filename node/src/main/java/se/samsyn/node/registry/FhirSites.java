package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sites of a study: places and organisations in the same file, or no more than a name where the file does not hold them. */
final class FhirSites {
    private final Field study;
    private final FhirResources resources;
    private final SiteNames names;

    FhirSites(Field study, FhirResources resources, Persons persons) {
        this.study = study;
        this.resources = resources;
        this.names = new SiteNames(persons);
    }

    List<RegistrySite> read(TrialCells cells) {
        List<RegistrySite> sites = new ArrayList<>();
        for (Field reference : study.at("site").items()) {
            Optional<Field> place = resources.resolve(study, reference);
            if (resources.type(study, reference).equals("ResearchStudy")) {
                cells.remark(reference.path(), "", "left out: a study within the study, not a place");
                continue;
            }
            Optional<String> name =
                    place.flatMap(this::name).or(() -> reference.at("display").text());
            Field address = place.map(FhirSites::address).orElse(Field.absent(study.path()));
            if (name.isEmpty() && !address.present()) {
                cells.remark(reference.path(), "", "left out: a site that the file tells nothing of");
                continue;
            }
            sites.add(new RegistrySite(
                    names.organisation(name),
                    TrialCells.shortWords(address.at("city").text()),
                    TrialCells.shortWords(address.at("postalCode").text()),
                    TrialCells.shortWords(address.at("country").text()),
                    ""));
        }
        names.report(cells, "ResearchStudy.site");
        return sites;
    }

    private Optional<String> name(Field place) {
        Field owner = place.at("managingOrganization");
        return place.at("name")
                .text()
                .or(() -> resources
                        .resolve(study, owner)
                        .flatMap(organisation -> organisation.at("name").text()))
                .or(() -> owner.at("display").text());
    }

    /** A place has one address; an organisation several, in R5 as those of its contacts. */
    private static Field address(Field place) {
        Field address = place.at("address");
        if (!address.isArray()) {
            return address.present() ? address : contactAddress(place);
        }
        return address.items().stream().findFirst().orElse(Field.absent(place.path()));
    }

    private static Field contactAddress(Field place) {
        if (!place.at("contact").isArray()) {
            return place.at("address");
        }
        return place.at("contact").items().stream()
                .map(contact -> contact.at("address"))
                .filter(Field::isObject)
                .findFirst()
                .orElse(place.at("address"));
    }
}
