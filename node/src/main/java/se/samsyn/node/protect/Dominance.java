package se.samsyn.node.protect;

import java.util.Collection;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.PersonRule;

/**
 * The dominance rule: no contributor holds more than the rule's percentage of a sum, or the sum would tell what that
 * one gave.
 */
final class Dominance {
    private static final long PERCENT = 100;

    private Dominance() {}

    /** Whether a measure is a sum that somebody could dominate: how many persons there are is none. */
    static boolean concerns(Table table, int measure) {
        return table.measures().get(measure).aggregate() == Aggregate.SUM
                && !new PersonRule(table).countsPersons(measure);
    }

    /** Whether one contributor dominates the sum over those cells; never so for what is no sum. */
    static boolean holds(RawTable raw, int measure, Collection<Integer> cells, long sum) {
        if (!concerns(raw.table(), measure)) {
            return false;
        }
        long allowed = Math.multiplyExact(sum, (long) raw.table().rule().dominancePercent());
        return Math.multiplyExact(raw.largestContribution(measure, cells), PERCENT) > allowed;
    }
}
