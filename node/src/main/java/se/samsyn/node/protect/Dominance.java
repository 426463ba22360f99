package se.samsyn.node.protect;

import java.util.Collection;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.dataset.Aggregate;

/**
 * The dominance rule: no contributor holds more than the rule's percentage of a sum, or the sum would tell what that
 * one gave.
 */
final class Dominance {
    private static final long PERCENT = 100;

    private Dominance() {}

    /** Whether one contributor dominates the sum over those cells; never so for what is no sum. */
    static boolean holds(RawTable raw, int measure, Collection<Integer> cells, long sum) {
        if (raw.table().measures().get(measure).aggregate() != Aggregate.SUM) {
            return false;
        }
        long allowed = Math.multiplyExact(sum, (long) raw.table().disclosure().dominancePercent());
        return Math.multiplyExact(raw.largestContribution(measure, cells), PERCENT) > allowed;
    }
}
