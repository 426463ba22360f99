package se.samsyn.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.SubtreeMessage;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** A log that is listed with an Ed25519 and an ML-DSA-44 key, and one other member. */
class MlDsaCheckpointTest {
    private static final String ORIGIN = "own/log";
    private static final long NOW = 1_780_000_000L;

    private final SigningKey classic = TestKeys.signer(ORIGIN);
    private final SigningKey quantum = TestKeys.key(ORIGIN, KeyType.ML_DSA_44, "");
    private final SigningKey witness = TestKeys.witness("m1/witness");
    private final Quorum quorum = new Quorum(1, Map.of("m1", List.of(witness.verifierKey())));
    private final Checkpoint checkpoint = new Checkpoint(ORIGIN, new TreeHead(17, Hash.sha256(new byte[] {17})));
    private final String text = checkpoint.encode();
    private final SignatureLine cosignature = Cosignature.sign(witness, NOW, checkpoint);
    private final List<VerifierKey> both = List.of(classic.verifierKey(), quantum.verifierKey());

    @Test
    void carriesBothSignatures() {
        SignedNote note = note(classic.signNote(text), quantum.signNote(text), cosignature);

        assertThat(verify(note, both).votes()).isEqualTo(1);
    }

    @Test
    void whoeverDoesNotKnowTheKeyIgnoresItsLine() {
        SignedNote note = note(classic.signNote(text), quantum.signNote(text), cosignature);

        assertThat(verify(note, List.of(classic.verifierKey())).votes()).isEqualTo(1);
    }

    @Test
    void refusesACheckpointWithoutOneOfTheSignaturesThatItsLogIsListedWith() {
        assertThatThrownBy(() -> verify(note(classic.signNote(text), cosignature), both))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("no signature of type 0x06")
                .hasMessageContaining(quantum.verifierKey().ref());
        assertThatThrownBy(() -> verify(note(quantum.signNote(text), cosignature), both))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("no signature of type 0x01");
    }

    @Test
    void eitherOfTwoKeysOfATypeWillDo() {
        SigningKey next = TestKeys.key(ORIGIN, KeyType.ML_DSA_44, "next");
        List<VerifierKey> rotating = List.of(classic.verifierKey(), quantum.verifierKey(), next.verifierKey());

        assertThat(verify(note(classic.signNote(text), next.signNote(text), cosignature), rotating)
                        .votes())
                .isEqualTo(1);
    }

    @Test
    void refusesTheWholeNoteIfTheMlDsaLineFails() {
        SignatureLine good = quantum.signNote(text);
        byte[] blob = good.blob();
        blob[1000] ^= 1;
        SignedNote note = note(classic.signNote(text), new SignatureLine(good.name(), good.keyId(), blob), cosignature);

        assertThatThrownBy(() -> verify(note, both))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(
                        "signature line of " + quantum.verifierKey().ref());
    }

    @Test
    void anEndedKeyIsNotAskedForBeyondItsEnd() {
        KeyEnd end = new KeyEnd(quantum.verifierKey().ref(), ORIGIN, new TreeHead(16, Hash.sha256(new byte[] {16})));
        SignedNote note = note(classic.signNote(text), cosignature);

        assertThat(CosignedCheckpoint.verify(note, ORIGIN, both, quorum, List.of(end), NOW)
                        .votes())
                .isEqualTo(1);
    }

    @Test
    void refusesALogSignatureWithATime() {
        byte[] signature = quantum.sign(SubtreeMessage.encode(ORIGIN, NOW, checkpoint));
        byte[] blob = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(NOW)
                .put(signature)
                .array();
        VerifierKey key = quantum.verifierKey();
        SignedNote note = note(classic.signNote(text), new SignatureLine(key.name(), key.id(), blob), cosignature);

        assertThatThrownBy(() -> verify(note, both))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("with time " + NOW + ", expected 0");
    }

    /** Witnesses are enrolled with type 0x04 alone, so a line of type 0x06 under a witness's name is a stranger's. */
    @Test
    void attack12TwoTypesOfLineByOneWitnessAreOneVote() {
        SigningKey mlDsaWitness = TestKeys.key("m1/witness", KeyType.ML_DSA_44, "");
        SigningKey second = TestKeys.witness("m2/witness");
        Quorum two = new Quorum(2, Map.of("m1", List.of(witness.verifierKey()), "m2", List.of(second.verifierKey())));
        SignedNote note =
                note(classic.signNote(text), quantum.signNote(text), cosignature, mlDsaWitness.signNote(text));

        CosignedCheckpoint verified = CosignedCheckpoint.verify(note, ORIGIN, both, two, NOW);

        assertThat(verified.votes()).isEqualTo(1);
        assertThatThrownBy(verified::requireQuorum).hasMessageContaining("has 1 votes, expected 2 of 2");
        assertThatThrownBy(() -> new Quorum(1, Map.of("m1", List.of(mlDsaWitness.verifierKey()))))
                .hasMessageContaining("expected 0x04");
    }

    @Test
    void theLogKeepsBothLinesWhenItMergesCosignatures() {
        SignedNote signed = note(classic.signNote(text), quantum.signNote(text));

        SignedNote merged = CosignedCheckpoint.merge(signed, List.of(cosignature), quorum, NOW);

        assertThat(merged.signatures()).containsExactly(classic.signNote(text), quantum.signNote(text), cosignature);
        assertThat(new AddCheckpointRequest(0, List.of(), merged).encode()).hasSizeLessThan(5_000);
    }

    private CosignedCheckpoint verify(SignedNote note, List<VerifierKey> logKeys) {
        return CosignedCheckpoint.verify(note, ORIGIN, logKeys, quorum, NOW);
    }

    private SignedNote note(SignatureLine... lines) {
        return SignedNote.of(text, List.of(lines));
    }
}
