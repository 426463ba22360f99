package se.samsyn.node.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AliasesTest {
    private static final List<List<String>> TRIALS =
            List.of(List.of("b", "c"), List.of("a", "d"), List.of("e"), List.of("c", "d"), List.of("f", "g"));

    @Test
    void joinsRowsThatShareANumberAlsoByWayOfAThird() {
        assertThat(Aliases.smallest(TRIALS))
                .isEqualTo(Map.of("a", "a", "b", "a", "c", "a", "d", "a", "e", "e", "f", "f", "g", "f"));
    }

    @Test
    void givesTheSameInEveryOrder() {
        for (long seed = 0; seed < 50; seed++) {
            List<List<String>> shuffled = new ArrayList<>(TRIALS);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(Aliases.smallest(shuffled)).as("seed %d", seed).isEqualTo(Aliases.smallest(TRIALS));
        }
    }
}
