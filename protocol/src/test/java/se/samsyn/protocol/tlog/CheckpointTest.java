package se.samsyn.protocol.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;
import se.samsyn.protocol.RefutedException;

class CheckpointTest {
    private static final String ROOT = "4InzFaxNfRugUiZ5j0MtdQ4JIpwtPj4gktoBphdRi98=";
    private static final String TEXT = "skane.swetrial.example/log\n70000\n" + ROOT + "\n";

    @Test
    void hasThreeLines() {
        Checkpoint checkpoint = Checkpoint.parse(TEXT);

        assertThat(checkpoint.origin()).isEqualTo("skane.swetrial.example/log");
        assertThat(checkpoint.head()).isEqualTo(new TreeHead(70_000, Hash.parseBase64(ROOT)));
        assertThat(checkpoint.encode()).isEqualTo(TEXT);
    }

    @Test
    void ofAnEmptyLogHasTheRootOfNothing() {
        String empty = "a/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

        assertThat(Checkpoint.parse(empty).head()).isEqualTo(TreeHead.EMPTY);
        assertThat(new Checkpoint("a/log", TreeHead.EMPTY).encode()).isEqualTo(empty);
        assertThatThrownBy(() -> Checkpoint.parse("a/log\n0\n" + ROOT + "\n"))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("a tree of size 0 has root e3b0c442");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "+5",
                "05",
                "00",
                "",
                " 5",
                "5 ",
                "0x5",
                "5.0",
                "9223372036854775808",
                "99999999999999999999"
            })
    void attack08RefusesASizeThatIsNotSpelledCanonically(String size) {
        assertThatThrownBy(() -> Checkpoint.parse("a/log\n" + size + "\n" + ROOT + "\n"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("the size in the checkpoint");
    }

    @Test
    void attack20RefusesExtensionLines() {
        for (String extended : new String[] {TEXT + "extension\n", TEXT + "\n", TEXT + "\n\n", TEXT + "x"}) {
            assertThatThrownBy(() -> Checkpoint.parse(extended))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("exactly three lines");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/log\n",
                "a/log\n5\n",
                "a/log\n5\n" + ROOT, // no final line feed
                "\n5\n" + ROOT + "\n", // no origin
                "a\r\n5\n" + ROOT + "\n",
                "a/log\n5\n4InzFaxNfRugUiZ5j0MtdQ4JIpwtPj4gktoBphdRi98\n", // no padding
                "a/log\n5\n4InzFaxNfRugUiZ5j0MtdQ4JIpwtPj4gktoBphdRi99=\n", // bits beyond the bytes
                "a/log\n5\n4InzFaxNfRugUiZ5j0MtdQ4JIpwtPj4gktoBphdRiw==\n", // 31 bytes
                "a/log\n5\n e0000000000000000000000000000000000000000000=\n"
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void boundsItsOrigin() {
        String longest = "o".repeat(Checkpoint.MAX_ORIGIN_LENGTH);

        assertThat(Checkpoint.parse(longest + "\n5\n" + ROOT + "\n").origin()).isEqualTo(longest);
        assertThatThrownBy(() -> Checkpoint.parse(longest + "o\n5\n" + ROOT + "\n"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("1 to 255 bytes");
    }

    @Test
    void refusesNegativeSizes() {
        Hash root = Hash.parseBase64(ROOT);

        assertThatThrownBy(() -> new TreeHead(-1, root)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesWhatItWouldNotWrite() {
        Mutation.check(
                TEXT.getBytes(StandardCharsets.ISO_8859_1),
                20_000,
                1,
                bytes -> Checkpoint.parse(new String(bytes, StandardCharsets.ISO_8859_1))
                        .encode()
                        .getBytes(StandardCharsets.ISO_8859_1));
    }
}
