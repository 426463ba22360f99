package se.samsyn.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.SubtreeReader;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Evidence.Accusation;
import se.samsyn.protocol.witness.Evidence.Fault;

class EvidenceTest {
    private static final String ORIGIN = "a.example/log";
    private static final SigningKey LOG = key(ORIGIN, KeyType.ED25519);
    private static final SigningKey POST_QUANTUM = key(ORIGIN, KeyType.ML_DSA_44);
    private static final SigningKey WITNESS = key("b.example/witness", KeyType.COSIGNATURE);
    private static final SigningKey OTHER = key("c.example/witness", KeyType.COSIGNATURE);
    private static final List<VerifierKey> KEYS =
            List.of(LOG.verifierKey(), POST_QUANTUM.verifierKey(), WITNESS.verifierKey(), OTHER.verifierKey());

    private final List<Hash> honest = leaves("entry", 70);
    private final List<Hash> fork = forkAt(20, honest);

    @Test
    void provesTwoRootsOfOneSize() {
        Evidence evidence = Evidence.of(logged(head(honest, 30)), logged(head(fork, 30)));

        assertThat(evidence.verify(KEYS))
                .containsExactly(new Accusation(LOG.verifierKey(), Fault.TWO_ROOTS, ORIGIN, 30));
        assertThat(Evidence.parse(evidence.encode())).isEqualTo(evidence);
        assertThat(evidence.verify(KEYS).get(0).text())
                .isEqualTo(LOG.verifierKey().ref() + " signed two roots of one size, in a.example/log at size 30");
    }

    @Test
    void provesAPastThatWasRewrittenForEveryPairOfSizesBeyondTheFork() {
        for (int small = 21; small < 70; small += 3) {
            for (int large = small + 1; large <= 70; large += 5) {
                Evidence evidence = rewritten(small, large);
                assertThat(evidence.verify(KEYS))
                        .as("%d and %d", small, large)
                        .containsExactly(new Accusation(LOG.verifierKey(), Fault.REWRITTEN_PAST, ORIGIN, small));
                assertThat(Evidence.parse(evidence.encode())).isEqualTo(evidence);
            }
        }
    }

    @Test
    void provesWithEitherSignatureAlgorithm() {
        String one = new Checkpoint(ORIGIN, head(honest, 30)).encode();
        String two = new Checkpoint(ORIGIN, head(fork, 30)).encode();
        Evidence evidence = Evidence.of(
                SignedNote.of(one, List.of(LOG.signNote(one), POST_QUANTUM.signNote(one))),
                SignedNote.of(two, List.of(LOG.signNote(two), POST_QUANTUM.signNote(two))));

        assertThat(evidence.verify(KEYS))
                .extracting(Accusation::key)
                .containsExactly(LOG.verifierKey(), POST_QUANTUM.verifierKey());
    }

    @Test
    void accusesAWitnessThatCosignedBothOrWhoseTimeWentBackAndNobodyElse() {
        SignedNote both = cosigned(head(honest, 30), 100, WITNESS, OTHER);
        Evidence twoRoots = Evidence.of(both, cosigned(head(fork, 30), 200, WITNESS));
        assertThat(twoRoots.verify(KEYS))
                .containsExactly(new Accusation(WITNESS.verifierKey(), Fault.TWO_ROOTS, ORIGIN, 30));

        Evidence wentBack =
                Evidence.of(cosigned(head(honest, 40), 100, WITNESS), cosigned(head(honest, 30), 101, WITNESS));
        assertThat(wentBack.verify(KEYS))
                .containsExactly(new Accusation(WITNESS.verifierKey(), Fault.WENT_BACK, ORIGIN, 30));
    }

    @Test
    void provesNothingByAProofThatMerelyFails() {
        Evidence honestGrowth = Evidence.of(
                logged(head(honest, 30)),
                logged(head(honest, 50)),
                head(fork, 30).root(),
                proof(honest, 30, 50));
        assertRefuted(honestGrowth, "leads to the older root");

        Evidence mangled = rewritten(30, 50);
        for (int i = 0; i < mangled.proof().size(); i++) {
            List<Hash> proof = new ArrayList<>(mangled.proof());
            proof.set(i, Hash.sha256(proof.get(i).toByteArray()));
            assertRefuted(
                    Evidence.of(mangled.a(), mangled.b(), mangled.prefixRoot().orElseThrow(), proof),
                    "consistency proof from size 30 to 50");
        }
    }

    @Test
    void provesNothingByTheEmptyTreeFromWhichEveryOtherGrows() {
        Evidence evidence = Evidence.of(
                logged(TreeHead.EMPTY), logged(head(honest, 5)), Hash.sha256(Utf8.encode("no root")), List.of());
        assertRefuted(evidence, "a tree without entries contradicts no other");
    }

    @Test
    void provesNothingByHonestSignatures() {
        assertRefuted(Evidence.of(logged(head(honest, 30)), logged(head(honest, 30))), "do not contradict each other");
        assertRefuted(Evidence.of(logged(head(honest, 30)), logged(head(honest, 40))), "do not contradict each other");
        assertRefuted(
                Evidence.of(
                        logged(head(honest, 30)),
                        logged(head(honest, 40)),
                        head(honest, 30).root(),
                        proof(honest, 30, 40)),
                "the larger tree grew from the smaller");
        assertRefuted(
                Evidence.of(cosigned(head(honest, 30), 100, WITNESS), cosigned(head(honest, 40), 100, WITNESS)),
                "do not contradict each other");
        assertRefuted(
                Evidence.of(cosigned(head(honest, 30), 100, WITNESS), cosigned(head(fork, 30), 100, OTHER)),
                "no known key signed both checkpoints");
    }

    @Test
    void doesNotCountSignaturesThatDoNotHold() {
        String forged = new Checkpoint(ORIGIN, head(fork, 30)).encode();
        SignedNote notSigned = SignedNote.of(forged, logged(head(honest, 30)).signatures());
        assertRefuted(
                Evidence.of(logged(head(honest, 30)), notSigned),
                "signature line of " + LOG.verifierKey().ref());

        SigningKey stranger = key("d.example/log", KeyType.ED25519);
        SignedNote one = signed(head(honest, 30), stranger);
        assertRefuted(Evidence.of(one, signed(head(fork, 30), stranger)), "no signature by a known key");
    }

    @Test
    void keepsOnlyTheLinesOfWhoIsAccused() {
        Evidence evidence = Evidence.of(
                cosigned(head(honest, 30), 100, WITNESS, OTHER), cosigned(head(fork, 30), 200, WITNESS, OTHER));

        Evidence bare = evidence.against(List.of(WITNESS.verifierKey()));

        assertThat(bare.verify(KEYS)).extracting(Accusation::key).containsExactly(WITNESS.verifierKey());
        assertThat(bare.a().signatures()).hasSize(1);
    }

    @Test
    void refusesWhatItsEncoderWouldNotWrite() {
        Evidence evidence = rewritten(30, 50);
        String json = Utf8.decode(evidence.encode());

        assertMalformed(json + " ", "canonical");
        assertMalformed(json.replace("\"proof\"", "\"prof\""), "prof");
        assertMalformed(json.replace("\"prefixRoot\"", "\"prefixroot\""), "prefixroot");
        assertMalformed(json.replace("a.example/log\\n30", "e.example/log\\n30"), "expected of one log");
        assertMalformed("{}", "required");
        assertThatThrownBy(() -> new Evidence(evidence.b(), evidence.a(), Optional.empty(), List.of()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("the smaller comes first");
        assertThatThrownBy(() -> Evidence.of(
                        logged(head(honest, 30)),
                        logged(head(fork, 30)),
                        head(honest, 30).root(),
                        List.of()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("need no proof");
    }

    private Evidence rewritten(int small, int large) {
        return Evidence.of(
                logged(head(honest, small)),
                logged(head(fork, large)),
                head(fork, small).root(),
                proof(fork, small, large));
    }

    private static void assertRefuted(Evidence evidence, String reason) {
        assertThatThrownBy(() -> evidence.verify(KEYS))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(reason);
    }

    private static void assertMalformed(String json, String reason) {
        assertThatThrownBy(() -> Evidence.parse(Utf8.encode(json)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(reason);
    }

    private static SignedNote logged(TreeHead head) {
        return signed(head, LOG);
    }

    private static SignedNote signed(TreeHead head, SigningKey key) {
        String text = new Checkpoint(ORIGIN, head).encode();
        return SignedNote.of(text, List.of(key.signNote(text)));
    }

    private static SignedNote cosigned(TreeHead head, long timeSeconds, SigningKey... witnesses) {
        String text = new Checkpoint(ORIGIN, head).encode();
        return SignedNote.of(
                text,
                List.of(witnesses).stream()
                        .map(witness -> witness.cosignNote(timeSeconds, text))
                        .toList());
    }

    private static List<Hash> leaves(String word, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MerkleTree.leafHash(Utf8.encode(word + " " + i)))
                .toList();
    }

    private static List<Hash> forkAt(int size, List<Hash> leaves) {
        List<Hash> fork = new ArrayList<>(leaves.subList(0, size));
        fork.addAll(leaves("other entry", leaves.size()).subList(size, leaves.size()));
        return fork;
    }

    private static TreeHead head(List<Hash> leaves, int size) {
        return new TreeHead(size, MerkleTree.root(size, reader(leaves)));
    }

    private static List<Hash> proof(List<Hash> leaves, int small, int large) {
        return MerkleTree.consistencyProof(small, large, reader(leaves));
    }

    private static SubtreeReader reader(List<Hash> leaves) {
        return (level, index) -> level == 0
                ? leaves.get((int) index)
                : MerkleTree.parent(
                        reader(leaves).subtree(level - 1, 2 * index),
                        reader(leaves).subtree(level - 1, 2 * index + 1));
    }

    private static SigningKey key(String name, KeyType type) {
        return SigningKey.of(name, type, Hash.sha256(Utf8.encode(name + type)).toByteArray());
    }
}
