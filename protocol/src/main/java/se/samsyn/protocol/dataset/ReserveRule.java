package se.samsyn.protocol.dataset;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;

/**
 * How reserve and satellite sites are found for a trial with one site: among the units of a roster, those that meet what the trial asks for
 * and have room.
 *
 * @param dataset the name of the roster's dataset
 * @param room the roster's column with how much room a unit has
 * @param hospital the roster's column with a unit's hospital
 * @param roles the roles of sites that are reserves already, and not counted as the trial's own
 * @param requirements what a trial asks of a unit
 */
public record ReserveRule(
        String dataset, String room, String hospital, List<String> roles, List<Requirement> requirements) {
    /** Requirements of one rule. */
    public static final int MAX_REQUIREMENTS = 32;

    /**
     * One thing that a trial asks of a unit.
     *
     * @param attribute the register's attribute that asks
     * @param codes the codes of it that ask; with none, every known code asks for the same code
     * @param column the roster's column that answers, of one code
     * @param needs the codes of it that meet the requirement; none where the same code does
     */
    public record Requirement(String attribute, List<String> codes, String column, List<String> needs) {
        public Requirement {
            codes = List.copyOf(codes);
            needs = List.copyOf(needs);
            if (codes.isEmpty() != needs.isEmpty()) {
                throw new MalformedException(
                        "a requirement names the codes that ask and those that meet it, or neither,"
                                + " unlike that of " + attribute + " to " + column);
            }
        }
    }

    public ReserveRule {
        Names.checkName("a dataset's name", dataset);
        roles = List.copyOf(roles);
        requirements = List.copyOf(requirements);
        if (requirements.size() > MAX_REQUIREMENTS) {
            throw new MalformedException("reserve sites have at most " + MAX_REQUIREMENTS + " requirements");
        }
    }

    /** Insists that the register has what the rule asks by. */
    void check(Optional<RegisterRule.SitesRule> sites, Optional<OverlapRule> overlap, List<Dimension> attributes) {
        if (sites.isEmpty() || overlap.isEmpty()) {
            throw new MalformedException(
                    "reserve sites are sought for a register that tells sites and says when a trial is open");
        }
        roles.forEach(role -> requireCode(sites.get().roles(), role));
        for (Requirement requirement : requirements) {
            CodeList codes = attributes.stream()
                    .filter(attribute -> attribute.name().equals(requirement.attribute))
                    .findFirst()
                    .orElseThrow(() -> new MalformedException(
                            "a requirement goes by \"" + requirement.attribute + "\", which is no attribute"))
                    .codes();
            requirement.codes.forEach(code -> requireCode(codes, code));
        }
    }

    /**
     * Insists that the roster has what the rule looks at.
     *
     * @throws MalformedException naming the column that is not there
     */
    public void check(RosterRule roster) {
        requireColumn(roster, room, ColumnType.NUMBER);
        requireColumn(roster, hospital, ColumnType.CODE);
        if (roster.places().isEmpty()) {
            throw new MalformedException("dataset " + dataset + " does not say where its units are");
        }
        for (Requirement requirement : requirements) {
            CodeList codes = requireColumn(roster, requirement.column, ColumnType.CODE)
                    .codes()
                    .orElseThrow();
            requirement.needs.forEach(code -> requireCode(codes, code));
        }
    }

    private Column requireColumn(RosterRule roster, String name, ColumnType type) {
        int index = roster.indexOf(name);
        if (index < 0 || roster.columns().get(index).type() != type) {
            throw new MalformedException(
                    "reserve sites go by column \"" + name + "\", which dataset " + dataset + " does not have");
        }
        return roster.columns().get(index);
    }

    private static void requireCode(CodeList list, String code) {
        if (list.indexOf(code) < 0) {
            throw new MalformedException(
                    "reserve sites go by \"" + code + "\", which is not in code list " + list.name());
        }
    }
}
