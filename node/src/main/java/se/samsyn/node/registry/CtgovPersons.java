package se.samsyn.node.registry;

/** Finds every person in a study of ClinicalTrials.gov: contacts, investigators, officials, responsible parties. */
final class CtgovPersons {
    private CtgovPersons() {}

    static void collect(Field study, Persons persons) {
        Field section = study.at("protocolSection");
        Field module = section.at("contactsLocationsModule");
        module.at("centralContacts")
                .items()
                .forEach(contact -> persons.add(contact.at("name").text()));
        module.at("overallOfficials")
                .items()
                .forEach(official -> persons.add(official.at("name").text()));
        for (Field location : module.at("locations").items()) {
            location.at("contacts")
                    .items()
                    .forEach(contact -> persons.add(contact.at("name").text()));
        }
        Field party = section.at("sponsorCollaboratorsModule", "responsibleParty");
        persons.add(party.at("investigatorFullName").text());
        persons.add(party.at("oldNameTitle").text());
        // the title is the person's name or post
        persons.add(study.at("resultsSection", "moreInfoModule", "pointOfContact", "title")
                .text());
    }
}
