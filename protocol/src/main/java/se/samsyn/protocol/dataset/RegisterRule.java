package se.samsyn.protocol.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.protocol.MalformedException;

/**
 * What a register holds of each trial, and so what merged trials can be grouped by.
 *
 * @param identifiers the field of the record with its registry numbers
 * @param start the field with its start date
 * @param end the field with its end date; none where ends are not told
 * @param attributes coded facts, each of which a view can group by; every code list ends with {@code unknown}
 * @param terms what it is about, each told by any number of codes
 * @param milestones dates of what happens once for a whole trial, beside its start and its end
 * @param steps the ways between milestones, start and end of which views tell the days; {@code overlap} says what is over and waited for no
 *     more
 * @param sites its sites, each with its role; none where single sites are not told
 * @param overlap how trials that are open at the same time are found; none where that is nobody's question
 * @param reserve how reserve sites are found; none where that is nobody's question
 * @param places where the trial has sites; the code list holds {@code -} for "region unknown"
 */
public record RegisterRule(
        String identifiers,
        String start,
        Optional<String> end,
        List<Dimension> attributes,
        List<Column> terms,
        List<Column> milestones,
        List<Step> steps,
        Optional<SitesRule> sites,
        Optional<OverlapRule> overlap,
        Optional<ReserveRule> reserve,
        Dimension places) {
    /** Attributes of one register. */
    public static final int MAX_ATTRIBUTES = 32;
    /** Terms of one register. */
    public static final int MAX_TERMS = 8;
    /** Milestones of one register. */
    public static final int MAX_MILESTONES = 16;

    /**
     * How a register tells sites.
     *
     * @param field the field of the record: texts with place, role and hospital, a tab between them
     * @param roles the roles that a site may have, ending with {@code unknown}
     * @param hospitals those that are told by name
     */
    public record SitesRule(String field, CodeList roles, CodeList hospitals) {
        public SitesRule {
            Names.checkCamelCase("the field of a register's sites", field);
            checkEndsUnknown(roles);
            checkEndsUnknown(hospitals);
        }
    }

    /** A register of what its attributes tell alone. */
    public RegisterRule(String identifiers, String start, List<Dimension> attributes, Dimension places) {
        this(
                identifiers,
                start,
                Optional.empty(),
                attributes,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                places);
    }

    public RegisterRule {
        Names.checkCamelCase("a register's identifiers", identifiers);
        Names.checkCamelCase("a register's start", start);
        end.ifPresent(field -> Names.checkCamelCase("a register's end", field));
        attributes = List.copyOf(attributes);
        terms = List.copyOf(terms);
        milestones = List.copyOf(milestones);
        steps = List.copyOf(steps);
        if (terms.size() > MAX_TERMS) {
            throw new MalformedException("a register has at most " + MAX_TERMS + " terms");
        }
        terms.forEach(RegisterRule::checkMany);
        checkMilestones(milestones);
        List<Dimension> all = List.copyOf(attributes);
        overlap.ifPresent(rule -> rule.check(all));
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new MalformedException("a register has at most " + MAX_ATTRIBUTES + " attributes");
        }
        List<String> names =
                new ArrayList<>(attributes.stream().map(Dimension::name).toList());
        terms.forEach(term -> names.add(term.name()));
        milestones.forEach(milestone -> names.add(milestone.name()));
        names.add(places.name());
        Names.checkDistinct("in the register attribute", names, name -> name);
        checkSteps(steps, milestones, end, overlap);
        attributes.forEach(attribute -> checkEndsUnknown(attribute.codes()));
        if (places.codes().indexOf(CodeList.UNKNOWN_PLACE) < 0) {
            throw new MalformedException(
                    "code list " + places.codes().name() + " lacks the code \"-\" for a place" + " that is unknown");
        }
        reserve.ifPresent(rule -> rule.check(sites, overlap, all));
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

    private static void checkMany(Column term) {
        if (!term.type().isMany()) {
            throw new MalformedException("a term of a register may have several values, unlike " + term.name()
                    + " of type " + term.type().word());
        }
    }

    private static void checkMilestones(List<Column> milestones) {
        if (milestones.size() > MAX_MILESTONES) {
            throw new MalformedException("a register has at most " + MAX_MILESTONES + " milestones");
        }
        for (Column milestone : milestones) {
            if (milestone.type() != ColumnType.DATE) {
                throw new MalformedException("a milestone of a register is a date, unlike " + milestone.name()
                        + " of type " + milestone.type().word());
            }
        }
    }

    private static void checkSteps(
            List<Step> steps, List<Column> milestones, Optional<String> end, Optional<OverlapRule> overlap) {
        if (!steps.isEmpty() && overlap.isEmpty()) {
            throw new MalformedException(
                    "a register with steps says by overlap which trials are over and wait for nothing");
        }
        Set<String> dates = new TreeSet<>(Set.of(Step.START));
        end.ifPresent(field -> dates.add(Step.END));
        milestones.forEach(milestone -> dates.add(milestone.name()));
        Step.check(steps, dates);
    }

    private static void checkEndsUnknown(CodeList list) {
        if (list.indexOf(CodeList.UNKNOWN) != list.size() - 1) {
            throw new MalformedException(
                    "code list " + list.name() + " of a register's attribute ends with \"" + CodeList.UNKNOWN + "\"");
        }
    }
}
