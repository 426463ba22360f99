package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.OverlapRule;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.ReserveRule;
import se.samsyn.protocol.dataset.ReserveRule.Requirement;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.summary.RegisterSite;

/**
 * Of each trial with one site the other units that could be its reserve or satellite site: those that meet what it asks for, by the
 * definition's table of requirements, and that had room in the newest period that they told. What is not known of a trial or a unit makes a
 * requirement unclear, and neither met nor failed. Trials that have ended, or never were, need no reserve.
 */
final class ReserveSites {
    /** Trials that are listed; all are counted. Name fewer periods to see the others. */
    static final int MAX_TRIALS_LISTED = 200;
    /** Units that are listed of one trial, those that meet all requirements first; all are counted. */
    static final int MAX_UNITS_LISTED = 20;

    private final NationalView view;
    private final RegisterRule register;
    private final ReserveRule rule;
    private final RosterReading units;
    private final RosterRule roster;

    /** Whether a requirement is met, as far as it is known. */
    private enum Answer {
        MET,
        UNCLEAR,
        FAILED
    }

    /** A unit that fails nothing, and the columns that leave it unclear. */
    private record Candidate(ListedRow unit, boolean isInSamePlace, List<String> unclear) {}

    ReserveSites(NationalView view) {
        this.view = view;
        this.register = view.definition.register().orElseThrow();
        this.rule = register.reserve().orElseThrow();
        this.units = view.reading
                .map(reading -> reading instanceof RosterReading roster ? roster : null)
                .orElseThrow(() -> new MalformedException(
                        "derive=reserve-sites reads dataset " + rule.dataset() + ", which is no roster"));
        this.roster = units.definition().roster().orElseThrow();
        rule.check(roster);
    }

    /**
     * Insists on a register that says how reserve sites are found.
     *
     * @throws MalformedException if the dataset has none
     */
    static void check(DatasetDefinition definition) {
        if (definition.register().flatMap(RegisterRule::reserve).isEmpty()) {
            throw new MalformedException("derive=reserve-sites needs a register that says how they are found, such as"
                    + " trials; dataset " + definition.dataset() + " does not");
        }
    }

    void write(ObjectNode json) {
        units.write(json.putObject("reads"));
        boolean told = IntStream.range(0, view.periods.size()).allMatch(view::isComplete)
                && units.told().values().stream().allMatch(Optional::isPresent);
        json.put("whole", told);
        List<MergedTrial> trials =
                view.trials.stream().filter(this::needsReserve).toList();
        json.put("count", trials.size());
        ArrayNode rows = json.putArray("rows");
        trials.stream().limit(MAX_TRIALS_LISTED).forEach(trial -> write(rows.addObject(), trial));
    }

    private boolean needsReserve(MergedTrial trial) {
        OverlapRule statuses = register.overlap().orElseThrow();
        String status = trial.attributes().get(register.indexOfAttribute(statuses.status()));
        boolean isOver = statuses.over().contains(status) || statuses.never().contains(status);
        return !isOver && own(trial).size() == 1;
    }

    /** The sites where the trial is carried out: not those that are ready in case. */
    private List<RegisterSite> own(MergedTrial trial) {
        return trial.sites().stream()
                .filter(site -> !rule.roles().contains(site.role()))
                .toList();
    }

    private void write(ObjectNode row, MergedTrial trial) {
        RegisterSite site = own(trial).get(0);
        trial.writeIds(row);
        row.put("place", site.place()).put("hospital", site.hospital());
        row.put("reserves", trial.sites().size() - 1);
        List<Candidate> candidates = new ArrayList<>();
        for (ListedRow unit : units.newest()) {
            candidate(trial, site, unit).ifPresent(candidates::add);
        }
        row.put(
                "meets",
                candidates.stream().filter(one -> one.unclear.isEmpty()).count());
        row.put(
                "unclear",
                candidates.stream().filter(one -> !one.unclear.isEmpty()).count());
        ArrayNode listed = row.putArray("units");
        candidates.stream()
                .sorted(Comparator.comparingInt(one -> one.unclear.size())) // stable: then by member and id
                .limit(MAX_UNITS_LISTED)
                .forEach(candidate -> write(listed.addObject(), candidate));
    }

    private void write(ObjectNode json, Candidate candidate) {
        ListedRow unit = candidate.unit;
        json.put("node", unit.node())
                .put("id", unit.row().id())
                .put("hospital", hospital(unit))
                .put("place", place(unit))
                .put("period", unit.period().toString())
                .put("room", unit.number(roster.indexOf(rule.room())))
                .put("samePlace", candidate.isInSamePlace);
        candidate.unclear.forEach(json.putArray("unclear")::add);
    }

    private Optional<Candidate> candidate(MergedTrial trial, RegisterSite site, ListedRow unit) {
        boolean isHere = place(unit).equals(site.place());
        boolean isKnown = !site.hospital().equals(CodeList.UNKNOWN);
        if (isHere && isKnown && hospital(unit).equals(site.hospital())) {
            return Optional.empty(); // the very site
        }
        if (unit.number(roster.indexOf(rule.room())) == 0) {
            return Optional.empty();
        }
        List<String> unclear = new ArrayList<>();
        for (Requirement requirement : rule.requirements()) {
            Answer answer = answer(requirement, trial, unit);
            if (answer == Answer.FAILED) {
                return Optional.empty();
            }
            if (answer == Answer.UNCLEAR && !unclear.contains(requirement.column())) {
                unclear.add(requirement.column());
            }
        }
        return Optional.of(new Candidate(unit, isHere, unclear));
    }

    private Answer answer(Requirement requirement, MergedTrial trial, ListedRow unit) {
        String asked = trial.attributes().get(register.indexOfAttribute(requirement.attribute()));
        String has = unit.cell(roster.indexOf(requirement.column())).get(0);
        boolean isUnknown = asked.equals(CodeList.UNKNOWN);
        if (!isUnknown && !requirement.codes().isEmpty() && !requirement.codes().contains(asked)) {
            return Answer.MET; // nothing is asked
        }
        boolean meets = requirement.needs().isEmpty()
                ? has.equals(asked)
                : requirement.needs().contains(has);
        if (meets && (!isUnknown || !requirement.needs().isEmpty())) {
            return Answer.MET;
        }
        return isUnknown || has.equals(CodeList.UNKNOWN) ? Answer.UNCLEAR : Answer.FAILED;
    }

    private String hospital(ListedRow unit) {
        return unit.cell(roster.indexOf(rule.hospital())).get(0);
    }

    private static String place(ListedRow unit) {
        return unit.row().place().orElseThrow();
    }
}
