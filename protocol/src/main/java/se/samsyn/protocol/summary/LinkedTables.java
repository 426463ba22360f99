package se.samsyn.protocol.summary;

import java.util.List;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Table;

/**
 * Refuses datasets whose tables share a dimension: a cell of one would be the sum of several cells of the other, so
 * that both would have to be protected with one pattern (DESIGN section 6), which is not done. Tables without a common
 * dimension share only their totals, which pooling leaves exact in each of them: neither tells more of the other's
 * cells than its own pool does.
 */
public final class LinkedTables {
    private LinkedTables() {}

    /**
     * Refuses what cannot be protected table by table.
     *
     * @throws RefutedException naming the tables and the dimension that they share
     */
    public static void refuse(DatasetDefinition definition) {
        List<Table> tables = definition.tables();
        for (int i = 0; i < tables.size(); i++) {
            for (Table other : tables.subList(i + 1, tables.size())) {
                refuse(tables.get(i), other);
            }
        }
    }

    private static void refuse(Table table, Table other) {
        for (Dimension dimension : table.dimensions()) {
            if (other.dimensions().stream().anyMatch(one -> one.field().equals(dimension.field()))) {
                throw new RefutedException("tables " + table.name() + " and " + other.name() + " share the dimension "
                        + dimension.name() + ": cells of one can be subtracted from those of the other");
            }
        }
    }
}
