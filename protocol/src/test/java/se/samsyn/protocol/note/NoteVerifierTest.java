package se.samsyn.protocol.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;

class NoteVerifierTest {
    private static final String TEXT = "skane.swetrial.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

    private final SigningKey log = TestKeys.signer("skane.swetrial.example/log");
    private final SigningKey witness = TestKeys.witness("halland.swetrial.example/witness");
    private final SigningKey stranger = TestKeys.signer("stranger.example/log");
    private final List<VerifierKey> known = List.of(log.verifierKey(), witness.verifierKey());
    private final SignedNote note = SignedNote.of(TEXT, List.of(log.signNote(TEXT)));

    @Test
    void givesEachSignatureWithItsKeyAndTime() {
        SignedNote cosigned = note.with(witness.cosignNote(1_780_000_000L, TEXT));

        assertThat(NoteVerifier.verify(cosigned, known).signatures())
                .containsExactly(
                        new VerifiedSignature(log.verifierKey(), 0),
                        new VerifiedSignature(witness.verifierKey(), 1_780_000_000L));
    }

    @Test
    void ignoresLinesOfUnknownKeys() {
        SignedNote greased = note.with(new SignatureLine("grease", 7, new byte[] {1, 2, 3}))
                .with(new SignatureLine(
                        log.verifierKey().name(), log.verifierKey().id() + 1, new byte[64]))
                .with(new SignatureLine("other", log.verifierKey().id(), new byte[64]))
                .with(stranger.signNote(TEXT));

        assertThat(NoteVerifier.verify(greased, known).signatures()).hasSize(1);
    }

    @Test
    void refusesANoteWithAKnownLineThatFails() {
        for (SignatureLine corrupt : List.of(
                flip(witness.cosignNote(1_780_000_000L, TEXT), 40),
                flip(log.signNote(TEXT), 3),
                witness.cosignNote(1_780_000_000L, "another" + TEXT))) {
            SignedNote mixed = note.with(corrupt);
            assertThatThrownBy(() -> NoteVerifier.verify(mixed, known))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("signature line of " + corrupt.ref());
        }
    }

    @Test
    void verifiesEachOfSeveralLinesByOneKey() {
        SignedNote twice = note.with(witness.cosignNote(10, TEXT)).with(witness.cosignNote(20, TEXT));

        assertThat(NoteVerifier.verify(twice, known).signatures()).hasSize(3);
        SignedNote secondIsFalse = note.with(log.signNote("another\n"));
        assertThatThrownBy(() -> NoteVerifier.verify(secondIsFalse, known)).isInstanceOf(RefutedException.class);
    }

    @Test
    void refusesANoteWithoutAnyKnownSignature() {
        SignedNote strange = SignedNote.of(TEXT, List.of(stranger.signNote(TEXT)));

        assertThatThrownBy(() -> NoteVerifier.verify(strange, known))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("no signature by a known key");
    }

    @Test
    void refusesASignatureOverAnotherText() {
        SignedNote moved = SignedNote.of("another\n", List.of(log.signNote(TEXT)));

        assertThatThrownBy(() -> NoteVerifier.verify(moved, known)).isInstanceOf(RefutedException.class);
    }

    @Test
    void whatWasFoundToHoldSaysNothingOfAnotherTextAnotherSignatureOrAnotherKey() {
        SignatureLine held = log.signNote(TEXT);
        for (int time = 0; time < 2; time++) {
            assertThat(NoteVerifier.verify(note, known).signatures()).hasSize(1);
            for (SignedNote other :
                    List.of(SignedNote.of("another\n", List.of(held)), SignedNote.of(TEXT, List.of(flip(held, 3))))) {
                assertThatThrownBy(() -> NoteVerifier.verify(other, known)).isInstanceOf(RefutedException.class);
            }
            VerifierKey stranger = this.stranger.verifierKey();
            SignatureLine borrowed = new SignatureLine(stranger.name(), stranger.id(), held.blob());
            assertThatThrownBy(() -> NoteVerifier.verifyLine(borrowed, TEXT, stranger))
                    .isInstanceOf(RefutedException.class);
        }
    }

    @Test
    void attack14RefusesACosignatureWhoseTimeWasAltered() {
        SignatureLine line = witness.cosignNote(1_780_000_000L, TEXT);

        assertThatThrownBy(() -> NoteVerifier.verify(note.with(withTime(line, 1_780_000_001L)), known))
                .isInstanceOf(RefutedException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void attack14RefusesCosignaturesDatedOutsideTheRange(long time) {
        SignatureLine line = withTime(witness.cosignNote(1, TEXT), time);

        assertThatThrownBy(() -> NoteVerifier.verify(note.with(line), known))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has time " + Long.toUnsignedString(time) + ", expected 1 to 2^63-1");
    }

    @Test
    void acceptsTheLastSecond() {
        SignedNote late = note.with(witness.cosignNote(Long.MAX_VALUE, TEXT));

        assertThat(NoteVerifier.verify(late, known).signatures().get(1).timeSeconds())
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 65, 71, 72, 73})
    void refusesSignaturesOfAnotherLength(int length) {
        SignatureLine line =
                new SignatureLine(log.verifierKey().name(), log.verifierKey().id(), new byte[length]);

        assertThatThrownBy(() -> NoteVerifier.verify(note.with(line), known))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has " + length + " bytes, expected 64");
    }

    /** Such a pair takes some 2^16 attempts to find, so whoever lists keys must refuse it before. */
    @Test
    void doesNotGuessBetweenTwoKeysOfOneNameAndId() {
        List<VerifierKey> pair = List.of(
                VerifierKey.parse("collision.example/root+57b9f630+AYw/duF1fdW3PMRZRa9eL4Cobi2cO7+flUeC2YSDsCAK"),
                VerifierKey.parse("collision.example/root+57b9f630+ATmtU5u0frqlB2zGeo1oc2YCtjSMDAE04mG89PGQUrSQ"));

        assertThatThrownBy(() -> NoteVerifier.verify(note, pair))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two known keys are called collision.example/root+57b9f630");
    }

    @Test
    void refusesALineThatNamesAnotherKey() {
        assertThatThrownBy(() -> NoteVerifier.verifyLine(stranger.signNote(TEXT), TEXT, log.verifierKey()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("expected " + log.verifierKey().ref());
    }

    @Test
    void keysOnlySignAsTheirTypeDoes() {
        assertThatThrownBy(() -> log.cosignNote(1, TEXT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> witness.signNote(TEXT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> witness.cosignNote(0, TEXT)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SignatureLine flip(SignatureLine line, int index) {
        byte[] blob = line.blob();
        blob[index] ^= 1;
        return new SignatureLine(line.name(), line.keyId(), blob);
    }

    private static SignatureLine withTime(SignatureLine line, long time) {
        byte[] blob = line.blob();
        byte[] altered = ByteBuffer.allocate(blob.length)
                .putLong(time)
                .put(Arrays.copyOfRange(blob, Long.BYTES, blob.length))
                .array();
        return new SignatureLine(line.name(), line.keyId(), altered);
    }
}
