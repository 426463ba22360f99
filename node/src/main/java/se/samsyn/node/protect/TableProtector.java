package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.protect.CellExplanation.Reason;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.PersonRule;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/**
 * Decides for one table which cells are published and which are pooled: those that fail a rule and those that an
 * earlier revision pooled, and then the smallest of the others one by one until the {@link Attack} finds nothing. If
 * all cells together do not stand it, the table is withheld.
 */
final class TableProtector {
    private final RawTable raw;
    private final Table table;
    private final int k;
    private final List<TableValues> earlier;
    private final Attack attack;
    /** The cells that are not zero, and why each cannot be published, as far as it is found. */
    private final NavigableSet<Integer> filled = new TreeSet<>();

    private final NavigableMap<Integer, Reason> pooled = new TreeMap<>();

    /** A protected table, with the reasons for the release officer. */
    record Result(TableValues values, List<CellExplanation> explanations) {}

    private TableProtector(RawTable raw, int k, List<TableValues> earlier) {
        this.raw = raw;
        this.table = raw.table();
        this.k = k;
        this.earlier = earlier;
        this.attack = new Attack(raw, k, earlier);
    }

    static Result protect(RawTable raw, int k, List<TableValues> earlier) {
        return new TableProtector(raw, k, earlier).protect();
    }

    private Result protect() {
        raw.filled().stream().filter(position -> !raw.values(position).isZero()).forEach(filled::add);
        if (filled.isEmpty()) {
            // nothing is left to hide, even where an earlier revision pooled
            return new Result(new Published(table, k, List.of(), Optional.empty()), List.of());
        }
        for (TableValues revision : earlier) {
            revision.pooled().forEach(position -> pooled.put(position, Reason.POOLED_BEFORE));
        }
        poolWhatFails();
        boolean hidden = pooled.isEmpty() || poolCover();
        return hidden && isFarFromWithheld() ? published() : withheld();
    }

    private void poolWhatFails() {
        PersonRule rule = new PersonRule(table);
        for (int position : filled) {
            Values values = raw.values(position);
            if (rule.breach(k, values).isPresent()) {
                pooled.put(position, Reason.FEW_PERSONS);
            } else if (isDominated(position, values)) {
                pooled.put(position, Reason.DOMINANCE);
            }
        }
    }

    /** Pools further cells until the attack finds nothing; false if there are not enough. */
    private boolean poolCover() {
        NavigableSet<Integer> published = new TreeSet<>(filled);
        published.removeAll(pooled.keySet());
        List<Integer> candidates = new ArrayList<>(published);
        // a cell that has been told hides nothing: such come last
        candidates.sort(Comparator.comparing(attack::isTold)
                .thenComparing(position -> raw.values(position).get(table.personsIndex()))
                .thenComparing(Comparator.naturalOrder()));
        for (int next : candidates) {
            if (!attack.succeeds(new TreeSet<>(pooled.keySet()), published)) {
                return true;
            }
            pooled.put(next, Reason.COVER);
            published.remove(next);
        }
        return !attack.succeeds(new TreeSet<>(pooled.keySet()), published);
    }

    /** Beside a revision that withheld the table, a small total would tell that few persons came (see RevisionRule). */
    private boolean isFarFromWithheld() {
        return total().get(table.personsIndex()) >= 2L * k
                || earlier.stream().noneMatch(WithheldTable.class::isInstance);
    }

    private Values total() {
        return sum(filled);
    }

    private Values sum(Set<Integer> positions) {
        return positions.stream()
                .map(raw::values)
                .reduce(Values.zero(table.measures().size()), Values::plus);
    }

    private Result published() {
        List<Cell> cells = filled.stream()
                .filter(position -> !pooled.containsKey(position))
                .map(position -> new Cell(position, raw.values(position)))
                .toList();
        Optional<Pool> pool = pooled.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pool(List.copyOf(pooled.keySet()), sum(pooled.keySet())));
        List<CellExplanation> explanations = new ArrayList<>();
        NavigableSet<Integer> all = new TreeSet<>(filled);
        all.addAll(pooled.keySet());
        for (int position : all) {
            explanations.add(explain(position, pooled.getOrDefault(position, Reason.PUBLISHED)));
        }
        return new Result(new Published(table, k, cells, pool), explanations);
    }

    private Result withheld() {
        return new Result(
                new WithheldTable(table),
                filled.stream()
                        .map(position -> explain(position, Reason.WITHHELD))
                        .toList());
    }

    private CellExplanation explain(int position, Reason reason) {
        return new CellExplanation(table.name(), table.shape().codes(position), reason);
    }

    private boolean isDominated(int position, Values values) {
        for (int measure = 0; measure < values.size(); measure++) {
            if (Dominance.holds(raw, measure, Set.of(position), values.get(measure))) {
                return true;
            }
        }
        return false;
    }
}
