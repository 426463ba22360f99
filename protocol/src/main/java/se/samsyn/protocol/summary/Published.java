package se.samsyn.protocol.summary;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DisclosureRule;
import se.samsyn.protocol.dataset.Table;

/**
 * A published table: exact cells, and at most one pool. What is neither listed nor pooled is zero. An instance cannot
 * hold a count of fewer than k persons.
 *
 * @param table the definition of the table
 * @param k the fewest persons that a cell or the pool covers: the definition's k, or the higher one of the member; {@link Tables#OPEN} for
 *     an open table, which pools nothing
 * @param cells the cells that are not zero and not pooled, in the order of their positions
 * @param pool the remainder, if any
 */
public record Published(Table table, int k, List<Cell> cells, Optional<Pool> pool) implements TableValues {
    public Published {
        cells = List.copyOf(cells);
        verifyK(table, k);
        for (int i = 1; i < cells.size(); i++) {
            if (cells.get(i - 1).position() >= cells.get(i).position()) {
                throw new MalformedException(
                        "table " + table.name() + ": cells are listed once each, in the order of their positions");
            }
        }
        Optional<PersonRule> rule = table.isOpen() ? Optional.empty() : Optional.of(new PersonRule(table));
        for (Cell cell : cells) {
            String where = "table " + table.name() + ", cell " + codes(table, cell.position());
            verifyValues(where, table, cell.values());
            if (pool.isPresent() && isPooled(pool.get(), cell.position())) {
                throw new MalformedException(where + " is published and pooled as well");
            }
            verifyPersons(where, rule, k, cell.values());
        }
        if (pool.isPresent()) {
            String where = "table " + table.name() + ", pool";
            if (table.isOpen()) {
                throw new MalformedException(where + ": the table is open and pools nothing");
            }
            pool.get().positions().forEach(position -> codes(table, position));
            verifyValues(where, table, pool.get().values());
            verifyPersons(where, rule, k, pool.get().values());
        }
        // refuses sums beyond the range of signed JSON
        sum(table, cells, pool);
    }

    @Override
    public CellValue at(int position) {
        if (pool.isPresent() && isPooled(pool.get(), position)) {
            return new CellValue.Pooled(pool.get());
        }
        codes(table, position);
        return new CellValue.Exact(exact(position).orElseGet(this::zero));
    }

    @Override
    public List<Integer> pooled() {
        return pool.map(Pool::positions).orElse(List.of());
    }

    @Override
    public Optional<Values> total() {
        return Optional.of(sum(table, cells, pool));
    }

    /** Whether the table says that there is nothing at all. */
    public boolean isZero() {
        return cells.isEmpty() && pool.isEmpty();
    }

    private Values zero() {
        return Values.zero(table.measures().size());
    }

    private Optional<Values> exact(int position) {
        int low = 0;
        int high = cells.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = cells.get(middle).position();
            if (found == position) {
                return Optional.of(cells.get(middle).values());
            }
            if (found < position) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private static Values sum(Table table, List<Cell> cells, Optional<Pool> pool) {
        Values sum = pool.map(Pool::values)
                .orElseGet(() -> Values.zero(table.measures().size()));
        for (Cell cell : cells) {
            sum = sum.plus(cell.values());
        }
        return sum;
    }

    private static boolean isPooled(Pool pool, int position) {
        return Collections.binarySearch(pool.positions(), position) >= 0;
    }

    private static void verifyK(Table table, int k) {
        if (table.isOpen()) {
            if (k != Tables.OPEN) {
                throw new MalformedException("table " + table.name() + " is open and has no k");
            }
            return;
        }
        int floor = table.rule().k();
        if (k < floor || k > DisclosureRule.MAX_K) {
            throw new RefutedException("table " + table.name() + ": k is " + k + ", expected " + floor + ".."
                    + DisclosureRule.MAX_K + "; a member can raise k and not lower it");
        }
    }

    private static void verifyValues(String where, Table table, Values values) {
        if (values.size() != table.measures().size()) {
            throw new MalformedException(where + " has " + values.size() + " values, expected "
                    + table.measures().size());
        }
        if (values.isZero()) {
            throw new MalformedException(where + " is zero, and what is zero is not listed");
        }
    }

    private static void verifyPersons(String where, Optional<PersonRule> rule, int k, Values values) {
        rule.flatMap(one -> one.breach(k, values)).ifPresent(breach -> {
            throw new RefutedException(where + ": " + breach);
        });
    }

    private static List<String> codes(Table table, int position) {
        if (position < 0 || position >= table.shape().cells()) {
            throw new MalformedException("table " + table.name() + " has no cell at position " + position);
        }
        return table.shape().codes(position);
    }
}
