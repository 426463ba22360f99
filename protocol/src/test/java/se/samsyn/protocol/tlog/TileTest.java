package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;

class TileTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 273, 112, tile/0/273.p/112",
        "1, 1, 17, tile/1/001.p/17",
        "2, 0, 1, tile/2/000.p/1",
        "3, 1234067, 256, tile/3/x001/x234/067",
        "0, 1000, 255, tile/0/x001/000.p/255",
        "7, 0, 127, tile/7/000.p/127",
        "0, 36028797018963966, 256, tile/0/x036/x028/x797/x018/x963/966"
    })
    void pathsGroupTheIndexByThreeDigits(int level, long index, int width, String path) {
        Tile tile = new Tile(level, index, width);

        assertThat(TilePath.hashes(tile).encode()).isEqualTo(path);
        assertThat(TilePath.parse(path)).isEqualTo(TilePath.hashes(tile));
    }

    @Test
    void pathsOfEntryBundlesHaveAWordForALevel() {
        assertThat(TilePath.entries(273, 112).encode()).isEqualTo("tile/entries/273.p/112");
        assertThat(TilePath.parse("tile/entries/x001/234")).isEqualTo(TilePath.entries(1234, 256));
        assertThat(TilePath.parse("tile/entries/x001/234").kind()).isEqualTo(TilePath.Kind.ENTRIES);
        assertThatThrownBy(() -> new TilePath(TilePath.Kind.ENTRIES, new Tile(1, 0, 1)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aLogOf70000HasTheRightEdgeOfTheSpecification() {
        assertThat(Tile.rightEdge(70_000).stream()
                        .map(tile -> TilePath.hashes(tile).encode()))
                .containsExactly("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
        assertThat(Tile.rightEdge(0)).isEmpty();
        assertThat(Tile.rightEdge(256)).containsExactly(new Tile(1, 0, 1));
        assertThat(Tile.rightEdge(65_536)).containsExactly(new Tile(2, 0, 1));
        assertThat(Tile.rightEdge(Long.MAX_VALUE)).hasSize(8).endsWith(new Tile(7, 0, 127));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/0",
                "tile/0/0000",
                "tile/0/x000/000",
                "tile/0/001/000",
                "tile/0/x001",
                "tile/0/X001/000",
                "tile/00/000",
                "tile/8/000",
                "tile/-1/000",
                "tile/data/000",
                "tile/Entries/000",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/257",
                "tile/0/000.p",
                "tile/0/000.p/",
                "tile/0/../000",
                "tile/0/x../000",
                "tile/0/000%2e%2e",
                "tile/7/000.p/128",
                "tile/7/001.p/1",
                "tile/0/x036/x028/x797/x018/x963/968",
                "tile/0/x999/x999/x999/x999/x999/999",
                "tile/0/x001/x000/x000/x000/x000/x000/x000/000",
                "tile/0/٠٠٠"
            })
    void refusesOtherPaths(String path) {
        assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesPathsThatItWouldNotWrite() {
        for (String path : new String[] {"tile/entries/x001/x234/067.p/112", "tile/1/273", "tile/0/x001/234.p/5"}) {
            Mutation.check(
                    path.getBytes(StandardCharsets.ISO_8859_1),
                    20_000,
                    2,
                    bytes -> TilePath.parse(new String(bytes, StandardCharsets.ISO_8859_1))
                            .encode()
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
