package se.samsyn.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

class QuorumTest {
    private final VerifierKey a = TestKeys.witness("a/witness").verifierKey();
    private final VerifierKey b = TestKeys.witness("b/witness").verifierKey();

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 3", "6, 5", "9, 7", "20, 14"})
    void isMoreThanTwoThirdsOfTheOthers(int others, int threshold) {
        assertThat(Quorum.thresholdFor(others)).isEqualTo(threshold);
    }

    /** Two quorums share 2k−n witnesses, so fewer dishonest ones than that cannot make both. */
    @Test
    void twoQuorumsShareMoreThanAThirdOfTheOthers() {
        for (int others = 1; others <= 64; others++) {
            int shared = 2 * Quorum.thresholdFor(others) - others;
            assertThat(3 * shared).as("of %d others", others).isGreaterThan(others);
            assertThat(Quorum.thresholdFor(others)).isLessThanOrEqualTo(others);
        }
    }

    @Test
    void refusesAThresholdThatCannotBeMetOrIsNone() {
        Map<String, List<VerifierKey>> witnesses = Map.of("a", List.of(a), "b", List.of(b));

        assertThat(new Quorum(2, witnesses).keys()).containsExactly(a, b);
        for (int threshold : new int[] {-1, 0, 3}) {
            assertThatThrownBy(() -> new Quorum(threshold, witnesses))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("quorum of " + threshold);
        }
    }

    @Test
    void attack11RefusesOnePublicKeyUnderTwoNames() {
        VerifierKey renamed = VerifierKey.of("b/witness", KeyType.COSIGNATURE, a.publicKey());

        assertThatThrownBy(() -> new Quorum(1, Map.of("a", List.of(a), "b", List.of(renamed))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("is listed twice");
        assertThatThrownBy(() -> new Quorum(1, Map.of("a", List.of(a, a))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("is listed twice");
    }

    @Test
    void refusesMembersWithoutAWitnessAndKeysOfAnotherType() {
        VerifierKey log = TestKeys.signer("a/log").verifierKey();

        assertThatThrownBy(() -> new Quorum(1, Map.of("a", List.of())))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no witness key");
        assertThatThrownBy(() -> new Quorum(1, Map.of("a", List.of(log))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("expected 0x04");
    }
}
