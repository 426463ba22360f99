package se.samsyn.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in whichever order, nothing is lost, nothing doubled, and who lies is found out. {@code -Dsamsyn.histories=N} says how
 * many histories, {@code -Dsamsyn.histories.seed=S} with which seed they begin.
 */
class GeneratedHistoriesTest {
    private static final long FIRST_SEED = Long.getLong("samsyn.histories.seed", 1);
    private static final int HISTORIES = Integer.getInteger("samsyn.histories", 40);
    private static final int MAX_SHOWN = 3;

    @Test
    void losesNothingDoublesNothingAndProvesEveryContradictionWhateverHappens() {
        List<String> failures = new ArrayList<>();
        try (Stores stores = new Stores()) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES && failures.size() < MAX_SHOWN; seed++) {
                Ending ending = Ending.of(seed, stores);
                if (!ending.faults().isEmpty()) {
                    failures.add(ending.toString());
                }
            }
        }
        assertThat(failures).as("histories that break a promise").isEmpty();
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
