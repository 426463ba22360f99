package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;

class TileTreeTest {
    private static final int MAX_SIZE = 70_000;
    private static final NaiveTree TREE = NaiveTree.ofSize(MAX_SIZE);

    @Test
    void growsToTheSameTreeInWhateverSteps() {
        long seed = 6962;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 4; round++) {
            Map<TilePath, byte[]> store = new HashMap<>();
            TileMemory memory = new TileMemory(4 * round);
            int size = 0;
            while (size < MAX_SIZE) {
                int step = Math.min(MAX_SIZE - size, random.nextInt(round == 0 ? 600 : 20_000));
                TileTree.Appended grown = new TileTree(source(store), memory)
                        .append(size, TREE.leaves().subList(size, size + step));
                for (ChangedTile tile : grown.tiles()) {
                    store.put(at(tile.tile().level(), tile.tile().index()), tile.bytes());
                }
                size += step;
                assertThat(grown.head())
                        .as("seed %d, round %d, size %d", seed, round, size)
                        .isEqualTo(TREE.head(size));
            }
            assertTiles(store);
        }
    }

    @Test
    void tellsExactlyTheTilesThatChanged() {
        for (int[] step :
                new int[][] {{0, 1}, {255, 256}, {255, 257}, {256, 256}, {250, 1100}, {65_535, 65_536}, {65_536, 66_000}
                }) {
            TileSource before = TREE.tiles(step[0]);
            TileTree.Appended grown =
                    new TileTree(before).append(step[0], TREE.leaves().subList(step[0], step[1]));
            Set<TilePath> expected = new HashSet<>();
            for (int level = 0; Tile.hashes(level, step[1]) > 0; level++) {
                long from = Tile.hashes(level, step[0]);
                long to = Tile.hashes(level, step[1]);
                for (long hash = from; hash < to; hash++) {
                    long index = hash / Tile.WIDTH;
                    int width = (int) Math.min(Tile.WIDTH, to - index * Tile.WIDTH);
                    expected.add(TilePath.hashes(new Tile(level, index, width)));
                }
            }
            assertThat(grown.tiles().stream().map(tile -> TilePath.hashes(tile.tile())))
                    .as("from %d to %d", step[0], step[1])
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void provesAsTheDefinitionSays() {
        long seed = 9162;
        SplittableRandom random = new SplittableRandom(seed);
        TileTree tiles = new TileTree(TREE.tiles(MAX_SIZE));
        for (int round = 0; round < 60; round++) {
            int size = random.nextInt(1, MAX_SIZE + 1);
            int index = random.nextInt(size);
            TreeHead head = tiles.head(size);
            assertThat(head).as("seed %d, round %d, size %d", seed, round, size).isEqualTo(TREE.head(size));
            InclusionProof.verify(TREE.leaves().get(index), index, head, MerkleTree.inclusionProof(index, size, tiles));
            ConsistencyProof.verify(tiles.head(index), head, MerkleTree.consistencyProof(index, size, tiles));
        }
    }

    /** A reader of a log at some size must not need hashes that the log had only later. */
    @Test
    void asksForNoMoreThanTheTreeHas() {
        for (int size : new int[] {1, 255, 256, 257, 511, 65_535, 65_536, 65_537, MAX_SIZE}) {
            TileTree tiles = new TileTree(TREE.tiles(size));
            assertThat(tiles.head(size)).isEqualTo(TREE.head(size));
            assertThat(MerkleTree.inclusionProof(size - 1, size, tiles)).isNotNull();
            assertThat(MerkleTree.consistencyProof(size / 2, size, tiles)).isNotNull();
        }
    }

    @Test
    void refusesTilesOfAnotherWidth() {
        Hash leaf = TREE.leaves().get(0);
        for (int length : new int[] {0, 31, 33, 32 * 256 + 32}) {
            TileTree tree = new TileTree((level, index, minWidth) -> new byte[length]);
            assertThatThrownBy(() -> tree.subtree(0, 0))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("tile 0 of level 0 has " + length + " bytes, expected 1 to 256 hashes");
            assertThatThrownBy(() -> tree.append(1, List.of(leaf))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void refusesIndexesAndSizesThatAreNone() {
        SubtreeReader reader = TREE.reader();

        assertThatThrownBy(() -> MerkleTree.root(-1, reader)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.inclusionProof(5, 5, reader)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.inclusionProof(-1, 5, reader)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MerkleTree.consistencyProof(6, 5, reader))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertTiles(Map<TilePath, byte[]> store) {
        TileSource expected = TREE.tiles(MAX_SIZE);
        int tiles = 0;
        for (int level = 0; Tile.hashes(level, MAX_SIZE) > 0; level++) {
            long count = (Tile.hashes(level, MAX_SIZE) + Tile.WIDTH - 1) / Tile.WIDTH;
            for (long index = 0; index < count; index++, tiles++) {
                assertThat(store.get(at(level, index)))
                        .as("tile %d of level %d", index, level)
                        .isEqualTo(expected.tile(level, index, 1));
            }
        }
        assertThat(store).hasSize(tiles);
    }

    private static TileSource source(Map<TilePath, byte[]> store) {
        return (level, index, minWidth) -> store.getOrDefault(at(level, index), new byte[0]);
    }

    private static TilePath at(int level, long index) {
        return TilePath.hashes(new Tile(level, index, 1));
    }
}
