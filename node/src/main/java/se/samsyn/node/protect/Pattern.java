package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.protect.CellExplanation.Reason;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/** What would be told of all tables of a dataset: which cells are pooled and why, and which tables are withheld. */
final class Pattern {
    private final Situation situation;
    private final Set<Integer> withheld;
    /** By table: the cells that are not zero. */
    private final List<NavigableSet<Integer>> filled = new ArrayList<>();
    /** By table: the pooled cells. */
    private final List<NavigableMap<Integer, Reason>> pooled = new ArrayList<>();

    Pattern(Situation situation, Set<Integer> withheld) {
        this.situation = situation;
        this.withheld = new HashSet<>(withheld);
        for (RawTable raw : situation.raws()) {
            NavigableSet<Integer> cells = new TreeSet<>(raw.filled());
            cells.removeIf(position -> raw.values(position).isZero());
            filled.add(cells);
            pooled.add(new TreeMap<>());
        }
    }

    int tables() {
        return filled.size();
    }

    boolean isWithheld(int table) {
        return withheld.contains(table);
    }

    NavigableSet<Integer> filled(int table) {
        return new TreeSet<>(filled.get(table));
    }

    /** The pooled cells of a table; none where it is withheld. */
    NavigableSet<Integer> pooled(int table) {
        return isWithheld(table)
                ? new TreeSet<>()
                : new TreeSet<>(pooled.get(table).keySet());
    }

    /** The cells that would be published with their own values. */
    NavigableSet<Integer> published(int table) {
        NavigableSet<Integer> cells = isWithheld(table) ? new TreeSet<>() : filled(table);
        cells.removeAll(pooled.get(table).keySet());
        return cells;
    }

    void pool(int table, int position, Reason reason) {
        pooled.get(table).put(position, reason);
    }

    Values sum(int table, Set<Integer> positions) {
        RawTable raw = situation.raws().get(table);
        return positions.stream()
                .map(raw::values)
                .reduce(Values.zero(raw.table().measures().size()), Values::plus);
    }

    TableValues values(int table) {
        RawTable raw = situation.raws().get(table);
        if (isWithheld(table)) {
            return new WithheldTable(raw.table());
        }
        List<Cell> cells = published(table).stream()
                .map(position -> new Cell(position, raw.values(position)))
                .toList();
        NavigableSet<Integer> together = pooled(table);
        Optional<Pool> pool = together.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pool(List.copyOf(together), sum(table, together)));
        return new Published(raw.table(), situation.k(), cells, pool);
    }

    List<CellExplanation> explanations(int table) {
        NavigableSet<Integer> all = filled(table);
        all.addAll(pooled(table));
        return all.stream().map(position -> explain(table, position)).toList();
    }

    private CellExplanation explain(int table, int position) {
        Reason reason =
                isWithheld(table) ? Reason.WITHHELD : pooled.get(table).getOrDefault(position, Reason.PUBLISHED);
        return new CellExplanation(
                situation.table(table).name(), situation.table(table).shape().codes(position), reason);
    }
}
