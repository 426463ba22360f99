package se.samsyn.protocol.view;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegisterRule;

/**
 * Merged trials as columns of small integers, so that a query is one pass over arrays: a trial has a slot, and a slot
 * its year, the position of each of its codes, and the positions of the regions that it has sites in.
 */
final class TrialColumns {
    private static final int FIRST_CAPACITY = 1_024;
    private static final int UNKNOWN_YEAR = 0;
    private static final int EMPTY_SLOT = -1;
    private static final int OUTSIDE = -1;

    private final RegisterRule rule;
    private final List<Code> regions;
    private final Map<String, Integer> regionIndexes = new HashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int[] years = new int[FIRST_CAPACITY];
    private final int[][] attributes;
    private int[][] regionsOf = new int[FIRST_CAPACITY][];
    private int size;

    TrialColumns(RegisterRule rule) {
        this.rule = rule;
        this.attributes = new int[rule.attributes().size()][FIRST_CAPACITY];
        this.regions = rule.places().codes().codes().stream()
                .filter(code -> code.parent().isEmpty())
                .toList();
        for (int index = 0; index < regions.size(); index++) {
            regionIndexes.put(regions.get(index).code(), index);
        }
    }

    /** The places that are part of no other, in the order of their code list: what "by region" compares. */
    List<Code> regions() {
        return regions;
    }

    /** Writes a trial into a free slot, and gives the slot. */
    int put(MergedTrial trial) {
        int slot = free.isEmpty() ? grow() : free.pop();
        years[slot] = trial.year().year().orElse(UNKNOWN_YEAR);
        for (int i = 0; i < attributes.length; i++) {
            attributes[i][slot] =
                    rule.attributes().get(i).codes().indexOf(trial.attributes().get(i));
        }
        regionsOf[slot] = trial.places().stream()
                .mapToInt(place -> regionIndexes.get(rule.places().codes().topOf(place)))
                .distinct()
                .toArray();
        return slot;
    }

    void clear(int slot) {
        years[slot] = EMPTY_SLOT;
        free.push(slot);
    }

    /**
     * Counts trials.
     *
     * @param periods years, and the unknown period
     * @param grouped indices of attributes; the last one varies fastest
     * @param byRegion whether a trial counts once in each region where it has a site, the regions varying fastest of
     *     all
     */
    Figures count(List<Period> periods, int[] grouped, boolean byRegion) {
        int[] periodOfYear = periodOfYear(periods);
        int[] sizes = Arrays.stream(grouped)
                .map(i -> rule.attributes().get(i).codes().size())
                .toArray();
        int groups = Arrays.stream(sizes).reduce(byRegion ? regions.size() : 1, Math::multiplyExact);
        Figures figures = new Figures(periods.size(), groups, 1);
        for (int slot = 0; slot < size; slot++) {
            int period = years[slot] == EMPTY_SLOT ? OUTSIDE : periodOfYear[years[slot]];
            if (period == OUTSIDE) {
                continue;
            }
            figures.totals[period]++;
            int group = 0;
            for (int i = 0; i < grouped.length; i++) {
                group = group * sizes[i] + attributes[grouped[i]][slot];
            }
            if (byRegion) {
                for (int region : regionsOf[slot]) {
                    figures.lower[period * groups + group * regions.size() + region]++;
                }
            } else {
                figures.lower[period * groups + group]++;
            }
        }
        return figures;
    }

    private static int[] periodOfYear(List<Period> periods) {
        int[] periodOfYear = new int[Period.LAST_YEAR + 1];
        Arrays.fill(periodOfYear, OUTSIDE);
        for (int p = 0; p < periods.size(); p++) {
            Period period = periods.get(p);
            periodOfYear[period.isUnknown() ? UNKNOWN_YEAR : period.firstDay().getYear()] = p;
        }
        return periodOfYear;
    }

    private int grow() {
        if (size == years.length) {
            int capacity = size * 2;
            years = Arrays.copyOf(years, capacity);
            regionsOf = Arrays.copyOf(regionsOf, capacity);
            for (int i = 0; i < attributes.length; i++) {
                attributes[i] = Arrays.copyOf(attributes[i], capacity);
            }
        }
        return size++;
    }
}
