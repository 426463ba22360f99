package se.samsyn.protocol.summary;

import java.util.List;
import se.samsyn.protocol.MalformedException;

/**
 * The remainder of a table: which cells are pooled, and the sums of their values together. It keeps the table's totals
 * exact while no value of a single one of its cells is told (DESIGN section 6).
 *
 * @param positions the pooled cells, two or more, ascending
 * @param values the sums over all of them, one for each measure of the table
 */
public record Pool(List<Integer> positions, Values values) {
    /** Cells in the smallest pool: the total of a single one would be its value. */
    public static final int MIN_CELLS = 2;

    public Pool {
        positions = List.copyOf(positions);
        if (positions.size() < MIN_CELLS) {
            throw new MalformedException("a pool has " + MIN_CELLS + " cells or more, not " + positions.size());
        }
        for (int i = 1; i < positions.size(); i++) {
            if (positions.get(i - 1) >= positions.get(i)) {
                throw new MalformedException("pooled cells are listed once each, in the order of their positions");
            }
        }
    }
}
