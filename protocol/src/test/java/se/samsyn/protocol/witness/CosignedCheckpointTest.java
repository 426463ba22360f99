package se.samsyn.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifiedSignature;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** A log with six other members, m1 to m6, and a quorum of five. */
class CosignedCheckpointTest {
    private static final long NOW = 1_780_000_000L;
    private static final String ORIGIN = "own/log";

    private final SigningKey log = TestKeys.signer(ORIGIN);
    private final List<SigningKey> witnesses = IntStream.rangeClosed(1, 6)
            .mapToObj(i -> TestKeys.witness("m" + i + "/witness"))
            .toList();
    private final Quorum quorum = new Quorum(5, keys());
    private final Checkpoint checkpoint = new Checkpoint(ORIGIN, new TreeHead(17, Hash.sha256(new byte[] {17})));
    private final SignedNote signed = SignedNote.of(checkpoint.encode(), List.of(log.signNote(checkpoint.encode())));

    @Test
    void countsOneVoteAMember() {
        CosignedCheckpoint verified = verify(cosigned(6));

        assertThat(verified.checkpoint()).isEqualTo(checkpoint);
        assertThat(verified.votes()).isEqualTo(6);
        assertThat(verified.voteTimes()).containsEntry("m1", NOW + 1).containsEntry("m6", NOW + 6);
        verified.requireQuorum();
    }

    @Test
    void hasNoQuorumBelowTheThreshold() {
        CosignedCheckpoint verified = verify(cosigned(4));

        assertThat(verified.hasQuorum()).isFalse();
        assertThat(verified.timeSeconds()).isZero();
        assertThatThrownBy(verified::requireQuorum)
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has 4 votes, expected 5 of 6");
        assertThat(verify(signed).votes()).isZero();
    }

    @Test
    void itsTimeIsTheOneThatAQuorumVouchesFor() {
        assertThat(verify(cosigned(5)).timeSeconds()).isEqualTo(NOW + 1);
        assertThat(verify(cosigned(6)).timeSeconds()).isEqualTo(NOW + 2);
    }

    @Test
    void attack12DuplicateLinesDoNotDoubleAVote() {
        SignedNote note = cosigned(4).with(cosign(1, NOW)).with(cosign(1, NOW)).with(cosign(1, NOW + 200));

        CosignedCheckpoint verified = verify(note);

        assertThat(verified.votes()).isEqualTo(4);
        assertThat(verified.voteTimes()).containsEntry("m1", NOW + 200);
    }

    @Test
    void twoKeysOfOneMemberAreOneVote() {
        SigningKey second = TestKeys.key("m1/witness", KeyType.COSIGNATURE, "second");
        Map<String, List<VerifierKey>> keys = keys();
        keys.put("m1", List.of(witnesses.get(0).verifierKey(), second.verifierKey()));
        SignedNote note = cosigned(4).with(Cosignature.sign(second, NOW + 100, checkpoint));

        CosignedCheckpoint verified =
                CosignedCheckpoint.verify(note, ORIGIN, List.of(log.verifierKey()), new Quorum(5, keys), NOW);

        assertThat(verified.votes()).isEqualTo(4);
        assertThat(verified.voteTimes()).containsEntry("m1", NOW + 100);
    }

    @Test
    void attack13RefusesALineOfTheLogsOwnWitness() {
        SignatureLine own = Cosignature.sign(TestKeys.witness("own/witness"), NOW, checkpoint);

        assertThatThrownBy(() -> verify(cosigned(6).with(own)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("own/witness: a node never cosigns its own log");
    }

    @Test
    void attack14CosignaturesDatedAheadAreNotCountedAndDoNotHarm() {
        SignedNote note = cosigned(4).with(cosign(5, NOW + 301));

        assertThat(verify(note).votes()).isEqualTo(4);
        assertThat(verify(cosigned(4).with(cosign(5, NOW + 300))).votes()).isEqualTo(5);
        assertThat(verify(cosigned(4).with(cosign(5, Long.MAX_VALUE))).votes()).isEqualTo(4);
    }

    @Test
    void attack09RefusesACosignatureMovedFromAnotherCheckpoint() {
        Checkpoint other = new Checkpoint(ORIGIN, new TreeHead(18, Hash.sha256(new byte[] {18})));
        SignatureLine moved = Cosignature.sign(witnesses.get(0), NOW, other);

        assertThatThrownBy(() -> verify(signed.with(moved))).isInstanceOf(RefutedException.class);
    }

    @Test
    void attack10ACosignatureRelabelledToAnotherWitnessIsRefusedOrIgnored() {
        SignatureLine genuine = cosign(1, NOW);
        VerifierKey second = witnesses.get(1).verifierKey();
        SignatureLine relabelled = new SignatureLine(second.name(), second.id(), genuine.blob());
        SignatureLine renamed = new SignatureLine(second.name(), genuine.keyId(), genuine.blob());

        assertThatThrownBy(() -> verify(signed.with(relabelled))).isInstanceOf(RefutedException.class);
        assertThat(verify(signed.with(renamed)).votes()).isZero();
    }

    @Test
    void attack15RefusesACheckpointThatItsLogDidNotSign() {
        SigningKey otherLog = TestKeys.signer("m1/log");
        List<SignatureLine> cosignatures = cosigned(6).signatures().subList(1, 7);
        SignedNote unsigned = SignedNote.of(checkpoint.encode(), cosignatures);
        SignedNote byAnother = unsigned.with(otherLog.signNote(checkpoint.encode()));

        for (SignedNote note : List.of(unsigned, byAnother)) {
            assertThatThrownBy(() -> verify(note))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("no signature by a key of that log");
        }
    }

    @Test
    void attack16RefusesACheckpointOfAnotherLogSignedByATrustedKey() {
        Checkpoint foreign = new Checkpoint("m1/log", checkpoint.head());
        SignedNote note = SignedNote.of(foreign.encode(), List.of(log.signNote(foreign.encode())));

        assertThatThrownBy(() -> verify(note))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("checkpoint is of m1/log, expected own/log");
    }

    @Test
    void refusesANoteWhoseTextIsNoCheckpoint() {
        String extended = checkpoint.encode() + "extension\n";
        SignedNote note = SignedNote.of(extended, List.of(log.signNote(extended)));

        assertThatThrownBy(() -> verify(note)).isInstanceOf(MalformedException.class);
    }

    @Test
    void attack17RefusesAKnownLineThatFailsAndIgnoresAnUnknownOne() {
        SignatureLine genuine = cosign(1, NOW);
        byte[] blob = genuine.blob();
        blob[70] ^= 1;
        SignatureLine corrupt = new SignatureLine(genuine.name(), genuine.keyId(), blob);
        SignatureLine grease = new SignatureLine("grease", 1, new byte[5]);

        assertThatThrownBy(() -> verify(cosigned(6).with(corrupt))).isInstanceOf(RefutedException.class);
        assertThat(verify(cosigned(6).with(grease)).votes()).isEqualTo(6);
    }

    @Test
    void anEndedKeysWordDoesNotCountBeyondItsEnd() {
        String witness = witnesses.get(0).verifierKey().ref();
        TreeHead same = checkpoint.head();
        TreeHead earlier = new TreeHead(16, same.root());
        TreeHead forked = new TreeHead(17, Hash.sha256(new byte[] {99}));

        assertThat(votes(new KeyEnd(witness, ORIGIN, same))).isEqualTo(6);
        assertThat(votes(new KeyEnd(witness, ORIGIN, earlier))).isEqualTo(5);
        assertThat(votes(new KeyEnd(witness, ORIGIN, forked))).isEqualTo(5);
        assertThat(votes(new KeyEnd(witness, "m2/log", earlier))).isEqualTo(6);
        assertThat(votes(new KeyEnd(log.verifierKey().ref(), ORIGIN, same))).isEqualTo(6);
        assertThatThrownBy(() -> votes(new KeyEnd(log.verifierKey().ref(), ORIGIN, earlier)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("no signature by a key of that log");
    }

    @Test
    void mergesWhatCountsIntoOneNote() {
        List<SignatureLine> collected = new ArrayList<>();
        collected.add(cosign(3, NOW));
        collected.add(cosign(2, NOW));
        collected.add(cosign(2, NOW + 10));
        collected.add(cosign(2, NOW + 5));
        collected.add(cosign(4, NOW + 301));
        collected.add(Cosignature.sign(TestKeys.witness("own/witness"), NOW, checkpoint));
        collected.add(Cosignature.sign(TestKeys.witness("stranger/witness"), NOW, checkpoint));
        collected.add(
                new SignatureLine("m5/witness", witnesses.get(4).verifierKey().id(), new byte[72]));
        SignedNote before = signed.with(cosign(1, NOW - 50)).with(cosign(3, NOW - 50));

        SignedNote merged = CosignedCheckpoint.merge(before, collected, quorum, NOW);

        assertThat(merged.signatures())
                .containsExactly(signed.signatures().get(0), cosign(1, NOW - 50), cosign(2, NOW + 10), cosign(3, NOW));
        assertThat(verify(merged).votes()).isEqualTo(3);
        assertThat(CosignedCheckpoint.merge(merged, collected, quorum, NOW)).isEqualTo(merged);
    }

    @Test
    void mergesAllLinesOfTheLogsOwnKeysFirst() {
        SigningKey second = TestKeys.key(ORIGIN, KeyType.ED25519, "second");
        SignatureLine line = second.signNote(checkpoint.encode());
        SignedNote both = signed.with(cosign(1, NOW)).with(line).with(line);

        assertThat(CosignedCheckpoint.merge(both, List.of(), quorum, NOW).signatures())
                .containsExactly(signed.signatures().get(0), line, cosign(1, NOW));
    }

    @Test
    void mergesOneLineAMemberWhereAllWouldBeTooMany() {
        List<SigningKey> rotating = IntStream.range(0, SignedNote.MAX_SIGNATURES)
                .mapToObj(i -> TestKeys.key("m1/witness", KeyType.COSIGNATURE, "number " + i))
                .toList();
        Map<String, List<VerifierKey>> keys = keys();
        keys.put("m1", rotating.stream().map(SigningKey::verifierKey).toList());
        List<SignatureLine> collected = new ArrayList<>(List.of(cosign(2, NOW)));
        for (int i = 0; i < rotating.size(); i++) {
            collected.add(Cosignature.sign(rotating.get(i), NOW + i, checkpoint));
        }

        SignedNote merged = CosignedCheckpoint.merge(signed, collected, new Quorum(5, keys), NOW);

        assertThat(merged.signatures()).containsExactly(signed.signatures().get(0), collected.get(100), cosign(2, NOW));
    }

    @Test
    void aWitnessVerifiesAnothersLine() {
        VerifierKey first = witnesses.get(0).verifierKey();

        assertThat(Cosignature.verify(cosign(1, NOW), checkpoint, first)).isEqualTo(new VerifiedSignature(first, NOW));
        assertThatThrownBy(() -> Cosignature.verify(cosign(2, NOW), checkpoint, first))
                .isInstanceOf(RefutedException.class);
    }

    private long votes(KeyEnd end) {
        return CosignedCheckpoint.verify(cosigned(6), ORIGIN, List.of(log.verifierKey()), quorum, List.of(end), NOW)
                .votes();
    }

    private CosignedCheckpoint verify(SignedNote note) {
        return CosignedCheckpoint.verify(note, ORIGIN, List.of(log.verifierKey()), quorum, NOW);
    }

    /** The checkpoint with cosignatures of the first members, each a second later. */
    private SignedNote cosigned(int members) {
        SignedNote note = signed;
        for (int i = 1; i <= members; i++) {
            note = note.with(cosign(i, NOW + i));
        }
        return note;
    }

    private SignatureLine cosign(int member, long time) {
        return Cosignature.sign(witnesses.get(member - 1), time, checkpoint);
    }

    private Map<String, List<VerifierKey>> keys() {
        Map<String, List<VerifierKey>> keys = new TreeMap<>();
        for (int i = 1; i <= 6; i++) {
            keys.put("m" + i, List.of(witnesses.get(i - 1).verifierKey()));
        }
        return keys;
    }
}
