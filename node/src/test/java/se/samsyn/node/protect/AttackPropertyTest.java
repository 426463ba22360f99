package se.samsyn.node.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static se.samsyn.node.tabulate.TestDefinitions.K;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import se.samsyn.node.tabulate.TestDefinitions;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.DisclosureCheck;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;

/** Thousands of random tables against a reader who tries every table that agrees with what was published. */
class AttackPropertyTest {
    private static final int TABLES = 2_000;
    private static final long FIRST_SEED = 1_000_000;

    private static Published publish(DatasetDefinition definition, CareRecords records, int raisedK) {
        Draft draft = (Draft) Protector.protect(definition, records.tabulation(definition), raisedK, List.of());
        TableValues table = ((Tables) draft.content()).tables().get(0);
        return table instanceof Published published ? published : null;
    }

    /** Whether the reader finds a pooled cell whose persons he knows more exactly than promised. */
    private static boolean findsPersons(Truth truth, List<Integer> pool, List<Integer> published) {
        if (pool.isEmpty()) {
            return false;
        }
        long smallest = published.stream().mapToLong(truth::persons).min().orElse(Long.MAX_VALUE);
        Map<Integer, Long> least = new HashMap<>();
        Map<Integer, Long> most = new HashMap<>();
        for (int cell : pool) {
            least.put(cell, 1L);
            if (truth.persons(cell) <= smallest) {
                most.put(cell, smallest);
            }
        }
        Reader.Equation sum = new Reader.Equation(Set.copyOf(pool), truth.persons(pool));
        return Reader.widths(pool, least, most, List.of(sum)).stream().anyMatch(width -> width < K);
    }

    /** Whether a contributor, or a stranger, finds an amount in a pooled cell more exactly than to 15 % of the pool. */
    private static boolean findsAmounts(Truth truth, List<Integer> pool) {
        long sum = truth.amount(pool);
        List<String> attackers = new ArrayList<>(truth.contributions(pool).keySet());
        attackers.add("a stranger");
        for (String attacker : attackers) {
            for (int cell : pool) {
                List<Integer> others = new ArrayList<>(pool);
                others.remove((Integer) cell);
                long low = truth.contributions(List.of(cell)).getOrDefault(attacker, 0L);
                long high = sum - truth.contributions(others).getOrDefault(attacker, 0L);
                if ((high - low) * 100 < sum * 15) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isUnsafe(Truth truth, int cell, boolean withAmounts) {
        long largest = truth.contributions(List.of(cell)).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        boolean isDominated = largest * 100 > truth.amount(List.of(cell)) * 85;
        return truth.persons(cell) < K || (withAmounts && isDominated);
    }

    private static void againstRandomTables(DatasetDefinition definition, boolean withAmounts) {
        int broken = 0;
        int pools = 0;
        for (int run = 0; run < TABLES; run++) {
            long seed = FIRST_SEED + run;
            CareRecords records = new RandomCare(new SplittableRandom(seed)).records();
            Truth truth = Truth.of(records);
            Published published = publish(definition, records, Protector.NOT_RAISED);
            if (published != null) {
                List<Integer> cells =
                        published.cells().stream().map(Cell::position).toList();
                assertThat(cells).as("seed %d", seed).noneMatch(cell -> isUnsafe(truth, cell, withAmounts));
                assertThat(findsPersons(truth, published.pooled(), cells))
                        .as("seed %d: %s", seed, published)
                        .isFalse();
                assertThat(withAmounts && findsAmounts(truth, published.pooled()))
                        .as("seed %d: %s", seed, published)
                        .isFalse();
                pools += published.pooled().isEmpty() ? 0 : 1;
            }
            List<Integer> unsafe = truth.filled().stream()
                    .filter(cell -> isUnsafe(truth, cell, withAmounts))
                    .toList();
            List<Integer> rest = new ArrayList<>(truth.filled());
            rest.removeAll(unsafe);
            boolean amountsFound = withAmounts && findsAmounts(truth, unsafe);
            broken += findsPersons(truth, unsafe, rest) || amountsFound ? 1 : 0;
        }
        assertThat(pools).as("tables with a pool that stands").isGreaterThan(TABLES / 4);
        assertThat(broken).as("tables broken when only unsafe cells are pooled").isGreaterThan(TABLES / 4);
    }

    @Test
    void noCountIsFoundMoreExactlyThanPromised() {
        againstRandomTables(TestDefinitions.counts(), false);
    }

    @Test
    void noAmountIsFoundMoreExactlyThanPromised() {
        againstRandomTables(TestDefinitions.amounts(), true);
    }

    @Test
    void totalsStayExactAndReceiversAgree() {
        for (int run = 0; run < TABLES; run++) {
            long seed = FIRST_SEED + run;
            CareRecords records = new RandomCare(new SplittableRandom(seed)).records();
            Truth truth = Truth.of(records);
            Published published = publish(TestDefinitions.care(), records, Protector.NOT_RAISED);
            if (published == null) {
                continue;
            }
            assertThat(published.total().orElseThrow().get(0))
                    .as("seed %d", seed)
                    .isEqualTo(records.records().size());
            assertThat(published.total().orElseThrow().get(2))
                    .as("seed %d", seed)
                    .isEqualTo(truth.amount(truth.filled()));
            Summary summary = CareRecords.summary(new Tables(K, List.of(published)));
            assertThatCode(() -> DisclosureCheck.verify(
                            TestDefinitions.care(),
                            Summary.parse(summary.encode(), TestDefinitions.care()),
                            List.of(),
                            place -> false))
                    .as("seed %d", seed)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void raisingKNeverPublishesMore() {
        int fewer = 0;
        for (int run = 0; run < TABLES; run++) {
            long seed = FIRST_SEED + run;
            CareRecords records = new RandomCare(new SplittableRandom(seed)).records();
            List<Cell> before = cells(publish(TestDefinitions.amounts(), records, K));
            for (int k = K + 1; k < 12; k += 2) {
                List<Cell> after = cells(publish(TestDefinitions.amounts(), records, k));
                assertThat(before).as("seed %d, k = %d", seed, k).containsAll(after);
                fewer += after.size() < before.size() ? 1 : 0;
                before = after;
            }
        }
        assertThat(fewer).isGreaterThan(TABLES / 4);
    }

    private static List<Cell> cells(Published published) {
        return published == null ? List.of() : published.cells();
    }
}
