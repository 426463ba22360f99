package se.samsyn.node.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.summary.DisclosureCheck;
import se.samsyn.protocol.summary.Pool;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;

/**
 * Generated datasets of linked tables and nested measures, in successive revisions, against a reader who keeps everything
 * and shares nothing with the protector. {@code -Dsamsyn.datasets=N} says how many datasets, {@code
 * -Dsamsyn.datasets.seed=S} with which seed they begin.
 */
class LinkedAttackPropertyTest {
    private static final int DATASETS = Integer.getInteger("samsyn.datasets", 15);
    private static final long FIRST_SEED = Long.getLong("samsyn.datasets.seed", 9_000_000);
    private static final int REVISIONS = 3;

    @Test
    void noPooledCellOfLinkedTablesIsFoundMoreExactlyThanPromised() {
        int pooled = 0;
        int revised = 0;
        int questions = 0;
        int unanswered = 0;
        for (int run = 0; run < DATASETS; run++) {
            long seed = FIRST_SEED + run;
            SplittableRandom random = new SplittableRandom(seed);
            LinkedCare care = LinkedCare.of(random);
            List<Summary> released = new ArrayList<>();
            for (int revision = 0; revision < REVISIONS; revision++) {
                DatasetDefinition definition = care.definition();
                Protection protection =
                        Protector.protect(definition, care.tabulation(), Protector.NOT_RAISED, released);
                if (protection instanceof Draft draft) {
                    Summary summary =
                            Summary.parse(CareRecords.summary(draft.content()).encode(), definition);
                    List<Summary> earlier = List.copyOf(released);
                    assertThatCode(() -> DisclosureCheck.verify(definition, summary, earlier, place -> false))
                            .as("seed %d, revision %d", seed, revision)
                            .doesNotThrowAnyException();
                    LinkedReader reader = new LinkedReader(care);
                    List<Optional<LinkedReader.Told>> now = told(summary);
                    assertThat(reader.find(now, List.of()))
                            .as("seed %d, revision %d alone: %s", seed, revision, summary)
                            .isEmpty();
                    if (!earlier.isEmpty()) {
                        assertThat(reader.find(
                                        now,
                                        earlier.stream()
                                                .map(LinkedAttackPropertyTest::told)
                                                .toList()))
                                .as("seed %d, revision %d: %s after %s", seed, revision, summary, earlier)
                                .isEmpty();
                        revised++;
                    }
                    questions += reader.questions();
                    unanswered += reader.open();
                    pooled += (int) now.stream()
                            .filter(told ->
                                    told.isPresent() && !told.get().pooled().isEmpty())
                            .count();
                    released.add(summary);
                }
                care = care.corrected(random);
            }
        }
        assertThat(pooled).as("tables with a pool").isGreaterThan(DATASETS);
        assertThat(revised).as("revisions").isGreaterThan(DATASETS / 10);
        assertThat(unanswered).as("ranges with a part left open").isLessThan(questions / 3);
    }

    @Test
    void theSameReaderFindsCellsWhereNothingIsProtectedTogether() {
        int found = 0;
        for (int run = 0; run < DATASETS; run++) {
            LinkedReader reader = new LinkedReader(LinkedCare.of(new SplittableRandom(FIRST_SEED + run)));
            found += reader.find(reader.careless(), List.of()).isPresent() ? 1 : 0;
        }
        assertThat(found).isGreaterThan(DATASETS * 3 / 4);
    }

    private static List<Optional<LinkedReader.Told>> told(Summary summary) {
        List<Optional<LinkedReader.Told>> told = new ArrayList<>();
        for (TableValues values : ((Tables) summary.content()).tables()) {
            told.add(values instanceof Published published ? Optional.of(told(published)) : Optional.empty());
        }
        return told;
    }

    private static LinkedReader.Told told(Published published) {
        Map<Integer, long[]> exact = new HashMap<>();
        published
                .cells()
                .forEach(cell -> exact.put(cell.position(), cell.values().toArray()));
        Set<Integer> pooled = new HashSet<>(published.pooled());
        long[] sum = published
                .pool()
                .map(Pool::values)
                .map(Values::toArray)
                .orElse(new long[published.table().measures().size()]);
        return new LinkedReader.Told(exact, pooled, sum);
    }
}
