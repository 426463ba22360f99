package se.samsyn.protocol.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Values;

/**
 * One table of all members, kept added up: for each period dense arrays over the positions of the table's cells.
 *
 * <p>A pooled cell holds between nothing and all of its pool, whatever the pool's other cells hold; so a member's pool
 * adds nothing to what is certain of a cell, its whole to how much more the cell can be, and its whole once to the
 * total. Sums cannot overflow: each value is below 2^53, and a root has far fewer than 2^10 members.
 */
final class TableCells {
    private final int cells;
    private final int measures;
    private final Map<Period, Figures> byPeriod = new HashMap<>();

    TableCells(Table table) {
        this.cells = table.shape().cells();
        this.measures = table.measures().size();
    }

    void add(Period period, Published published) {
        apply(period, published, 1);
    }

    /** Takes away what {@link #add} added. */
    void subtract(Period period, Published published) {
        apply(period, published, -1);
    }

    /** A copy of some periods, in that order. */
    Figures figures(List<Period> periods) {
        Figures copy = new Figures(periods.size(), cells, measures);
        for (int p = 0; p < periods.size(); p++) {
            Figures one = byPeriod.get(periods.get(p));
            if (one != null) {
                System.arraycopy(one.lower, 0, copy.lower, p * one.lower.length, one.lower.length);
                System.arraycopy(one.width, 0, copy.width, p * one.width.length, one.width.length);
                System.arraycopy(one.pooledBy, 0, copy.pooledBy, p * one.pooledBy.length, one.pooledBy.length);
                System.arraycopy(one.totals, 0, copy.totals, p * one.totals.length, one.totals.length);
            }
        }
        return copy;
    }

    private void apply(Period period, Published published, int sign) {
        Figures figures = byPeriod.computeIfAbsent(period, key -> new Figures(1, cells, measures));
        for (Cell cell : published.cells()) {
            accumulate(figures.lower, cell.position(), cell.values(), sign);
            accumulate(figures.totals, 0, cell.values(), sign);
        }
        published.pool().ifPresent(pool -> {
            accumulate(figures.totals, 0, pool.values(), sign);
            for (int position : pool.positions()) {
                accumulate(figures.width, position, pool.values(), sign);
                figures.pooledBy[position] += sign;
            }
        });
    }

    private void accumulate(long[] sums, int position, Values values, int sign) {
        for (int measure = 0; measure < measures; measure++) {
            sums[position * measures + measure] += sign * values.get(measure);
        }
    }
}
