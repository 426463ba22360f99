package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.node.protect.Situation.Link;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.MeasureNesting;
import se.samsyn.protocol.summary.PersonRule;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;

/**
 * The attack that a release has to stand (DESIGN section 6): what somebody who has read everything published can work out
 * about a cell of which only sums are told. A pattern is good enough when each pooled cell could still be many things:
 * its persons range over k or more, its amounts over 15 % or more (100 less the rule's {@code dominancePercent}), and the
 * differences of nested counts (how many declined) over k or more.
 *
 * <p><b>What the attacker has.</b> The definition, this program, every body ever released for the period, and his own
 * records if he is a contributor. Published cells are exact; cells neither listed nor pooled are zero; a pool is one
 * equation for each measure; and where tables share a dimension, the same records are in a group of cells of the one and
 * of the other: one equation more for each such group and measure that adds up, and inequalities for different persons,
 * who may be in several cells of a group. Parts are not more than their wholes. {@link Unknowns} writes all this down, and
 * {@link WholeNumbers} finds how far the ranges reach.
 *
 * <p><b>What he concludes about persons.</b> A cell is pooled for the first time only if it holds something, so each
 * cell has one person or more: the pool is never padded with empty cells. They would look like cover and be none, for
 * they add nobody, and a padded pool is known to be padded by whoever reads this. He also knows the order: the smallest
 * cells are pooled first, so he takes no pooled cell to be larger than the smallest published one, M. Take 4 and 5
 * persons, pooled while 6, 6 and 7 are published: nine in two cells of at most six each leaves 3..6, a width of 3, and
 * the pool must grow. For a cell that is larger than M (it was pooled because a contributor dominates it, or by an
 * earlier revision) the bound is not true, and he can be wrong about it; the others are still held to it. A cell that was
 * pooled before and has become empty is counted with a smallest value of zero.
 *
 * <p><b>What he concludes about amounts.</b> A contributor knows of each cell what he gave himself, and has a range for
 * the rest; a stranger has a wider one. Each contributor's range for each cell is as wide as the rule demands. Of each sum
 * that is told or can be had by subtraction (a pool; a group's pooled cells, where the other table tells the group),
 * nobody holds more than the rule allows, contributions added up over its cells: one trial may hold 60 % of each cell and
 * 60 % of the pool, or 100 % of every cell and, with others, a tenth of the pool.
 *
 * <p><b>What he concludes from earlier revisions.</b> He guesses that what nobody corrected is as it was, and mostly he
 * is right. {@link se.samsyn.protocol.summary.RevisionRule} looks at differences of what was published; here is what the
 * guess does to a pool: a cell that an earlier revision published, and that has the same value now, is known, and so is
 * the sum of an earlier pool that comes to the same now. A = 10 and B = 20 were published, B is unchanged, A has fallen to
 * 3: the pool {A, B} of 23 says A = 3. He guesses so measure by measure: who was corrected in an amount only has as many
 * persons as before. A release must stand alone, and with history: there a range may be narrow if it was no wider before,
 * as pooling cannot take back what has been told.
 *
 * <p><b>Persons in several cells.</b> Sums add a person who is in two cells twice. What is told together must cover k
 * different persons too, and those are counted from the records.
 *
 * <p><b>What is not modelled.</b> That pools stopped growing as soon as they could, from which somebody who rules out
 * dominance for every cell could exclude some of the sums; what a contributor knows of the persons in his own trial; and
 * of three tables that share dimensions in a circle, that one table must exist that has them all as margins. None of
 * these is promised.
 */
final class Attack {
    private static final long PERCENT = 100;
    /** So few ranges are asked for one by one. */
    private static final int FEW = 8;

    private final Situation situation;
    /** Measures that are tied to each other by nesting, and to no others. */
    private final List<Set<Measure>> components = new ArrayList<>();

    /** What was found of smaller pools mostly holds of larger ones, and what one reader holds possible others do, too. */
    private final Map<Set<Measure>, List<Map<Unknowns.Cell, Long>>> examples = new HashMap<>();

    private final Map<Set<Measure>, Unknowns> before = new HashMap<>();

    /** A range that is too narrow: of a cell, or of a pool as a whole. */
    record Exposure(int table, int position) {
        private static final int POOL = -1;

        boolean isOfPool() {
            return position == POOL;
        }
    }

    Attack(Situation situation) {
        this.situation = situation;
        for (RawTable raw : situation.raws()) {
            raw.table().measures().forEach(measure -> join(Set.of(measure)));
            for (MeasureNesting.Pair pair : new MeasureNesting(raw.table()).pairs()) {
                List<Measure> measures = raw.table().measures();
                join(Set.of(measures.get(pair.inner()), measures.get(pair.outer())));
            }
        }
    }

    /** The first exposure that is found, or none: then the pattern may be released. */
    Optional<Exposure> find(Pattern pattern) {
        Optional<Exposure> found = Optional.empty();
        for (int table = 0; table < pattern.tables() && found.isEmpty(); table++) {
            found = findInPool(pattern, table);
        }
        if (found.isEmpty()) {
            found = findInGroups(pattern);
        }
        for (Set<Measure> component : components) {
            if (found.isEmpty()) {
                found = findInRanges(pattern, component, false);
            }
        }
        if (situation.hasHistory()) {
            for (Set<Measure> component : components) {
                if (found.isEmpty()) {
                    found = findInRanges(pattern, component, true);
                }
            }
        }
        return found;
    }

    private void join(Set<Measure> tied) {
        Set<Measure> joined = new LinkedHashSet<>(tied);
        components.removeIf(component -> {
            boolean isTied = component.stream().anyMatch(tied::contains);
            if (isTied) {
                joined.addAll(component);
            }
            return isTied;
        });
        components.add(joined);
    }

    private Optional<Exposure> findInPool(Pattern pattern, int table) {
        NavigableSet<Integer> pool = pattern.pooled(table);
        boolean isExposed = !pool.isEmpty()
                && (pool.size() < Pool.MIN_CELLS
                        || new PersonRule(situation.table(table))
                                .breach(situation.k(), pattern.sum(table, pool))
                                .isPresent()
                        || tellsTooMuch(table, pool));
        return isExposed ? Optional.of(new Exposure(table, Exposure.POOL)) : Optional.empty();
    }

    /** Pooled cells whose sum is the difference of what two tables publish. */
    private Optional<Exposure> findInGroups(Pattern pattern) {
        for (Link link : situation.links()) {
            for (int table : new int[] {link.first(), link.second()}) {
                int other = link.other(table);
                Map<Integer, NavigableSet<Integer>> groups = new HashMap<>();
                pattern.pooled(table)
                        .forEach(position -> groups.computeIfAbsent(link.group(table, position), any -> new TreeSet<>())
                                .add(position));
                pattern.pooled(other).forEach(position -> groups.remove(link.group(other, position)));
                for (NavigableSet<Integer> group : groups.values()) {
                    if (!pattern.isWithheld(other) && tellsTooMuch(table, group)) {
                        return Optional.of(new Exposure(table, group.first()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the sum over some cells, or over those that earlier revisions left unknown, tells of few or of one. */
    private boolean tellsTooMuch(int table, NavigableSet<Integer> cells) {
        for (int measure = 0; measure < situation.table(table).measures().size(); measure++) {
            if (tellsTooMuch(table, measure, cells) || tellsTooMuch(table, measure, fresh(table, measure, cells))) {
                return true;
            }
        }
        return false;
    }

    private boolean tellsTooMuch(int table, int measure, Set<Integer> cells) {
        RawTable raw = situation.raws().get(table);
        long sum = cells.stream()
                .mapToLong(position -> situation.value(table, measure, position))
                .sum();
        if (sum == 0) {
            // that they are all zero tells of nobody
            return false;
        }
        boolean areFew = measure == raw.table().personsIndex() && raw.persons(cells) < situation.k();
        return areFew || Dominance.holds(raw, measure, cells, sum);
    }

    /** Those cells that no earlier revision told, and that are not in its largest pool that still holds. */
    private Set<Integer> fresh(int table, int measure, Collection<Integer> cells) {
        Set<Integer> fresh = new TreeSet<>(cells);
        fresh.removeIf(position -> Unknowns.isTold(situation, table, measure, position));
        Set<Integer> together = new HashSet<>();
        for (Published earlier : situation.earlierPublished(table)) {
            List<Integer> pool = earlier.pooled();
            long now = pool.stream()
                    .mapToLong(position -> situation.value(table, measure, position))
                    .sum();
            if (pool.size() > together.size()
                    && now == earlier.pool().orElseThrow().values().get(measure)) {
                together = new HashSet<>(pool);
            }
        }
        fresh.removeAll(together);
        return fresh;
    }

    private Optional<Exposure> findInRanges(Pattern pattern, Set<Measure> component, boolean withHistory) {
        Unknowns unknowns = Unknowns.afterRelease(situation, pattern, component, withHistory);
        Set<Map<Unknowns.Cell, Long>> known = new LinkedHashSet<>();
        List<Map<Unknowns.Cell, Long>> earlier = examples.getOrDefault(component, List.of());
        unknowns.tryExamples(unknowns.numbers(), earlier);
        Optional<Exposure> found = findInCounts(pattern, component, unknowns, withHistory);
        known.addAll(unknowns.examples(unknowns.numbers()));
        Set<String> contributors = new TreeSet<>();
        for (Unknowns.Cell cell : unknowns.cells()) {
            contributors.addAll(contributions(cell).keySet());
        }
        for (String contributor : contributors) {
            if (found.isEmpty()) {
                WholeNumbers numbers = withOwn(unknowns, contributor);
                unknowns.tryExamples(numbers, known);
                found = findInAmounts(pattern, component, unknowns, numbers, contributor, withHistory);
                known.addAll(unknowns.examples(numbers));
            }
        }
        examples.put(component, known.stream().limit(WholeNumbers.MAX_EXAMPLES).toList());
        return found;
    }

    private Optional<Exposure> findInCounts(
            Pattern pattern, Set<Measure> component, Unknowns unknowns, boolean withHistory) {
        Optional<Exposure> obvious = withHistory ? Optional.empty() : findObvious(pattern, unknowns);
        if (obvious.isPresent()) {
            return obvious;
        }
        spread(unknowns);
        for (Unknowns.Cell cell : unknowns.cells()) {
            Table table = situation.table(cell.table());
            PersonRule rule = new PersonRule(table);
            if (isKnown(pattern, cell) || Dominance.concerns(table, cell.measure())) {
                continue;
            }
            boolean countsPersons = rule.countsPersons(cell.measure());
            long required = requiredOfCount(cell);
            boolean isExposed = isNarrow(cell, cell, unknowns, component, withHistory, required);
            for (MeasureNesting.Pair pair : new MeasureNesting(table).pairs()) {
                Unknowns.Cell inner = new Unknowns.Cell(cell.table(), pair.inner(), cell.position());
                if (!isExposed && countsPersons && pair.outer() == cell.measure() && rule.countsPersons(pair.inner())) {
                    isExposed = isNarrow(cell, inner, unknowns, component, withHistory, required);
                }
            }
            if (isExposed) {
                return Optional.of(new Exposure(cell.table(), cell.position()));
            }
        }
        return Optional.empty();
    }

    /** What one equation or inequality by itself tells: mostly enough to go on, and no solver is asked. */
    private Optional<Exposure> findObvious(Pattern pattern, Unknowns unknowns) {
        for (Unknowns.Cell cell : unknowns.cells()) {
            boolean isCount = !Dominance.concerns(situation.table(cell.table()), cell.measure());
            if (isCount && !isKnown(pattern, cell)) {
                WholeNumbers.Range range = unknowns.numbers().implied(unknowns.index(cell));
                if (range.width() < requiredOfCount(cell) && !range.isKnownZero()) {
                    return Optional.of(new Exposure(cell.table(), cell.position()));
                }
            }
        }
        return Optional.empty();
    }

    /** How wide the range of a count has to be: by k where it counts persons. */
    private long requiredOfCount(Unknowns.Cell cell) {
        boolean countsPersons = new PersonRule(situation.table(cell.table())).countsPersons(cell.measure());
        return countsPersons ? situation.k() : share(cell);
    }

    private void spread(Unknowns unknowns) {
        List<Integer> narrow = new ArrayList<>();
        for (Unknowns.Cell cell : unknowns.cells()) {
            WholeNumbers.Term term = WholeNumbers.Term.of(unknowns.index(cell));
            long required = Dominance.concerns(situation.table(cell.table()), cell.measure()) ? 0 : situation.k();
            if (!unknowns.numbers().isFoundWide(term, required)) {
                narrow.add(unknowns.index(cell));
            }
        }
        if (narrow.size() > FEW) {
            unknowns.numbers().spread(narrow);
        }
    }

    /** Whether a cell's range, or that of its difference to a part of it, is narrower than required, and than before. */
    private boolean isNarrow(
            Unknowns.Cell cell,
            Unknowns.Cell inner,
            Unknowns unknowns,
            Set<Measure> component,
            boolean withHistory,
            long required) {
        WholeNumbers.Range range = unknowns.numbers().range(term(unknowns, cell, inner), required);
        if (range.width() >= required || (range.isKnownZero() && isOuterZero(unknowns, cell, inner))) {
            return false;
        }
        if (!withHistory) {
            return true;
        }
        Unknowns old = before(component);
        return old.index(cell) < 0
                || range.width() < old.numbers().outer(term(old, cell, inner)).width();
    }

    private static boolean isOuterZero(Unknowns unknowns, Unknowns.Cell cell, Unknowns.Cell inner) {
        return unknowns.numbers().outer(term(unknowns, cell, inner)).isKnownZero();
    }

    private static WholeNumbers.Term term(Unknowns unknowns, Unknowns.Cell cell, Unknowns.Cell inner) {
        return inner.equals(cell)
                ? WholeNumbers.Term.of(unknowns.index(cell))
                : new WholeNumbers.Term(unknowns.index(cell), unknowns.index(inner));
    }

    private Optional<Exposure> findInAmounts(
            Pattern pattern,
            Set<Measure> component,
            Unknowns unknowns,
            WholeNumbers numbers,
            String contributor,
            boolean withHistory) {
        for (Unknowns.Cell cell : unknowns.cells()) {
            long required = share(cell);
            if (isKnown(pattern, cell) || !Dominance.concerns(situation.table(cell.table()), cell.measure())) {
                continue;
            }
            WholeNumbers.Range range = numbers.range(WholeNumbers.Term.of(unknowns.index(cell)), required);
            if (range.width() < required && (!withHistory || isNarrower(range, component, cell, contributor))) {
                return Optional.of(new Exposure(cell.table(), cell.position()));
            }
        }
        return Optional.empty();
    }

    private boolean isNarrower(
            WholeNumbers.Range range, Set<Measure> component, Unknowns.Cell cell, String contributor) {
        Unknowns old = before(component);
        int index = old.index(cell);
        return index < 0
                || range.width()
                        < withOwn(old, contributor)
                                .outer(WholeNumbers.Term.of(index))
                                .width();
    }

    private Unknowns before(Set<Measure> component) {
        return before.computeIfAbsent(component, measures -> Unknowns.beforeRelease(situation, measures));
    }

    /** What a contributor knows beside all that is published: no cell has less than he gave to it. */
    private WholeNumbers withOwn(Unknowns unknowns, String contributor) {
        long[] own = new long[unknowns.numbers().size()];
        for (Unknowns.Cell cell : unknowns.cells()) {
            own[unknowns.index(cell)] = contributions(cell).getOrDefault(contributor, 0L);
        }
        return unknowns.numbers().withLows(own);
    }

    private Map<String, Long> contributions(Unknowns.Cell cell) {
        return Dominance.concerns(situation.table(cell.table()), cell.measure())
                ? situation.raws().get(cell.table()).contributions(cell.measure(), cell.position())
                : Map.of();
    }

    /** A cell of a withheld table of which an earlier revision told all; of others it must not become known now. */
    private boolean isKnown(Pattern pattern, Unknowns.Cell cell) {
        return pattern.isWithheld(cell.table())
                && Unknowns.isTold(situation, cell.table(), cell.measure(), cell.position());
    }

    /** The part of a cell's value that has to stay unknown, in the unit of its measure. */
    private long share(Unknowns.Cell cell) {
        long percent = PERCENT - situation.table(cell.table()).rule().dominancePercent();
        long value = situation.value(cell.table(), cell.measure(), cell.position());
        return Math.addExact(Math.multiplyExact(value, percent), PERCENT - 1) / PERCENT;
    }
}
