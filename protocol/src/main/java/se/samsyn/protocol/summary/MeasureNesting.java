package se.samsyn.protocol.summary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.FieldCondition;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;

/** Which measures of a table are parts of one another: no part is more than its whole, and a reader can subtract it. */
public final class MeasureNesting {
    /** The inner measure looks at no record that the outer one leaves out; both are indices in the table. */
    public record Pair(int inner, int outer) {}

    private final List<Measure> measures;
    private final List<Pair> pairs = new ArrayList<>();

    public MeasureNesting(Table table) {
        measures = table.measures();
        for (int inner = 0; inner < measures.size(); inner++) {
            for (int outer = 0; outer < measures.size(); outer++) {
                if (inner != outer && isPart(inner, outer)) {
                    pairs.add(new Pair(inner, outer));
                }
            }
        }
    }

    /** Every pair, also those that follow from others. */
    public List<Pair> pairs() {
        return Collections.unmodifiableList(pairs);
    }

    /**
     * Refuses values that no records have.
     *
     * @throws RefutedException if a part is larger than its whole
     */
    void verify(String where, Values values) {
        for (Pair pair : pairs) {
            if (values.get(pair.inner) > values.get(pair.outer)) {
                throw new RefutedException(
                        where + ": " + measures.get(pair.inner).name() + " "
                                + values.get(pair.inner) + " is more than "
                                + measures.get(pair.outer).name() + " " + values.get(pair.outer));
            }
        }
    }

    private boolean isPart(int inner, int outer) {
        return isPart(measures.get(inner), measures.get(outer)) || isDeclared(measures.get(inner), outer);
    }

    private boolean isDeclared(Measure inner, int outer) {
        return inner.within()
                .filter(name -> name.equals(measures.get(outer).name())
                        || measures.stream()
                                .anyMatch(between -> between.name().equals(name) && isDeclared(between, outer)))
                .isPresent();
    }

    private static boolean isPart(Measure inner, Measure outer) {
        boolean sameThing =
                inner.aggregate() == outer.aggregate() && inner.field().equals(outer.field());
        // each different value was in a record of its own
        boolean valuesInRecords = inner.aggregate() == Aggregate.DISTINCT && outer.aggregate() == Aggregate.COUNT;
        return (sameThing || valuesInRecords) && looksAtNoMore(inner, outer);
    }

    private static boolean looksAtNoMore(Measure inner, Measure outer) {
        if (outer.only().isPresent()) {
            return overlap(inner.only(), outer.only(), true);
        }
        if (outer.except().isPresent()) {
            return overlap(outer.except(), inner.except(), true) || overlap(outer.except(), inner.only(), false);
        }
        return true;
    }

    /** Whether the second condition, on the same field, names all codes of the first, or none of them. */
    private static boolean overlap(Optional<FieldCondition> codes, Optional<FieldCondition> among, boolean all) {
        return codes.isPresent()
                && among.isPresent()
                && codes.get().field().equals(among.get().field())
                && codes.get().codes().stream().allMatch(code -> among.get().holds(code) == all);
    }
}
