package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;

class EntryBundleTest {
    @Test
    void prefixesEachEntryWithItsLength() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[] {7}, new byte[0], new byte[] {8, 9}));

        assertThat(bundle).containsExactly(0, 1, 7, 0, 0, 0, 2, 8, 9);
        assertThat(EntryBundle.parse(bundle, 3)).containsExactly(new byte[] {7}, new byte[0], new byte[] {8, 9});
    }

    @Test
    void readsWhatItWrites() {
        long seed = 99;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            List<byte[]> entries = new ArrayList<>();
            for (int i = random.nextInt(1, 257); i > 0; i--) {
                byte[] entry = new byte[random.nextInt(300)];
                random.nextBytes(entry);
                entries.add(entry);
            }
            assertThat(EntryBundle.parse(EntryBundle.encode(entries), entries.size()))
                    .as("seed %d, round %d", seed, round)
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(entries);
        }
    }

    @Test
    void holdsTheLongestEntryAndNoLonger() {
        byte[] longest = new byte[EntryBundle.MAX_ENTRY_LENGTH];

        assertThat(EntryBundle.parse(EntryBundle.encode(List.of(longest)), 1)).containsExactly(longest);
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[EntryBundle.MAX_ENTRY_LENGTH + 1])))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at most 65535 bytes");
    }

    @Test
    void refusesFewerAndMoreEntriesThanItsPathSays() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[] {7}, new byte[] {8}));

        assertThatThrownBy(() -> EntryBundle.parse(bundle, 3))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("ends within entry 2, expected 3");
        assertThatThrownBy(() -> EntryBundle.parse(bundle, 1))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("3 bytes after its 1 entries");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 257})
    void refusesWidthsThatNoTileHas(int width) {
        assertThatThrownBy(() -> EntryBundle.parse(new byte[600], width)).isInstanceOf(MalformedException.class);
        List<byte[]> entries = Collections.nCopies(Math.max(width, 0), new byte[0]);
        assertThatThrownBy(() -> EntryBundle.encode(entries)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesWhatItWouldNotWrite() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[] {7, 7, 7}, new byte[0], new byte[] {8, 9}));

        Mutation.check(bundle, 20_000, 3, bytes -> EntryBundle.encode(EntryBundle.parse(bytes, 3)));
    }
}
