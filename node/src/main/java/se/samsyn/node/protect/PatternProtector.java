package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import se.samsyn.node.protect.CellExplanation.Reason;
import se.samsyn.node.protect.Situation.Link;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.PersonRule;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.summary.WithheldTable;

/**
 * Decides for all tables of a dataset together which cells are published and which are pooled: those that fail a rule
 * and those that an earlier revision pooled, and then one cell after the other near the one that the {@link Attack}
 * finds exposed, the smallest first, until it finds nothing. Where no cell is left that could help, the finest table is
 * withheld, with all from which it could be summed, and the others are tried again.
 */
final class PatternProtector {
    private final Situation situation;
    private final Attack attack;

    private PatternProtector(Situation situation) {
        this.situation = situation;
        this.attack = new Attack(situation);
    }

    static Pattern protect(Situation situation) {
        return new PatternProtector(situation).protect();
    }

    private Pattern protect() {
        Set<Integer> withheld = new HashSet<>();
        for (int table = 0; table < situation.raws().size(); table++) {
            if (isNearWithheld(table)) {
                withhold(table, withheld);
            }
        }
        while (true) {
            Pattern pattern = new Pattern(situation, withheld);
            OptionalInt exposed = pool(pattern);
            if (exposed.isEmpty()) {
                return pattern;
            }
            OptionalInt finest = finest(exposed.getAsInt(), withheld);
            if (finest.isEmpty()) {
                return pattern;
            }
            withhold(finest.getAsInt(), withheld);
        }
    }

    /** Beside a revision that withheld the table, a small total would tell that few persons came (see RevisionRule). */
    private boolean isNearWithheld(int table) {
        RawTable raw = situation.raws().get(table);
        long persons = raw.filled().stream()
                .mapToLong(position -> raw.values(position).get(raw.table().personsIndex()))
                .sum();
        return !new Pattern(situation, Set.of()).filled(table).isEmpty()
                && persons < 2L * situation.k()
                && situation.earlier().get(table).stream().anyMatch(WithheldTable.class::isInstance);
    }

    /** Pools until nothing is exposed; else a table with an exposed cell that no further cell can cover. */
    private OptionalInt pool(Pattern pattern) {
        for (int table = 0; table < pattern.tables(); table++) {
            // where nothing is left there is nothing to hide, even where an earlier revision pooled
            if (!pattern.isWithheld(table) && !pattern.filled(table).isEmpty()) {
                poolWhatFails(pattern, table);
            }
        }
        while (true) {
            Optional<Attack.Exposure> exposure = attack.find(pattern);
            if (exposure.isEmpty()) {
                return OptionalInt.empty();
            }
            if (!cover(pattern, exposure.get())) {
                return OptionalInt.of(exposure.get().table());
            }
        }
    }

    private void poolWhatFails(Pattern pattern, int table) {
        for (TableValues revision : situation.earlier().get(table)) {
            revision.pooled().forEach(position -> pattern.pool(table, position, Reason.POOLED_BEFORE));
        }
        RawTable raw = situation.raws().get(table);
        PersonRule rule = new PersonRule(raw.table());
        for (int position : pattern.filled(table)) {
            Values values = raw.values(position);
            if (rule.breach(situation.k(), values).isPresent()) {
                pattern.pool(table, position, Reason.FEW_PERSONS);
            } else if (isDominated(raw, position, values)) {
                pattern.pool(table, position, Reason.DOMINANCE);
            }
        }
    }

    /** Pools one more cell that can help; false if there is none. */
    private boolean cover(Pattern pattern, Attack.Exposure exposure) {
        int table = exposure.table();
        if (pattern.isWithheld(table)) {
            return false;
        }
        if (!exposure.isOfPool()) {
            for (Link link : situation.links()) {
                int group = link.touches(table) ? link.group(table, exposure.position()) : -1;
                if (link.touches(table)
                        && link.hasMargins()
                        && (coverInGroup(pattern, link, table, group, Reason.COVER)
                                || coverInGroup(pattern, link, link.other(table), group, Reason.LINKED))) {
                    return true;
                }
            }
        }
        return coverWith(pattern, table, List.copyOf(pattern.published(table)), Reason.COVER);
    }

    private boolean coverInGroup(Pattern pattern, Link link, int table, int group, Reason reason) {
        List<Integer> beside = pattern.published(table).stream()
                .filter(position -> link.group(table, position) == group)
                .toList();
        return coverWith(pattern, table, beside, reason);
    }

    private boolean coverWith(Pattern pattern, int table, List<Integer> candidates, Reason reason) {
        int persons = situation.table(table).personsIndex();
        // a cell that has been told hides nothing: such come last
        Comparator<Integer> order = Comparator.<Integer, Boolean>comparing(
                        position -> Unknowns.isTold(situation, table, persons, position))
                .thenComparing(position -> situation.value(table, persons, position))
                .thenComparing(Comparator.naturalOrder());
        Optional<Integer> next = candidates.stream().min(order);
        next.ifPresent(position -> pattern.pool(table, position, reason));
        return next.isPresent();
    }

    /** The table with the most dimensions of all that tell of an exposed one, the last of those: it shows the least each. */
    private OptionalInt finest(int exposed, Set<Integer> withheld) {
        List<Integer> candidates = IntStream.range(0, situation.raws().size())
                .filter(table -> !withheld.contains(table))
                .boxed()
                .toList();
        List<Integer> near = candidates.stream()
                .filter(table -> table == exposed || areLinked(table, exposed))
                .toList();
        // what an earlier revision told of a withheld table may follow from a total that another one tells
        return (near.isEmpty() ? candidates : near)
                .stream()
                        .max(Comparator.<Integer, Integer>comparing(table ->
                                        situation.table(table).dimensions().size())
                                .thenComparing(Comparator.naturalOrder()))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty());
    }

    private boolean areLinked(int table, int other) {
        return situation.links().stream()
                .anyMatch(link -> link.touches(table) && link.touches(other) && link.hasMargins());
    }

    /** Withholds a table and all that have its dimensions, as it could be summed from them. */
    private void withhold(int table, Set<Integer> withheld) {
        Table margin = situation.table(table);
        List<Integer> finer = new ArrayList<>();
        for (int other = 0; other < situation.raws().size(); other++) {
            if (situation.table(other).dimensions().containsAll(margin.dimensions())) {
                finer.add(other);
            }
        }
        withheld.addAll(finer);
    }

    private static boolean isDominated(RawTable raw, int position, Values values) {
        for (int measure = 0; measure < values.size(); measure++) {
            if (Dominance.holds(raw, measure, Set.of(position), values.get(measure))) {
                return true;
            }
        }
        return false;
    }
}
