package se.samsyn.protocol.view;

import se.samsyn.protocol.statistic.Figure;

/**
 * The numbers of a view in dense arrays: for each period, group and measure what is told for certain and how much more
 * it can be.
 *
 * <p>Of each period and measure there is a total, too. For tables it is the sum of the groups with every pool counted
 * once; for registers it is the number of trials, each counted once in however many groups it is.
 */
final class Figures {
    final int periods;
    final int groups;
    final int measures;
    /** By period, group and measure. */
    final long[] lower;
    /** By period, group and measure: zero where no member pooled the cell. */
    final long[] width;
    /** By period and group: how many members pooled the cell. */
    final int[] pooledBy;
    /** By period and measure. */
    final long[] totals;

    Figures(int periods, int groups, int measures) {
        this.periods = periods;
        this.groups = groups;
        this.measures = measures;
        int cells = Math.multiplyExact(periods, groups);
        this.lower = new long[Math.multiplyExact(cells, measures)];
        this.width = new long[lower.length];
        this.pooledBy = new int[cells];
        this.totals = new long[Math.multiplyExact(periods, measures)];
    }

    /** Whether nothing is told of a cell and nothing is pooled in it. */
    boolean isZero(int period, int group) {
        int cell = period * groups + group;
        for (int i = cell * measures; i < (cell + 1) * measures; i++) {
            if (lower[i] != 0) {
                return false;
            }
        }
        return pooledBy[cell] == 0;
    }

    Figure cell(int period, int group, int measure, boolean complete) {
        int i = (period * groups + group) * measures + measure;
        return Figure.of(lower[i], width[i], complete);
    }

    Figure total(int period, int measure, boolean complete) {
        return Figure.of(totals[period * measures + measure], 0, complete);
    }
}
