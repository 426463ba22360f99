package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;

class TilesOnceTest {
    private final List<String> asked = new ArrayList<>();
    private final TilesOnce tiles = new TilesOnce((level, index, minWidth) -> {
        asked.add(level + "/" + index + "/" + minWidth);
        return new byte[minWidth * Hash.LENGTH];
    });

    @Test
    void asksForATileOnce() {
        assertThat(tiles.tile(0, 1, 5)).hasSize(5 * Hash.LENGTH);
        assertThat(tiles.tile(0, 1, 3)).hasSize(5 * Hash.LENGTH);
        assertThat(tiles.tile(1, 1, 3)).hasSize(3 * Hash.LENGTH);

        assertThat(asked).containsExactly("0/1/5", "1/1/3");
    }

    @Test
    void asksAgainForMoreOfATile() {
        tiles.tile(0, 0, 2);

        assertThat(tiles.tile(0, 0, 7)).hasSize(7 * Hash.LENGTH);
        assertThat(asked).containsExactly("0/0/2", "0/0/7");
    }
}
