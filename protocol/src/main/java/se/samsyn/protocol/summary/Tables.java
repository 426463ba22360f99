package se.samsyn.protocol.summary;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DisclosureRule;

/**
 * The tables of a dataset, in the order of the definition, all protected with the same k, or all open.
 *
 * @param k the fewest persons that a published cell covers, or {@link #OPEN}
 * @param tables one for each table of the definition
 */
public record Tables(int k, List<TableValues> tables) implements SummaryContent {
    /** In the place of k where the tables tell nothing of persons. */
    public static final int OPEN = 0;

    public Tables {
        tables = List.copyOf(tables);
        if (tables.isEmpty()) {
            throw new MalformedException("a dataset of tables has a table");
        }
        boolean isOpen =
                k == OPEN && tables.stream().allMatch(values -> values.table().isOpen());
        if (!isOpen && (k < DisclosureRule.MIN_K || k > DisclosureRule.MAX_K)) {
            throw new RefutedException(
                    "k is within " + DisclosureRule.MIN_K + ".." + DisclosureRule.MAX_K + ", not " + k);
        }
        for (TableValues values : tables) {
            if (values instanceof Published published && published.k() != k) {
                throw new MalformedException(
                        "table " + published.table().name() + " has k = " + published.k() + ", the summary k = " + k);
            }
        }
    }

    /** The values of the table with that name. */
    public Optional<TableValues> table(String name) {
        return tables.stream()
                .filter(values -> values.table().name().equals(name))
                .findFirst();
    }

    @Override
    public boolean isZero() {
        return tables.stream().allMatch(values -> values instanceof Published published && published.isZero());
    }
}
