package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;

class TileMemoryTest {
    private static final NaiveTree TREE = NaiveTree.ofSize(700);
    private static final TreeHead HEAD = TREE.head(700);

    private final TileMemory memory = new TileMemory(TileMemory.RIGHT_EDGE);
    private final Map<String, byte[]> stored = new TreeMap<>();

    private TileTree tree() {
        return new TileTree(
                (level, index, minWidth) -> stored.get(level + "/" + index).clone(), memory);
    }

    private TreeHead append(int oldSize, List<Hash> leaves) {
        TileTree.Appended grown = tree().append(oldSize, leaves);
        grown.tiles()
                .forEach(tile ->
                        stored.put(tile.tile().level() + "/" + tile.tile().index(), tile.bytes()));
        return grown.head();
    }

    @Test
    void everyFlippedByteOfARememberedTileShowsInTheRootAsLongAsItIsThere() {
        append(0, TREE.leaves());
        SplittableRandom random = new SplittableRandom(1);
        for (String place : List.of("0/2", "1/0")) {
            byte[] tile = stored.get(place);
            for (int round = 0; round < 100; round++) {
                int at = random.nextInt(tile.length);
                byte[] flipped = tile.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));

                stored.put(place, flipped);
                assertThat(tree().head(700)).as("byte %d of %s", at, place).isNotEqualTo(HEAD);
                stored.put(place, tile);
                assertThat(tree().head(700)).as("byte %d of %s", at, place).isEqualTo(HEAD);
            }
        }
    }

    @Test
    void aGrowthThatWasNotKeptLeavesNothingBehind() {
        append(0, TREE.leaves().subList(0, 300));
        tree().append(300, IntStream.range(0, 400).mapToObj(i -> Hash.sha256()).toList());

        assertThat(tree().head(300)).isEqualTo(TREE.head(300));
        assertThat(append(300, TREE.leaves().subList(300, 700))).isEqualTo(HEAD);
    }

    @Test
    void tellsTheRootOfATileThatIsNarrowerThanTheOneRemembered() {
        append(0, TREE.leaves());

        stored.replaceAll((place, tile) -> tile.length == 700 % 256 * Hash.LENGTH ? new byte[Hash.LENGTH] : tile);
        assertThat(TREE.head(513)).isNotEqualTo(tree().head(513));
        assertThat(tree().head(512)).isEqualTo(TREE.head(512));
    }

    @Test
    void remembersNoMoreThanItMay() {
        for (int max : new int[] {0, 1, 2}) {
            TileMemory few = new TileMemory(max);
            HashedTile first = few.tile(0, 0, new byte[Hash.LENGTH]);
            few.tile(0, 1, new byte[Hash.LENGTH]);
            few.tile(0, 0, new byte[Hash.LENGTH]);
            assertThat(few.tile(0, 0, new byte[Hash.LENGTH]) == first)
                    .as("of two tiles, with %d remembered", max)
                    .isEqualTo(max == 2);
        }
    }
}
