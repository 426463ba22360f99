package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.tlog.TreeHead;

/** Four members, each with a root key, of which two sign. */
class RootChainTest {
    private static final String SKANE = TestNetwork.SKANE;
    private static final String HALLAND = TestNetwork.HALLAND;
    private static final String UPPSALA = "uppsala.swetrial.example";
    private static final String VGR = "vgr.swetrial.example";

    private final FederationRoot first = TestNetwork.root(4);
    private final SignedNote firstNote = TestNetwork.signed(first, SKANE, HALLAND);
    private final RootChain chain = RootChain.begin(firstNote, first.hash());
    private final FederationRoot second =
            new RootProposal(first).addMember(TestNetwork.member(4)).build();

    @Test
    void growsByOneVersionAtATimeEachSignedByOldAndNewKeys() {
        RootChain grown = chain.accept(TestNetwork.signed(second, SKANE, UPPSALA));

        assertThat(grown.newest()).isEqualTo(second);
        assertThat(grown.newest().version()).isEqualTo(2);
        assertThat(grown.version(1)).isEqualTo(first);
        assertThat(grown.roots()).containsExactly(first, second);
        assertThat(grown.contains(firstNote)).isTrue();
        assertThat(chain.newest()).as("the chain that it grew from").isEqualTo(first);
        assertThatThrownBy(() -> grown.version(3)).isInstanceOf(RefutedException.class);
    }

    @Test
    void catchesUpThroughThreeVersionsInOrder() {
        FederationRoot third = new RootProposal(second).threshold(3).build();
        FederationRoot fourth = new RootProposal(third)
                .scope(SKANE, new Scope(Set.of("10", "12")))
                .build();
        List<SignedNote> notes = List.of(
                firstNote,
                TestNetwork.signed(second, SKANE, VGR, HALLAND),
                TestNetwork.signed(third, SKANE, VGR, HALLAND),
                TestNetwork.signed(fourth, UPPSALA, VGR, HALLAND));

        assertThat(RootChain.verify(notes, first.hash()).newest()).isEqualTo(fourth);
        List<SignedNote> outOfOrder = List.of(notes.get(0), notes.get(2), notes.get(1), notes.get(3));
        assertThatThrownBy(() -> RootChain.verify(outOfOrder, first.hash()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("expected version 2");
        assertThatThrownBy(() -> RootChain.verify(List.of(), first.hash())).isInstanceOf(RefutedException.class);
        assertThatThrownBy(() -> RootChain.verify(notes, second.hash())).isInstanceOf(RefutedException.class);
    }

    @Test
    void attack32RefusesARootBelowTheThresholdOfTheKeysBeforeIt() {
        SignedNote few = TestNetwork.signed(second, VGR, SKANE);

        assertThatThrownBy(() -> chain.accept(few))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("signed by 1 of the root keys of version 1, expected 2; 1 more of "
                        + TestNetwork.rootKey(HALLAND).verifierKey().ref() + ", "
                        + TestNetwork.rootKey(UPPSALA).verifierKey().ref())
                .hasMessageNotContaining("root keys of version 2");
    }

    @Test
    void refusesARootBelowItsOwnThreshold() {
        FederationRoot stricter = new RootProposal(first).threshold(3).build();

        assertThatThrownBy(() -> chain.accept(TestNetwork.signed(stricter, SKANE, HALLAND)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("signed by 2 of the root keys of version 2, expected 3")
                .hasMessageNotContaining("root keys of version 1");
    }

    @Test
    void refusesATakeoverByNewKeysAlone() {
        SigningKey mallory = TestKeys.signer("mallory/root");
        FederationRoot taken = new RootProposal(first)
                .addLine("root " + mallory.verifierKey().encode())
                .threshold(1)
                .build();
        SignedNote note = SignedNote.of(taken.text(), List.of(mallory.signNote(taken.text())));

        assertThatThrownBy(() -> chain.accept(note))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("signed by 0 of the root keys of version 1");
    }

    @Test
    void attack32RefusesASkippedVersion() {
        FederationRoot third = new RootProposal(second).threshold(3).build();

        assertThatThrownBy(() -> chain.accept(TestNetwork.signed(third, SKANE, HALLAND, UPPSALA)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("version 3 of the federation root does not follow version 1")
                .hasMessageContaining("expected version 2");
    }

    @Test
    void attack32RefusesARollback() {
        RootChain grown = chain.accept(TestNetwork.signed(second, SKANE, UPPSALA));
        FederationRoot other = new RootProposal(first).threshold(1).build();

        assertThatThrownBy(() -> grown.accept(firstNote))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("version 1 of the federation root does not follow version 2");
        assertThatThrownBy(() -> grown.accept(TestNetwork.signed(other, SKANE, HALLAND)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("expected version 3");
    }

    @Test
    void refusesARootThatFollowsAnotherHistory() {
        FederationRoot otherFirst = TestNetwork.text(4).threshold(3).build();
        FederationRoot otherSecond = new RootProposal(otherFirst).threshold(2).build();

        assertThatThrownBy(() -> chain.accept(TestNetwork.signed(otherSecond, SKANE, HALLAND, UPPSALA)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("its previous is " + otherFirst.hash() + ", expected " + first.hash());
    }

    @Test
    void attack32RefusesTheSignatureOfAMemberThatWasRemoved() {
        RootChain without = chain.accept(TestNetwork.signed(
                new RootProposal(first)
                        .removeMember(HALLAND, new TreeHead(7, Hash.sha256(new byte[] {7})))
                        .build(),
                SKANE,
                UPPSALA));
        FederationRoot third = new RootProposal(without.newest())
                .addMember(TestNetwork.member(4))
                .build();

        assertThat(without.newest().member(HALLAND)).isEmpty();
        assertThatThrownBy(() -> without.accept(TestNetwork.signed(third, SKANE, HALLAND)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("signed by 1 of the root keys of version 2, expected 2");
    }

    @Test
    void refusesAKnownSignatureThatFails() {
        SignedNote good = TestNetwork.signed(second, SKANE, UPPSALA, HALLAND);
        SignatureLine line = good.signatures().get(2);
        byte[] blob = line.blob();
        blob[9] ^= 1;
        SignedNote corrupt = SignedNote.of(
                second.text(),
                List.of(
                        good.signatures().get(0),
                        good.signatures().get(1),
                        new SignatureLine(line.name(), line.keyId(), blob)));

        assertThatThrownBy(() -> chain.accept(corrupt))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(HALLAND + "/root");
    }

    @Test
    void rotatesARootKeyWithBothSigning() {
        SigningKey next = TestKeys.key(SKANE + "/root", KeyType.ED25519, "next");
        FederationRoot rotated = new RootProposal(first)
                .removeLine("root " + TestNetwork.rootKey(SKANE).verifierKey().ref())
                .addLine("root " + next.verifierKey().encode())
                .build();
        SignedNote oldAlone = TestNetwork.signed(rotated, SKANE, HALLAND);

        assertThatThrownBy(() -> chain.accept(oldAlone))
                .hasMessageContaining("signed by 1 of the root keys of version 2");
        assertThat(chain.accept(oldAlone.with(next.signNote(rotated.text())))
                        .newest()
                        .rootKeys())
                .contains(next.verifierKey())
                .doesNotContain(TestNetwork.rootKey(SKANE).verifierKey());
    }

    /** Time alone never takes a root's word away: how the expiry shows is for whoever has a clock. */
    @Test
    void acceptsANewVersionAfterTheOldOneExpired() {
        FederationRoot renewed = new RootProposal(first)
                .valid(Instant.parse("2030-01-01T00:00:00Z"), Instant.parse("2031-01-01T00:00:00Z"))
                .build();

        assertThat(chain.accept(TestNetwork.signed(renewed, SKANE, HALLAND))
                        .newest()
                        .expires())
                .contains(Instant.parse("2031-01-01T00:00:00Z"));
    }

    @Test
    void refusesARootThatExpiresBeforeItIsIssued() {
        assertThatThrownBy(() -> new RootProposal(first)
                        .valid(Instant.parse("2031-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"))
                        .build())
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("is not after issued");
    }

    @Test
    void saysWhoSignedAndWhoIsStillToSign() {
        RootSignatures signatures =
                RootSignatures.of(TestNetwork.signed(second, SKANE, VGR), second, Optional.of(first));

        assertThat(signatures.areComplete()).isFalse();
        RootSignatures.Part before = signatures.parts().get(0);
        RootSignatures.Part own = signatures.parts().get(1);
        assertThat(before.version()).isEqualTo(1);
        assertThat(before.signed()).containsExactly(TestNetwork.rootKey(SKANE).verifierKey());
        assertThat(before.missing()).hasSize(3);
        assertThat(before.needed()).isEqualTo(1);
        assertThat(own.isComplete()).isTrue();
        assertThat(own.needed()).isZero();
        assertThatThrownBy(() -> RootSignatures.of(firstNote, second, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyNoteOfAChainIsReadAgainAsItIsWritten() {
        List<SignedNote> read = new ArrayList<>();
        for (VerifiedRoot version :
                chain.accept(TestNetwork.signed(second, SKANE, UPPSALA)).versions()) {
            read.add(SignedNote.parse(version.note().encode()));
        }

        assertThat(RootChain.verify(read, first.hash()).newest()).isEqualTo(second);
    }
}
