package se.samsyn.protocol.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Table;

/**
 * The tables of a dataset as what they are: several views of the same records, so that cells of one can be subtracted
 * from cells of another. The rules that a receiver holds a summary to:
 *
 * <ol>
 *   <li>What two tables say of the same records can be true together: sums over a group are equal, as far as pools leave
 *       them known.
 *   <li>Where one table tells the sum of a group exactly, the other does not have a single pooled cell there that is not
 *       zero, and its pooled cells there do not come to fewer than k persons: published less published is what is left.
 *   <li>A withheld table is not the margin of a published one, which would tell it.
 * </ol>
 */
public final class LinkedTables {
    private final List<TableLink> links = new ArrayList<>();

    private LinkedTables(List<Table> tables) {
        for (int i = 0; i < tables.size(); i++) {
            for (Table other : tables.subList(i + 1, tables.size())) {
                requireSameCodes(tables.get(i), other);
                links.add(new TableLink(tables.get(i), other));
            }
        }
    }

    /**
     * The links between the tables of a dataset.
     *
     * @throws RefutedException if two tables divide the same field by different codes, so that what one tells of the
     *     other cannot be worked out from the definition
     */
    public static LinkedTables of(DatasetDefinition definition) {
        return new LinkedTables(definition.tables());
    }

    /** A link for each two tables, in their order. */
    public List<TableLink> links() {
        return List.copyOf(links);
    }

    /**
     * Checks the tables of one summary against each other.
     *
     * @throws RefutedException naming the tables and the rule that does not hold
     */
    void verify(Tables tables) {
        for (TableLink link : links) {
            verify(link, tables);
            verify(link.reversed(), tables);
        }
    }

    private static void verify(TableLink link, Tables tables) {
        Optional<TableValues> first = tables.table(link.first().name());
        Optional<TableValues> second = tables.table(link.second().name());
        if (first.isEmpty() || second.isEmpty() || link.measures().isEmpty()) {
            return;
        }
        if (first.get() instanceof Published one && second.get() instanceof Published other) {
            for (TableLink.SharedMeasure measure : link.measures()) {
                verify(link, measure, one, other);
            }
        } else if (first.get() instanceof WithheldTable && second.get() instanceof Published && link.isFirstMargin()) {
            throw new RefutedException("table " + link.first().name() + " is withheld, and table "
                    + link.second().name() + ", from which it can be summed, is published");
        }
    }

    private static void verify(TableLink link, TableLink.SharedMeasure measure, Published first, Published second) {
        Groups one = new Groups(link.groups());
        Groups other = new Groups(link.groups());
        first.cells().forEach(cell -> one.cell(link.groupOfFirst(cell.position()), cell.values(), measure.first()));
        second.cells()
                .forEach(cell -> other.cell(link.groupOfSecond(cell.position()), cell.values(), measure.second()));
        first.pool()
                .ifPresent(pool -> one.pool(
                        pool.positions().stream().mapToInt(link::groupOfFirst).toArray(),
                        pool.values().get(measure.first())));
        second.pool()
                .ifPresent(pool -> other.pool(
                        pool.positions().stream().mapToInt(link::groupOfSecond).toArray(),
                        pool.values().get(measure.second())));
        for (int group = 0; group < link.groups(); group++) {
            long most = other.high[group];
            if ((measure.adds() ? one.low[group] : one.largest[group]) > most) {
                throw new RefutedException(where(link, measure) + ": a group of cells comes to more than " + most
                        + " in one of them and to at most that in the other");
            }
            if (measure.adds() && other.low[group] == other.high[group]) {
                verifyRemainder(link, measure, first, other.low[group] - one.exact[group], one.pooled[group]);
            }
        }
    }

    /** What is left of a sum that is known when published cells are subtracted is the sum of the pooled ones. */
    private static void verifyRemainder(
            TableLink link, TableLink.SharedMeasure measure, Published first, long rest, int pooled) {
        if (rest == 0) {
            return;
        }
        if (pooled < Pool.MIN_CELLS) {
            throw new RefutedException(where(link, measure) + ": " + rest + " less in one of them than in the other"
                    + (pooled == 0 ? "" : ", which tells a pooled cell"));
        }
        if (new PersonRule(first.table()).countsPersons(measure.first()) && rest < first.k()) {
            throw new RefutedException(where(link, measure) + ": pooled cells come to " + rest + ", below k = "
                    + first.k() + ", as the other table tells");
        }
    }

    private static String where(TableLink link, TableLink.SharedMeasure measure) {
        return "tables " + link.first().name() + " and " + link.second().name() + ", "
                + link.first().measures().get(measure.first()).name();
    }

    private static void requireSameCodes(Table table, Table other) {
        for (Dimension dimension : table.dimensions()) {
            boolean differ = other.dimensions().stream()
                    .anyMatch(one -> one.field().equals(dimension.field()) && !one.equals(dimension));
            if (differ) {
                throw new RefutedException("tables " + table.name() + " and " + other.name() + " divide the field "
                        + dimension.field() + " by different codes: they cannot be protected together");
            }
        }
    }

    /** One measure of one table, by group: what is told of it. */
    private static final class Groups {
        /** The sum of the published cells, and the largest of them. */
        private final long[] exact;

        private final long[] largest;
        /** How many cells are pooled, and between what the sum of all cells is. */
        private final int[] pooled;

        private final long[] low;
        private final long[] high;

        Groups(int groups) {
            exact = new long[groups];
            largest = new long[groups];
            pooled = new int[groups];
            low = new long[groups];
            high = new long[groups];
        }

        void cell(int group, Values values, int measure) {
            long value = values.get(measure);
            exact[group] += value;
            low[group] += value;
            high[group] += value;
            largest[group] = Math.max(largest[group], value);
        }

        /** After all cells. */
        void pool(int[] groupOfEach, long sum) {
            for (int group : groupOfEach) {
                high[group] = exact[group] + sum;
                pooled[group]++;
            }
            boolean inOneGroup = Arrays.stream(groupOfEach).distinct().count() == 1;
            if (inOneGroup) {
                low[groupOfEach[0]] += sum;
            }
        }
    }
}
