package se.samsyn.protocol.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.TestKeys;

class SignedNoteTest {
    private static final String LINE = "— name AAAAAAA=\n";

    private final SigningKey key = TestKeys.signer("skane.swetrial.example/log");

    @Test
    void readsTheNoteOfAPublicLog() {
        String note = "go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n\n"
                + "— sum.golang.org "
                + "Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=\n";
        VerifierKey sumdb = VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");

        SignedNote parsed = parse(note);

        assertThat(parsed.text()).startsWith("go.sum database tree\n35225469\n").endsWith("JCQ=\n");
        assertThat(parsed.encode()).isEqualTo(note.getBytes(StandardCharsets.UTF_8));
        assertThat(NoteVerifier.verify(parsed, List.of(sumdb)).signatures())
                .containsExactly(new VerifiedSignature(sumdb, 0));
    }

    @Test
    void splitsAtTheLastEmptyLine() {
        SignedNote note = SignedNote.of("a\n\nb\n", List.of(key.signNote("a\n\nb\n")));

        assertThat(SignedNote.parse(note.encode())).isEqualTo(note).hasSameHashCodeAs(note);
        assertThat(SignedNote.parse(note.encode()).text()).isEqualTo("a\n\nb\n");
    }

    @Test
    void readsWhatItWritesForRandomTexts() {
        long seed = 4711;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            String text = random.ints(random.nextInt(60), 0, 8)
                    .mapToObj(i -> List.of("\n", "a", "å", "—", " ", "\u007f", "😀", "+")
                            .get(i))
                    .collect(Collectors.joining("", "", "\n"));
            SignedNote note = SignedNote.of(text, List.of(key.signNote(text)));
            assertThat(SignedNote.parse(note.encode()))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(note);
        }
    }

    @Test
    void addsALineBelowTheOthers() {
        SignatureLine first = key.signNote("text\n");
        SignatureLine second = TestKeys.witness("w").cosignNote(1, "text\n");
        SignedNote note = SignedNote.of("text\n", List.of(first));

        assertThat(note.with(second).signatures()).containsExactly(first, second);
        assertThat(note.signatures()).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text\n",
                "text\n\n",
                "text\n" + LINE, // no empty line
                "text\n\n— name AAAAAAA=", // no final line feed
                "text\r\n\r\n— name AAAAAAA=\r\n",
                "text\r\n\n" + LINE,
                "text\u0000\n\n" + LINE,
                "text\t\n\n" + LINE,
                "text\n\n" + LINE + "\n", // an empty line too many
                "text\n\n" + LINE + "\n" + LINE + "x\n",
                "text\n\n- name AAAAAAA=\n", // hyphen
                "text\n\n– name AAAAAAA=\n", // en dash
                "text\n\n—name AAAAAAA=\n",
                "text\n\n—  AAAAAAA=\n",
                "text\n\n— name  AAAAAAA=\n",
                "text\n\n— name AAAAAAA= \n",
                "text\n\n— name AAAAAAA= more\n",
                "text\n\n— na+me AAAAAAA=\n",
                "text\n\n— name\n",
                "text\n\n— name \n",
                "text\n\n— name AAAAAA==\n", // a key ID and no signature
                "text\n\n— name AAAAAAA\n", // no padding
                "text\n\n— name AAAAAAB=\n", // bits beyond the bytes
                "text\n\n— name AAAA_AA=\n"
            })
    void attack19RefusesWhatIsNoNote(String note) {
        assertThatThrownBy(() -> parse(note)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] note = ("text\n\n" + LINE).getBytes(StandardCharsets.UTF_8);
        note[1] = (byte) 0xc3;

        assertThatThrownBy(() -> SignedNote.parse(note))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "100, true", "101, false", "10000, false"})
    void attack18BoundsTheNumberOfSignatures(int lines, boolean accepted) {
        String note = "text\n\n" + LINE.repeat(lines);

        if (accepted) {
            assertThat(parse(note).signatures()).hasSize(lines);
        } else {
            assertThatThrownBy(() -> parse(note))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("note has " + lines + " signature lines, expected 1 to 100");
        }
    }

    @Test
    void boundsItsLength() {
        String longest = "a"
                        .repeat(SignedNote.MAX_LENGTH
                                - 1
                                - "\n".length()
                                - key.signNote("a\n").encode().getBytes(StandardCharsets.UTF_8).length
                                - 1)
                + "\n";
        SignedNote note = SignedNote.of(longest, List.of(key.signNote(longest)));

        assertThat(note.encode()).hasSize(SignedNote.MAX_LENGTH);
        assertThat(SignedNote.parse(note.encode())).isEqualTo(note);
        String longer = "a" + longest;
        List<SignatureLine> lines = List.of(key.signNote(longer));
        assertThatThrownBy(() -> SignedNote.of(longer, lines)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> SignedNote.parse(new byte[SignedNote.MAX_LENGTH + 1]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("expected at most 1048576");
    }

    @Test
    void refusesToMakeANoteThatCouldNotBeRead() {
        List<SignatureLine> lines = List.of(key.signNote("text\n"));

        for (String text : List.of("", "text", "te\txt\n", "\ud800\n")) {
            assertThatThrownBy(() -> SignedNote.of(text, lines)).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> SignedNote.of("text\n", List.of())).isInstanceOf(MalformedException.class);
        List<SignatureLine> tooMany =
                IntStream.range(0, 101).mapToObj(i -> lines.get(0)).toList();
        assertThatThrownBy(() -> SignedNote.of("text\n", tooMany)).isInstanceOf(MalformedException.class);
    }

    private static SignedNote parse(String note) {
        return SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
    }
}
