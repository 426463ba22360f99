package se.samsyn.protocol.dataset;

import java.util.Optional;
import se.samsyn.protocol.MalformedException;

/**
 * One integer that a table holds for each of its cells.
 *
 * @param name camelCase with its unit last, as in {@code amountOre}
 * @param aggregate how it is made
 * @param field what is summed, or whose different values are counted; empty for a count
 * @param only the records to look at, where not all
 * @param except the records to leave out, where any
 * @param within the measure of which this one is a part in every record, as the offered are of the informed, where the
 *     conditions do not say so
 */
public record Measure(
        String name,
        Aggregate aggregate,
        Optional<String> field,
        Optional<FieldCondition> only,
        Optional<FieldCondition> except,
        Optional<String> within) {
    public Measure {
        Names.checkCamelCase("a measure's name", name);
        field.ifPresent(text -> Names.checkCamelCase("a measure's field", text));
        if (field.isPresent() == (aggregate == Aggregate.COUNT)) {
            throw new MalformedException("measure " + name + ": a sum and a distinct have a field, a count has none");
        }
        within.ifPresent(text -> Names.checkCamelCase("what a measure is within", text));
        if (only.isPresent() && except.isPresent()) {
            throw new MalformedException("measure " + name + " has both only and except, expected one of them");
        }
    }
}
