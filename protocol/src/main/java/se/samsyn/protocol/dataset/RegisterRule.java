package se.samsyn.protocol.dataset;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * What a register holds of each trial, and so what merged trials can be grouped by.
 *
 * @param identifiers the field of the record with its registry numbers
 * @param start the field with its start date
 * @param attributes coded facts, each of which a view can group by; every code list ends with {@code unknown}
 * @param places where the trial has sites; the code list holds {@code -} for "region unknown"
 */
public record RegisterRule(String identifiers, String start, List<Dimension> attributes, Dimension places) {
    /** Attributes of one register. */
    public static final int MAX_ATTRIBUTES = 32;

    public RegisterRule {
        Names.checkCamelCase("a register's identifiers", identifiers);
        Names.checkCamelCase("a register's start", start);
        attributes = List.copyOf(attributes);
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new MalformedException("a register has at most " + MAX_ATTRIBUTES + " attributes");
        }
        List<Dimension> all = new ArrayList<>(attributes);
        all.add(places);
        Names.checkDistinct("in the register attribute", all, Dimension::name);
        attributes.forEach(RegisterRule::checkEndsUnknown);
        if (places.codes().indexOf(CodeList.UNKNOWN_PLACE) < 0) {
            throw new MalformedException(
                    "code list " + places.codes().name() + " lacks the code \"-\" for a place" + " that is unknown");
        }
    }

    /** The position of an attribute, from zero, or -1. */
    public int indexOfAttribute(String name) {
        for (int index = 0; index < attributes.size(); index++) {
            if (attributes.get(index).name().equals(name)) {
                return index;
            }
        }
        return -1;
    }

    private static void checkEndsUnknown(Dimension attribute) {
        CodeList list = attribute.codes();
        if (list.indexOf(CodeList.UNKNOWN) != list.size() - 1) {
            throw new MalformedException(
                    "code list " + list.name() + " of a register's attribute ends with \"" + CodeList.UNKNOWN + "\"");
        }
    }
}
