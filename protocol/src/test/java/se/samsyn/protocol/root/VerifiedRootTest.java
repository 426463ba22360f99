package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;

class VerifiedRootTest {
    private final FederationRoot root = TestNetwork.root(4);
    private final SignedNote note = TestNetwork.signed(root, TestNetwork.SKANE, TestNetwork.HALLAND);

    @Test
    void isTheRootThatWasToldOfSignedByTheThreshold() {
        VerifiedRoot verified = VerifiedRoot.verifyFirst(SignedNote.parse(note.encode()), root.hash());

        assertThat(verified.root()).isEqualTo(root);
        assertThat(verified.note()).isEqualTo(note);
    }

    @Test
    void refusesARootWithAnotherHash() {
        assertThatThrownBy(() -> VerifiedRoot.verifyFirst(note, Hash.sha256()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has SHA-256 " + root.hash() + ", expected " + Hash.sha256());
    }

    @Test
    void refusesFewerSignersThanTheThreshold() {
        SignedNote one = TestNetwork.signed(root, TestNetwork.SKANE);
        SignedNote twiceTheSame = TestNetwork.signed(root, TestNetwork.SKANE, TestNetwork.SKANE);
        SignedNote aStranger = one.with(TestKeys.signer("stranger").signNote(root.text()));
        SignedNote aLogKey = one.with(TestNetwork.logKey(TestNetwork.HALLAND).signNote(root.text()));

        for (SignedNote few : List.of(one, twiceTheSame, aStranger, aLogKey)) {
            assertThatThrownBy(() -> VerifiedRoot.verifyFirst(few, root.hash()))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("signed by 1 of the root keys of version 1, expected 2");
        }
    }

    @Test
    void refusesASignatureThatFails() {
        SignatureLine genuine = note.signatures().get(1);
        byte[] blob = genuine.blob();
        blob[5] ^= 1;
        SignedNote corrupt = note.with(new SignatureLine(genuine.name(), genuine.keyId(), blob));

        assertThatThrownBy(() -> VerifiedRoot.verifyFirst(corrupt, root.hash())).isInstanceOf(RefutedException.class);
    }

    @Test
    void refusesALaterVersionAsTheFirst() {
        FederationRoot second = TestNetwork.text(4).follows(root).build();
        SignedNote signed = TestNetwork.signed(second, TestNetwork.SKANE, TestNetwork.HALLAND);

        assertThatThrownBy(() -> VerifiedRoot.verifyFirst(signed, second.hash()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("is version 2, expected version 1");
    }

    @Test
    void refusesANoteThatIsNoRoot() {
        SignedNote other = SignedNote.of(
                "text\n", List.of(TestNetwork.rootKey(TestNetwork.SKANE).signNote("text\n")));

        assertThatThrownBy(() -> VerifiedRoot.verifyFirst(other, Hash.sha256(new byte[] {'t', 'e', 'x', 't', '\n'})))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("federation root has");
    }
}
