package se.samsyn.protocol.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RosterRule;
import se.samsyn.protocol.summary.RosterRow;

/**
 * The rosters of all members together. A member names its own things and speaks for its own places, so no thing is listed by two, and
 * putting them together is putting them beside one another.
 */
final class RosterMerge {
    private final RosterRule rule;
    private final List<Dimension> groupings;
    private final List<Code> regions;
    private final SortedMap<Period, SortedMap<String, List<RosterRow>>> rows = new TreeMap<>();

    /** @param groupings the columns by which the rows can be grouped */
    RosterMerge(RosterRule rule, List<Dimension> groupings) {
        this.rule = rule;
        this.groupings = groupings;
        this.regions = rule.places().stream()
                .flatMap(places -> places.codes().codes().stream())
                .filter(code -> code.parent().isEmpty())
                .toList();
    }

    /** The places that are part of no other, in the order of their code list. */
    List<Code> regions() {
        return regions;
    }

    /** Puts a member's rows of a period in the place of those before. */
    void replace(String node, Period period, List<RosterRow> now) {
        rows.computeIfAbsent(period, key -> new TreeMap<>()).put(node, now);
    }

    /** The rows of these periods, by period, member and id. */
    List<ListedRow> rows(Collection<Period> periods) {
        List<ListedRow> listed = new ArrayList<>();
        rows.forEach((period, byNode) -> {
            if (periods.contains(period)) {
                byNode.forEach((node, own) -> own.forEach(row -> listed.add(new ListedRow(period, node, row))));
            }
        });
        return listed;
    }

    /** Of each thing the row of the newest of these periods in which it is listed, by member and id. */
    List<ListedRow> newest(Collection<Period> periods) {
        Map<List<String>, ListedRow> newest = new TreeMap<>((a, b) -> {
            int order = a.get(0).compareTo(b.get(0));
            return order == 0 ? a.get(1).compareTo(b.get(1)) : order;
        });
        rows(periods).forEach(row -> newest.put(List.of(row.node(), row.row().id()), row));
        return List.copyOf(newest.values());
    }

    /**
     * Counts rows.
     *
     * @param grouped indices among the groupings; the last one varies fastest
     * @param byRegion whether they are divided by regions as well, which vary fastest of all
     */
    Figures count(List<Period> periods, int[] grouped, boolean byRegion) {
        int groups = Arrays.stream(grouped)
                .map(i -> groupings.get(i).codes().size())
                .reduce(byRegion ? regions.size() : 1, Math::multiplyExact);
        Figures figures = new Figures(periods.size(), groups, 1);
        Map<Period, Integer> periodIndexes = new HashMap<>();
        periods.forEach(period -> periodIndexes.put(period, periodIndexes.size()));
        Map<String, Integer> regionIndexes = new HashMap<>();
        regions.forEach(region -> regionIndexes.put(region.code(), regionIndexes.size()));
        for (ListedRow listed : rows(periodIndexes.keySet())) {
            int period = periodIndexes.getOrDefault(listed.period(), 0);
            int group = 0;
            for (int i : grouped) {
                Dimension grouping = groupings.get(i);
                String code = listed.cell(rule.indexOf(grouping.name())).get(0);
                group = group * grouping.codes().size() + grouping.codes().indexOf(code);
            }
            if (byRegion) {
                group = group * regions.size() + regionIndexes.getOrDefault(region(listed.row()), 0);
            }
            figures.totals[period]++;
            figures.lower[period * groups + group]++;
        }
        return figures;
    }

    /** The county or other place, part of no other, that a row is in. */
    private String region(RosterRow row) {
        return rule.places().orElseThrow().codes().topOf(row.place().orElseThrow());
    }
}
