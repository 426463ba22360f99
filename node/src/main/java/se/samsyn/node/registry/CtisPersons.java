package se.samsyn.node.registry;

import java.util.Map;
import java.util.Optional;

/**
 * Finds every person in a trial of CTIS. They stand at some twenty places, the same ones again and again, so the whole document is searched
 * for what only a contact has.
 */
final class CtisPersons {
    private CtisPersons() {}

    static void collect(Field field, Persons persons) {
        if (field.isArray()) {
            field.items().forEach(item -> collect(item, persons));
        } else if (field.isObject()) {
            Map<String, Field> members = field.members();
            collectContact(members, persons);
            members.values().forEach(member -> collect(member, persons));
        }
    }

    private static void collectContact(Map<String, Field> members, Persons persons) {
        Optional<String> functional = text(members, "functionalName");
        String first = text(members, "firstName").orElse("");
        String last = text(members, "lastName").orElse("");
        if (functional.isPresent()) {
            persons.add(functional);
        } else if (!last.isEmpty()) {
            persons.add(Optional.of((first + " " + last).strip()));
        } else if (members.containsKey("email") && members.containsKey("preferredLanguage")) {
            persons.add();
        }
    }

    private static Optional<String> text(Map<String, Field> members, String name) {
        return Optional.ofNullable(members.get(name)).filter(Field::isText).flatMap(Field::text);
    }
}
