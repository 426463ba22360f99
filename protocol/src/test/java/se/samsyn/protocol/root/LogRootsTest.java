package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Cosignature;

/**
 * Skåne's log accepts version 1 at its first entry and version 2, which takes a new log key in beside the old one, at
 * entry 5; version 3, accepted at entry 9, takes the old one out. Version 4 revokes the old key at size 7, as it was
 * stolen; the log has not accepted it.
 */
class LogRootsTest {
    private static final String SKANE = TestNetwork.SKANE;
    private static final String HALLAND = TestNetwork.HALLAND;
    private static final long NOW = 1_780_000_000L;

    private final SigningKey oldKey = TestNetwork.logKey(SKANE);
    private final SigningKey newKey = TestKeys.key(SKANE + "/log", KeyType.ED25519, "new");
    private final FederationRoot one = TestNetwork.root(4);
    private final FederationRoot two = new RootProposal(one)
            .addLine("logkey " + newKey.verifierKey().encode())
            .build();
    private final FederationRoot three = new RootProposal(two)
            .removeLine("logkey " + oldKey.verifierKey().ref())
            .build();
    private final FederationRoot four = new RootProposal(three)
            .addLine("end " + oldKey.verifierKey().ref() + " " + SKANE + "/log size 7 root "
                    + head(7).root().toBase64())
            .build();
    private final RootChain chain = RootChain.verify(
            Stream.of(one, two, three, four)
                    .map(root -> TestNetwork.signed(root, SKANE, HALLAND))
                    .toList(),
            one.hash());
    private final List<LogRoots.Acceptance> acceptances = List.of(
            new LogRoots.Acceptance(0, 1, one.hash()),
            new LogRoots.Acceptance(5, 2, two.hash()),
            new LogRoots.Acceptance(9, 3, three.hash()));
    private final LogRoots roots = LogRoots.of(chain, acceptances);

    @Test
    void theVersionIsTheLastThatTheLogAcceptedBelowTheSize() {
        assertThat(roots.forTree(1).root()).isEqualTo(one);
        assertThat(roots.forTree(5).root()).isEqualTo(one);
        assertThat(roots.forTree(6).root()).isEqualTo(two);
        assertThat(roots.forTree(9).root()).isEqualTo(two);
        assertThat(roots.forTree(10).root()).isEqualTo(three);
        assertThat(roots.forTree(1_000).root()).isEqualTo(three);
        assertThat(roots.forEntry(4).root()).isEqualTo(one);
        assertThat(roots.forEntry(5).root()).isEqualTo(two);
        assertThat(roots.forTree(0).root()).as("an empty log").isEqualTo(four);
    }

    @Test
    void theEndsAreAllOfTheNewestVersion() {
        assertThat(roots.forTree(1).ends()).isEqualTo(four.ends()).hasSize(1);
    }

    @Test
    void anEndFixesTheHeadOfItsLogWhoseverKeyItEnds() {
        assertThat(chain.fixedHeads(SKANE)).containsExactly(head(7));
        assertThat(chain.fixedHeads(HALLAND)).isEmpty();
    }

    @Test
    void saysWhichKeysCount() {
        VerifierKey before = oldKey.verifierKey();
        VerifierKey after = newKey.verifierKey();

        assertThat(roots.forTree(5).logKeys(SKANE, 5)).containsExactly(before);
        assertThat(roots.forTree(7).logKeys(SKANE, 7)).containsExactly(before, after);
        assertThat(roots.forTree(8).logKeys(SKANE, 8)).containsExactly(after);
        assertThat(roots.forTree(10).logKeys(SKANE, 10)).containsExactly(after);
        assertThat(roots.forTree(8).publishers(SKANE, 7))
                .containsExactly(TestNetwork.publisher(SKANE).verifierKey());
        assertThat(roots.forTree(8).witnesses(SKANE, 8)).hasSize(3);
    }

    /** Attack 33: whoever stole the old key can sign on, but not beyond the end; what it signed before still holds. */
    @Test
    void attack33AStolenLogKeySignsNothingBeyondItsEndAndWhatItSignedBeforeStillHolds() {
        for (long size : new long[] {3, 5, 6, 7}) {
            SignedNote earlier = checkpoint(oldKey, head(size));
            assertThat(roots.forTree(size).verifyCheckpoint(earlier, SKANE, NOW).hasQuorum())
                    .as("size %d", size)
                    .isTrue();
        }
        for (long size : new long[] {8, 9, 10, 70_000}) {
            SignedNote later = checkpoint(oldKey, head(size));
            assertThatThrownBy(() -> roots.forTree(size).verifyCheckpoint(later, SKANE, NOW))
                    .as("size %d", size)
                    .isInstanceOf(RefutedException.class)
                    .hasMessageMatching(".*has no signature by a key of that log|.*no signature by a known key");
        }
        SignedNote fork = checkpoint(oldKey, new TreeHead(7, Hash.sha256(new byte[] {99})));
        assertThatThrownBy(() -> roots.forTree(7).verifyCheckpoint(fork, SKANE, NOW))
                .isInstanceOf(RefutedException.class);
    }

    @Test
    void theNewKeySignsFromWhereTheLogAcceptedIt() {
        assertThat(roots.forTree(6)
                        .verifyCheckpoint(checkpoint(newKey, head(6)), SKANE, NOW)
                        .hasQuorum())
                .isTrue();
        assertThat(roots.forTree(70_000)
                        .verifyCheckpoint(checkpoint(newKey, head(70_000)), SKANE, NOW)
                        .hasQuorum())
                .isTrue();
        assertThatThrownBy(() -> roots.forTree(5).verifyCheckpoint(checkpoint(newKey, head(5)), SKANE, NOW))
                .isInstanceOf(RefutedException.class);
    }

    @Test
    void refusesALogThatGoesBackToAnOlderVersion() {
        List<LogRoots.Acceptance> back = Stream.concat(
                        acceptances.stream(), Stream.of(new LogRoots.Acceptance(12, 1, one.hash())))
                .toList();

        assertThatThrownBy(() -> LogRoots.of(chain, back))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("entry 12 accepts version 1 of the federation root, after version 3");
    }

    @Test
    void refusesALogThatAcceptsAnotherTextOrAVersionThatIsNotThere() {
        assertThatThrownBy(() -> LogRoots.of(chain, List.of(new LogRoots.Acceptance(0, 2, one.hash()))))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("entry 0 accepts version 2 of the federation root with SHA-256 " + one.hash()
                        + ", expected " + two.hash());
        assertThatThrownBy(() -> LogRoots.of(chain, List.of(new LogRoots.Acceptance(0, 5, one.hash()))))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("entry 0 accepts version 5 of the federation root, which is at version");
    }

    @Test
    void refusesALogThatAcceptsNothing() {
        LogRoots none = LogRoots.of(chain, List.of());

        assertThatThrownBy(() -> none.forTree(3))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("none of which accepts a version");
        assertThatThrownBy(() -> LogRoots.of(chain, List.of(acceptances.get(1), acceptances.get(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Attack 11: a cosignature does not name its witness, so one key under two names would vote twice. */
    @Test
    void attack11RefusesARootWithOnePublicKeyUnderTwoNames() {
        VerifierKey witness = TestNetwork.witness(HALLAND).verifierKey();
        VerifierKey renamed = VerifierKey.of(SKANE + "/witness", KeyType.COSIGNATURE, witness.publicKey());

        assertThatThrownBy(() -> new RootProposal(one)
                        .addLine("witness " + renamed.encode())
                        .build())
                .hasMessageContaining("the public key of " + renamed.ref() + " is listed before");
    }

    /** Attack 13: a log's own witness has no vote on it, not even where the root lists it. */
    @Test
    void attack13RefusesACheckpointThatItsOwnWitnessCosigned() {
        SignedNote own = checkpoint(newKey, head(10))
                .with(Cosignature.sign(TestNetwork.witness(SKANE), NOW, new Checkpoint(SKANE + "/log", head(10))));

        assertThat(three.quorumFor(SKANE).witnesses()).doesNotContainKey(SKANE);
        assertThatThrownBy(() -> roots.forTree(10).verifyCheckpoint(own, SKANE, NOW))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("a node never cosigns its own log");
    }

    private static TreeHead head(long size) {
        return new TreeHead(size, Hash.sha256(Long.toString(size).getBytes(StandardCharsets.US_ASCII)));
    }

    private static SignedNote checkpoint(SigningKey log, TreeHead head) {
        Checkpoint checkpoint = new Checkpoint(SKANE + "/log", head);
        SignedNote note = SignedNote.of(checkpoint.encode(), List.of(log.signNote(checkpoint.encode())));
        for (Member member : TestNetwork.root(4).members().subList(1, 4)) {
            note = note.with(Cosignature.sign(TestNetwork.witness(member.node()), NOW, checkpoint));
        }
        return note;
    }
}
