package se.samsyn.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whichever order, nothing is lost, nothing doubled, and who lies is found out. {@code -Dsamsyn.histories=N} says how
 * many histories, {@code -Dsamsyn.histories.seed=S} with which seed they begin.
 */
class GeneratedHistoriesTest {
    private static final long FIRST_SEED = Long.getLong("samsyn.histories.seed", 1);
    private static final int HISTORIES = Integer.getInteger("samsyn.histories", 20);
    private static final int MAX_SHOWN = 3;

    @Test
    void losesNothingDoublesNothingAndProvesEveryContradictionWhateverHappens() {
        Collection<String> failures = new ConcurrentLinkedQueue<>();
        AtomicLong next = new AtomicLong(FIRST_SEED);
        // each history has one thread, but there may be several of them
        CompletableFuture<?>[] unfolding = IntStream.range(
                        0, Runtime.getRuntime().availableProcessors())
                .mapToObj(thread ->
                        CompletableFuture.runAsync(() -> unfold(next, failures), work -> new Thread(work).start()))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(unfolding).join();
        assertThat(failures).as("histories that break a promise").isEmpty();
    }

    private static void unfold(AtomicLong next, Collection<String> failures) {
        try (Stores stores = new Stores()) {
            while (failures.size() < MAX_SHOWN) {
                long seed = next.getAndIncrement();
                if (seed >= FIRST_SEED + HISTORIES) {
                    return;
                }
                Ending ending = Ending.of(seed, stores);
                if (!ending.faults().isEmpty()) {
                    failures.add(ending.toString());
                }
            }
        }
    }

    @Test
    void givesTheSameHistoryFromTheSameSeed() {
        try (Stores stores = new Stores()) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + 2; seed++) {
                Ending first = Ending.of(seed, stores);
                Ending second = Ending.of(seed, stores);
                assertThat(second.operations()).isEqualTo(first.operations());
                assertThat(second.views()).isNotEmpty().isEqualTo(first.views());
            }
        }
    }
}
