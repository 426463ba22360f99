package se.samsyn.node.protect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.node.tabulate.RawTable;
import se.samsyn.protocol.dataset.Aggregate;
import se.samsyn.protocol.dataset.Measure;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.summary.CellValue;
import se.samsyn.protocol.summary.PersonRule;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Values;

/**
 * The attack that a pool has to stand (DESIGN section 6): what somebody who has read everything published can work out
 * about a cell of which only the pool's sums are told. A pool is good enough when each such cell could still be many
 * things: its persons range over k or more, its amounts over 15 % or more (100 less the rule's {@code
 * dominancePercent}).
 *
 * <p><b>What the attacker has.</b> The definition, this program, every body ever released for the period, and his own
 * records if he is a contributor. Published cells are exact; cells neither listed nor pooled are zero; the pool is one
 * equation for each measure: the sum of its cells. Nothing else ties a pooled cell to the rest, as tables that share a
 * dimension are refused before it comes to this.
 *
 * <p><b>What he concludes about persons.</b> A cell is pooled for the first time only if it holds something, so each
 * cell has one person or more: the pool is never padded with empty cells. They would look like cover and be none, for
 * they add nobody, and a padded pool is known to be padded by whoever reads this. The largest value of a cell is the
 * sum less one for each other cell. He also knows the order: the smallest cells are pooled first, so he takes no pooled
 * cell to be larger than the smallest published one, M; then the smallest value of a cell is the sum less M for each
 * other cell. Take 4 and 5 persons, pooled while 6, 6 and 7 are published: nine in two cells of at most six each leaves
 * 3..6, a width of 3, and the pool must grow. For a cell that is larger than M (it was pooled because a contributor
 * dominates it, or by an earlier revision) the bound is not true, and he can be wrong about it; the others are still
 * held to it. A cell that was pooled before and has become empty is counted with a smallest value of zero.
 *
 * <p><b>What he concludes about amounts.</b> A stranger knows that a pooled amount is between zero and the sum, which
 * is always wide. A contributor can subtract what he gave himself: of a sum S of which he gave A he knows that any one
 * cell has its own part of A, up to that and S - A more. So the width of every range is S - A, and the demand that it
 * be 15 % of S, for the largest contributor to the
 * <em>whole</em> pool, is the dominance rule. It is asked of contributions added up over the pool: one trial may hold
 * 60 % of each cell and 60 % of the pool, or 100 % of every cell and, with others, a tenth of the pool.
 *
 * <p><b>What he concludes from earlier revisions.</b> He guesses that what nobody corrected is as it was, and mostly he
 * is right. {@link se.samsyn.protocol.summary.RevisionRule} looks at differences of what was published; here is what
 * the guess does to a pool:
 *
 * <ul>
 *   <li>A cell that an earlier revision published, and that has the same values now, is no cover: he subtracts it. A =
 *       10 and B = 20 were published, B is unchanged, A has fallen to 3: the pool {A, B} of 23 says A = 3.
 *   <li>A whole earlier pool with the same sums is subtracted likewise. {A, B} was pooled with 9, C fell from 10 to 2:
 *       the pool {A, B, C} of 11 says C = 2.
 * </ul>
 *
 * He guesses so measure by measure: who was corrected in an amount only has as many persons as before. What is left
 * after all such guesses, the <em>fresh</em> cells of a measure, must stand the attack alone. Where nothing is left,
 * the pool tells only what has been told, which pooling cannot take back.
 *
 * <p><b>Persons in several cells.</b> Sums add a person who is in two cells twice. The pool must cover k different
 * persons too, and those are counted from the records.
 *
 * <p><b>What is not modelled.</b> That the pool stopped growing as soon as it could, from which somebody who rules out
 * dominance for every cell could exclude some of the sums; and what a contributor knows of the persons in his own
 * trial. Neither is promised.
 */
final class Attack {
    /** Larger than any sum of values, and far from overflowing. */
    private static final long NO_BOUND = Long.MAX_VALUE / 2;

    private static final long PERCENT = 100;

    private final RawTable raw;
    private final Table table;
    private final int k;
    private final PersonRule rule;
    /** By measure: cells that an earlier revision published with the value that they have now. */
    private final List<Set<Integer>> told = new ArrayList<>();
    /** By measure: the largest earlier pool whose sum is the same now. */
    private final List<Set<Integer>> toldTogether = new ArrayList<>();

    Attack(RawTable raw, int k, List<TableValues> earlier) {
        this.raw = raw;
        this.table = raw.table();
        this.k = k;
        this.rule = new PersonRule(table);
        for (int measure = 0; measure < table.measures().size(); measure++) {
            told.add(new HashSet<>());
            toldTogether.add(new HashSet<>());
            for (TableValues revision : earlier) {
                if (revision instanceof Published published) {
                    guessUnchanged(measure, published);
                }
            }
        }
    }

    /**
     * Whether a cell, if it were pooled, would hide nothing: an earlier revision has told its persons, and they are as
     * many now.
     */
    boolean isTold(int position) {
        return told.get(table.personsIndex()).contains(position);
    }

    /**
     * Whether some range is too narrow, so that the pool has to grow.
     *
     * @param pool positions of the pooled cells
     * @param published positions of the cells that would be published beside it
     */
    boolean succeeds(Collection<Integer> pool, Collection<Integer> published) {
        if (pool.size() < Pool.MIN_CELLS || rule.breach(k, sum(pool)).isPresent()) {
            return true;
        }
        long smallestPublished = published.stream()
                .mapToLong(position -> value(table.personsIndex(), position))
                .min()
                .orElse(NO_BOUND);
        for (int measure = 0; measure < table.measures().size(); measure++) {
            Set<Integer> fresh = new TreeSet<>(pool);
            fresh.removeAll(told.get(measure));
            fresh.removeAll(toldTogether.get(measure));
            if (isNarrow(measure, pool, smallestPublished) || isNarrow(measure, fresh, smallestPublished)) {
                return true;
            }
        }
        return false;
    }

    private void guessUnchanged(int measure, Published earlier) {
        for (int position = 0; position < table.shape().cells(); position++) {
            if (earlier.at(position) instanceof CellValue.Exact exact
                    && exact.values().get(measure) == value(measure, position)) {
                told.get(measure).add(position);
            }
        }
        if (earlier.pool().isPresent()) {
            Pool pool = earlier.pool().get();
            boolean isLarger =
                    pool.positions().size() > toldTogether.get(measure).size();
            if (isLarger && pool.values().get(measure) == sum(pool.positions()).get(measure)) {
                toldTogether.set(measure, Set.copyOf(pool.positions()));
            }
        }
    }

    /** Looks at one measure of some cells, of which only the sum is known. */
    private boolean isNarrow(int measure, Collection<Integer> cells, long smallestPublished) {
        Values sum = sum(cells);
        if (sum.get(measure) == 0) {
            // that they are all zero tells of nobody
            return false;
        }
        if (cells.size() < Pool.MIN_CELLS) {
            return true;
        }
        if (table.measures().get(measure).aggregate() == Aggregate.SUM) {
            return Dominance.holds(raw, measure, cells, sum.get(measure));
        }
        if (measure == table.personsIndex() && (rule.breach(k, sum).isPresent() || raw.persons(cells) < k)) {
            return true;
        }
        return !hasWideRanges(measure, cells, sum.get(measure), smallestPublished);
    }

    /**
     * Whether each cell's count could be anything within a wide range: at least its own smallest value, at most its
     * largest.
     */
    private boolean hasWideRanges(int measure, Collection<Integer> cells, long sum, long smallestPublished) {
        long leasts = 0;
        long mosts = 0;
        for (int position : cells) {
            leasts += least(measure, position);
            mosts = Math.min(NO_BOUND, mosts + most(measure, position, sum, smallestPublished));
        }
        for (int position : cells) {
            long least = least(measure, position);
            long most = most(measure, position, sum, smallestPublished);
            long low = Math.max(least, sum - (mosts - most));
            long high = Math.min(most, sum - (leasts - least));
            if (high - low < requiredWidth(measure, position)) {
                return false;
            }
        }
        return true;
    }

    private long least(int measure, int position) {
        Measure one = table.measures().get(measure);
        boolean looksAtAll = one.only().isEmpty() && one.except().isEmpty();
        return looksAtAll ? Math.min(1, value(measure, position)) : 0;
    }

    private long most(int measure, int position, long sum, long smallestPublished) {
        boolean isBounded = measure == table.personsIndex() && value(measure, position) <= smallestPublished;
        return isBounded ? Math.min(sum, smallestPublished) : sum;
    }

    private long requiredWidth(int measure, int position) {
        if (rule.countsPersons(measure)) {
            return k;
        }
        long percent = PERCENT - table.disclosure().dominancePercent();
        return (value(measure, position) * percent + PERCENT - 1) / PERCENT;
    }

    private Values sum(Collection<Integer> cells) {
        return cells.stream()
                .map(raw::values)
                .reduce(Values.zero(table.measures().size()), Values::plus);
    }

    private long value(int measure, int position) {
        return raw.values(position).get(measure);
    }
}
