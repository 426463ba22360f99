package se.samsyn.protocol.summary;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Dimension;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;

/**
 * What ties two tables over the same records together: cells that agree in the dimensions that both have form a
 * <em>group</em>, and each group holds the same records in both tables. Tables without a common dimension have one
 * group, the whole table.
 */
public final class TableLink {
    private final Table first;
    private final Table second;
    /** By common dimension: its index in the first table and in the second. */
    private final List<int[]> common = new ArrayList<>();

    private final List<SharedMeasure> measures = new ArrayList<>();
    private int groups = 1;

    /**
     * A measure that both tables hold.
     *
     * @param first its index in the first table
     * @param second its index in the second
     * @param adds whether both tables' cells of a group have the same sum; else, as of different persons, no cell of
     *     one is more than the sum of the other's
     */
    public record SharedMeasure(int first, int second, boolean adds) {}

    TableLink(Table first, Table second) {
        this.first = first;
        this.second = second;
        for (int i = 0; i < first.dimensions().size(); i++) {
            Dimension dimension = first.dimensions().get(i);
            int j = second.dimensions().indexOf(dimension);
            if (j >= 0) {
                common.add(new int[] {i, j});
                groups = Math.multiplyExact(groups, dimension.codes().size());
            }
        }
        for (int i = 0; i < first.measures().size(); i++) {
            Measure measure = first.measures().get(i);
            int j = second.measures().indexOf(measure);
            if (j >= 0) {
                measures.add(new SharedMeasure(i, j, measure.aggregate() != Aggregate.DISTINCT));
            }
        }
    }

    public Table first() {
        return first;
    }

    public Table second() {
        return second;
    }

    /** The measures that both have; what only one has tells nothing of the other. */
    public List<SharedMeasure> measures() {
        return List.copyOf(measures);
    }

    /** How many groups there are. */
    public int groups() {
        return groups;
    }

    /** The group of a cell of the first table, from zero. */
    public int groupOfFirst(int position) {
        return group(first, 0, position);
    }

    /** The group of a cell of the second table, from zero. */
    public int groupOfSecond(int position) {
        return group(second, 1, position);
    }

    /** Whether each cell of the first table is a group of the second: it can be summed from the other. */
    public boolean isFirstMargin() {
        return common.size() == first.dimensions().size();
    }

    /** Whether each cell of the second table is a group of the first. */
    public boolean isSecondMargin() {
        return common.size() == second.dimensions().size();
    }

    /** The same tie, looked at from the second table. */
    public TableLink reversed() {
        return new TableLink(second, first);
    }

    private int group(Table table, int side, int position) {
        int group = 0;
        for (int[] indices : common) {
            Dimension dimension = table.dimensions().get(indices[side]);
            group = group * dimension.codes().size() + table.shape().codeIndex(position, indices[side]);
        }
        return group;
    }
}
