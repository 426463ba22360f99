package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.dataset.ReserveRule;

/** What can be calculated from the figures of a view, beside them: a pure function of the view, so that it can be proven with it. */
public enum Derivation {
    /** How many there are for each 100,000 inhabitants, place by place, and how unequal that is. */
    ACCESS,
    /** Of each thing the state that was told last, and how many things are in each state. */
    BOARD,
    /** Who would bear what of the care around studies under other rules. */
    COMPENSATION,
    /** What is due soon, what is overdue, and how much of it. */
    DUE,
    /** How many days the steps of whole trials took, by a register's milestones, and how many trials wait. */
    LEAD_TIMES,
    /** Trials in different regions about the same thing that are open at the same time. */
    OVERLAP,
    /** How far apart the two ends of something are: medians and other percentiles of a table that counts by number. */
    PERCENTILES,
    /** What is wrong with the data: findings, conflicts between members, and who is stale, member by member. */
    QUALITY,
    /** Of each trial with one site the units that meet what it asks for and have room. */
    RESERVE_SITES,
    /** Who owes whom for care, by what both tell alike, and the few payments that settle it. */
    SETTLEMENT,
    /** How much the last whole year differs from the fifth and the tenth before it, beside what others published. */
    TREND;

    /** The word for it in a query. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a word.
     *
     * @throws MalformedException if there is no such derivation
     */
    public static Derivation parse(String word) {
        return Arrays.stream(values())
                .filter(derivation -> derivation.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new MalformedException("nothing is derived by \"" + word + "\"; there is "
                        + Arrays.stream(values()).map(Derivation::word).collect(Collectors.joining(", "))));
    }

    /** Whether it looks at single trials of a register, beside the figures. */
    boolean readsTrials() {
        return this == LEAD_TIMES || this == OVERLAP || this == RESERVE_SITES;
    }

    /** The name of the other dataset that it reads, by the definition of the one that is asked about. */
    Optional<String> reads(DatasetDefinition definition) {
        return switch (this) {
            case QUALITY -> definition.conflicts();
            case RESERVE_SITES ->
                definition.register().flatMap(RegisterRule::reserve).map(ReserveRule::dataset);
            default -> Optional.empty();
        };
    }

    /**
     * Refuses a query whose figures say nothing of the kind.
     *
     * @throws MalformedException saying what is missing
     */
    void check(DatasetDefinition definition, ViewQuery query) {
        switch (this) {
            case ACCESS -> Access.check(definition, query);
            case BOARD -> Board.check(definition, query);
            case COMPENSATION -> Compensation.check(definition, query);
            case DUE -> Due.check(definition);
            case LEAD_TIMES -> LeadTimes.check(definition, query);
            case OVERLAP -> Overlap.check(definition);
            case PERCENTILES -> Percentiles.check(definition, query);
            case QUALITY -> Quality.check(definition, query);
            case RESERVE_SITES -> ReserveSites.check(definition);
            case SETTLEMENT -> Settlement.check(definition);
            case TREND -> Trend.check(definition);
        }
    }

    /** @param measures the names of the view's measures */
    ObjectNode json(NationalView view, List<String> measures) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("derivation", word());
        switch (this) {
            case ACCESS -> new Access(view, measures).write(json);
            case BOARD -> new Board(view).write(json);
            case COMPENSATION -> new Compensation(view).write(json);
            case DUE -> new Due(view).write(json);
            case LEAD_TIMES -> new LeadTimes(view).write(json);
            case OVERLAP -> new Overlap(view).write(json);
            case PERCENTILES -> new Percentiles(view).write(json);
            case QUALITY -> new Quality(view).write(json);
            case RESERVE_SITES -> new ReserveSites(view).write(json);
            case SETTLEMENT -> new Settlement(view).write(json);
            case TREND -> new Trend(view, measures).write(json);
        }
        return json;
    }
}
