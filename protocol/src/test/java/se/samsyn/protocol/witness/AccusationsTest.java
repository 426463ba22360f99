package se.samsyn.protocol.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

class AccusationsTest {
    private static final String ORIGIN = "a.example/log";
    private static final SigningKey LOG = key(ORIGIN, KeyType.ED25519);
    private static final SigningKey WITNESS = key("b.example/witness", KeyType.COSIGNATURE);
    private static final List<VerifierKey> KEYS = List.of(LOG.verifierKey(), WITNESS.verifierKey());

    @Test
    void areTheSameInWhateverOrderAndHoweverOftenTheEvidenceCame() {
        List<Evidence> all = new ArrayList<>();
        for (int size = 5; size < 10; size++) {
            for (int other = 2; other < 5; other++) {
                all.add(twoRoots(size, other, LOG));
                all.add(twoRoots(size, other, WITNESS));
            }
        }
        Accusations expected = Accusations.of(all, KEYS);
        assertThat(expected.all())
                .hasSize(2)
                .allMatch(proven -> proven.accusation().size() == 5);
        assertThat(expected.evidence()).hasSize(2);

        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(all, random);
            Accusations some = Accusations.of(all.subList(0, 10), KEYS);
            for (Evidence evidence : all) {
                some = some.with(evidence, KEYS);
            }
            assertThat(some.evidence()).isEqualTo(expected.evidence());
            assertThat(some.hasSameEffectAs(expected)).isTrue();
        }
    }

    @Test
    void growWorseByAnEarlierPositionOnly() {
        Accusations known = Accusations.of(List.of(twoRoots(7, 2, LOG)), KEYS);

        assertThat(known.isWorsenedBy(twoRoots(7, 3, LOG), KEYS)).isFalse();
        assertThat(known.isWorsenedBy(twoRoots(8, 2, LOG), KEYS)).isFalse();
        assertThat(known.isWorsenedBy(twoRoots(6, 2, LOG), KEYS)).isTrue();
        assertThat(known.isWorsenedBy(twoRoots(9, 2, WITNESS), KEYS)).isTrue();
    }

    @Test
    void silenceAKeyInThatLogFromThatSizeOn() {
        Accusations known = Accusations.of(List.of(twoRoots(7, 2, WITNESS)), KEYS);

        assertThat(known.silences(WITNESS.verifierKey(), ORIGIN, 6, List.of())).isFalse();
        assertThat(known.silences(WITNESS.verifierKey(), ORIGIN, 7, List.of())).isTrue();
        assertThat(known.silences(WITNESS.verifierKey(), "c.example/log", 7, List.of()))
                .isFalse();
        assertThat(known.silences(LOG.verifierKey(), ORIGIN, 7, List.of())).isFalse();
        assertThat(Accusations.NONE.silences(WITNESS.verifierKey(), ORIGIN, 7, List.of()))
                .isFalse();
    }

    @Test
    void areSettledByAnEndOfTheKeyInThatLog() {
        Accusations known = Accusations.of(List.of(twoRoots(7, 2, LOG)), KEYS);
        KeyEnd end = new KeyEnd(LOG.verifierKey().ref(), ORIGIN, head(9, 1));
        KeyEnd elsewhere = new KeyEnd(LOG.verifierKey().ref(), "c.example/log", head(9, 1));

        assertThat(known.againstLog(ORIGIN, KEYS, List.of(elsewhere))).isPresent();
        assertThat(known.againstLog(ORIGIN, KEYS, List.of(end))).isEmpty();
        assertThat(known.silences(LOG.verifierKey(), ORIGIN, 8, List.of(end))).isFalse();
    }

    @Test
    void areNotMadeOfWhatProvesNothing() {
        Evidence nothing = Evidence.of(signed(head(5, 1), LOG), signed(head(6, 2), LOG));

        assertThatThrownBy(() -> Accusations.NONE.with(nothing, KEYS)).isInstanceOf(RefutedException.class);
        assertThatThrownBy(() -> Accusations.NONE.isWorsenedBy(nothing, KEYS)).isInstanceOf(RefutedException.class);
    }

    private static Evidence twoRoots(long size, int other, SigningKey key) {
        return Evidence.of(signed(head(size, 1), key), signed(head(size, other), key));
    }

    private static SignedNote signed(TreeHead head, SigningKey key) {
        Checkpoint checkpoint = new Checkpoint(ORIGIN, head);
        return SignedNote.of(
                checkpoint.encode(),
                List.of(
                        key.verifierKey().type() == KeyType.COSIGNATURE
                                ? Cosignature.sign(key, 100, checkpoint)
                                : key.signNote(checkpoint.encode())));
    }

    private static TreeHead head(long size, int of) {
        return new TreeHead(size, Hash.sha256(new byte[] {(byte) of}));
    }

    private static SigningKey key(String name, KeyType type) {
        return SigningKey.of(name, type, Hash.sha256(name.getBytes(UTF_8)).toByteArray());
    }
}
