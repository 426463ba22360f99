package se.samsyn.node.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static se.samsyn.node.tabulate.TestDefinitions.K;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.summary.CellValue;
import se.samsyn.protocol.summary.DisclosureCheck;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;

/**
 * Random histories of corrections against a reader who keeps every revision and guesses, always rightly, which of the
 * earlier numbers still hold.
 */
class RevisionPropertyTest {
    private static final int HISTORIES = 1_000;
    private static final int REVISIONS = 5;
    private static final long FIRST_SEED = 5_000_000;
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private static Optional<Published> published(Summary summary) {
        TableValues table = ((Tables) summary.content()).tables().get(0);
        return table instanceof Published published ? Optional.of(published) : Optional.empty();
    }

    /** What the earlier revisions say of persons and what is still true of these cells. */
    private static List<Reader.Equation> stillTrue(Truth truth, List<Summary> earlier, Set<Integer> cells) {
        List<Reader.Equation> equations = new ArrayList<>();
        for (Summary summary : earlier) {
            published(summary).ifPresent(table -> {
                for (int cell : cells) {
                    if (table.at(cell) instanceof CellValue.Exact exact
                            && exact.values().get(0) == truth.persons(cell)) {
                        equations.add(new Reader.Equation(Set.of(cell), truth.persons(cell)));
                    }
                }
                table.pool()
                        .filter(pool -> pool.values().get(0) == truth.persons(pool.positions()))
                        .ifPresent(pool -> {
                            // what of an earlier pool is not pooled now is published now, and can be subtracted
                            Set<Integer> pooled = new HashSet<>(pool.positions());
                            pooled.retainAll(cells);
                            equations.add(new Reader.Equation(pooled, truth.persons(pooled)));
                        });
            });
        }
        return equations;
    }

    private static Map<Integer, Long> widths(Truth truth, Set<Integer> cells, List<Reader.Equation> equations) {
        Map<Integer, Long> least = new HashMap<>();
        cells.forEach(cell -> least.put(cell, Math.min(1, truth.persons(cell))));
        Map<Integer, Long> most = new HashMap<>();
        equations.stream()
                .filter(equation -> equation.cells().size() == 1)
                .forEach(equation -> equation.cells().forEach(cell -> {
                    least.put(cell, equation.sum());
                    most.put(cell, equation.sum());
                }));
        List<Integer> ordered = List.copyOf(cells);
        List<Long> widths = Reader.widths(ordered, least, most, equations);
        Map<Integer, Long> byCell = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            byCell.put(ordered.get(i), widths.get(i));
        }
        return byCell;
    }

    /** The widths before the newest release: what was told or pooled and is still true; all else could be anything. */
    private static Map<Integer, Long> widthsBefore(Truth truth, Set<Integer> cells, List<Reader.Equation> known) {
        Map<Integer, Long> before = new HashMap<>();
        cells.forEach(cell -> before.put(cell, UNBOUNDED));
        known.stream()
                .filter(equation -> equation.cells().size() > 1)
                .max((a, b) -> Integer.compare(a.cells().size(), b.cells().size()))
                .ifPresent(largest -> {
                    List<Reader.Equation> within = new ArrayList<>(List.of(largest));
                    known.stream()
                            .filter(equation -> largest.cells().containsAll(equation.cells()))
                            .forEach(within::add);
                    before.putAll(widths(truth, largest.cells(), within));
                });
        known.stream()
                .filter(equation -> equation.cells().size() == 1)
                .forEach(equation -> equation.cells().forEach(cell -> before.put(cell, 0L)));
        return before;
    }

    /** Whether the newest release narrows the range of a pooled cell to less than k persons. */
    private static boolean findsPersons(Truth truth, Pool pool, List<Summary> earlier) {
        Set<Integer> cells = Set.copyOf(pool.positions());
        List<Reader.Equation> known = stillTrue(truth, earlier, cells);
        List<Reader.Equation> now = new ArrayList<>();
        now.add(new Reader.Equation(cells, truth.persons(cells)));
        now.addAll(known);
        Map<Integer, Long> before = widthsBefore(truth, cells, known);
        Map<Integer, Long> after = widths(truth, cells, now);
        return cells.stream()
                .anyMatch(cell -> after.get(cell) < K
                        && after.get(cell) < before.get(cell)
                        // that a cell is empty tells of nobody
                        && truth.persons(cell) > 0);
    }

    /** Whether a contributor finds the amount of the cells that no earlier number accounts for. */
    private static boolean findsAmounts(Truth truth, Pool pool, List<Summary> earlier) {
        Set<Integer> fresh = new HashSet<>(pool.positions());
        Set<Integer> largest = new HashSet<>();
        for (Summary summary : earlier) {
            published(summary).ifPresent(table -> {
                fresh.removeIf(cell -> table.at(cell) instanceof CellValue.Exact exact
                        && exact.values().get(1) == truth.amount(List.of(cell)));
                table.pool()
                        .filter(old -> old.values().get(1) == truth.amount(old.positions()))
                        .filter(old -> old.positions().size() > largest.size())
                        .ifPresent(old -> {
                            largest.clear();
                            largest.addAll(old.positions());
                        });
            });
        }
        fresh.removeAll(largest);
        long sum = truth.amount(fresh);
        return sum > 0
                && (fresh.size() == 1
                        || truth.contributions(fresh).values().stream().anyMatch(own -> (sum - own) * 100 < sum * 15));
    }

    @Test
    void noRevisionTellsMoreThanPromisedBesideAllEarlierOnes() {
        int pools = 0;
        for (int run = 0; run < HISTORIES; run++) {
            long seed = FIRST_SEED + run;
            RandomCare care = new RandomCare(new SplittableRandom(seed));
            CareRecords records = care.records();
            List<Summary> released = new ArrayList<>();
            for (int revision = 0; revision < REVISIONS; revision++) {
                Protection protection = records.protect(TestDefinitions.amounts(), released);
                if (protection instanceof Draft draft) {
                    Summary summary = roundTrip(TestDefinitions.amounts(), draft);
                    List<Summary> earlier = List.copyOf(released);
                    assertThatCode(() ->
                                    DisclosureCheck.verify(TestDefinitions.amounts(), summary, earlier, place -> false))
                            .as("seed %d, revision %d", seed, revision)
                            .doesNotThrowAnyException();
                    Optional<Pool> pool = published(summary).flatMap(Published::pool);
                    if (pool.isPresent()) {
                        Truth truth = Truth.of(records);
                        assertThat(findsPersons(truth, pool.get(), earlier) || findsAmounts(truth, pool.get(), earlier))
                                .as("seed %d, revision %d: %s after %s", seed, revision, summary, earlier)
                                .isFalse();
                        pools += earlier.isEmpty() ? 0 : 1;
                    }
                    released.add(summary);
                }
                records = care.correct(records);
            }
        }
        assertThat(pools).as("revisions with a pool").isGreaterThan(HISTORIES / 20);
    }

    @Test
    void theSameReaderFindsWhatRevisionsTellThatForgetTheEarlierOnes() {
        int found = 0;
        int refused = 0;
        for (int run = 0; run < HISTORIES; run++) {
            RandomCare care = new RandomCare(new SplittableRandom(FIRST_SEED + run));
            CareRecords first = care.records();
            CareRecords second = care.correct(first);
            Draft before = (Draft) first.protect(TestDefinitions.amounts(), List.of());
            Draft after = (Draft) second.protect(TestDefinitions.amounts(), List.of());
            List<Summary> earlier = List.of(roundTrip(TestDefinitions.amounts(), before));
            Summary summary = roundTrip(TestDefinitions.amounts(), after);
            Truth truth = Truth.of(second);
            Optional<Pool> pool = published(summary).flatMap(Published::pool);
            found += pool.isPresent() && findsPersons(truth, pool.get(), earlier) ? 1 : 0;
            refused += isRefused(summary, earlier) ? 1 : 0;
        }
        assertThat(found).as("pools that the reader sees through").isGreaterThan(HISTORIES / 50);
        assertThat(refused).as("revisions that receivers refuse").isGreaterThan(HISTORIES / 4);
    }

    private static boolean isRefused(Summary summary, List<Summary> earlier) {
        try {
            DisclosureCheck.verify(TestDefinitions.amounts(), summary, earlier, place -> false);
            return false;
        } catch (RefutedException e) {
            return true;
        }
    }

    private static Summary roundTrip(DatasetDefinition definition, Draft draft) {
        return Summary.parse(CareRecords.summary(draft.content()).encode(), definition);
    }
}
