package se.samsyn.protocol.root;

import java.util.Set;
import java.util.stream.Collectors;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifiedNote;

/** A federation root that is the one told of on another channel, signed by the threshold of its own root keys. */
public final class VerifiedRoot {
    private final SignedNote note;
    private final FederationRoot root;

    private VerifiedRoot(SignedNote note, FederationRoot root) {
        this.note = note;
        this.root = root;
    }

    /**
     * Verifies the first version of a root. There is no trust on first use: its hash comes from elsewhere.
     *
     * @param expected the SHA-256 of the root's text, obtained on another channel
     * @throws RefutedException if it has another hash, is not version 1, or too few of its own keys signed
     * @throws se.samsyn.protocol.MalformedException if the note's text is no federation root
     */
    public static VerifiedRoot verifyFirst(SignedNote note, Hash expected) {
        Hash hash = Hash.sha256(Utf8.encode(note.text()));
        if (!hash.equals(expected)) {
            throw new RefutedException("the federation root has SHA-256 " + hash + ", expected " + expected
                    + " as told on another channel");
        }
        FederationRoot root = FederationRoot.parse(note.text());
        if (root.version() != 1) {
            throw new RefutedException("the federation root is version " + root.version() + ", expected version 1");
        }
        VerifiedNote verified = NoteVerifier.verify(note, root.rootKeys());
        Set<String> signers = verified.signatures().stream()
                .map(signature -> signature.key().ref())
                .collect(Collectors.toSet());
        if (signers.size() < root.threshold()) {
            throw new RefutedException("the federation root is signed by " + signers.size()
                    + " of its root keys, expected " + root.threshold());
        }
        return new VerifiedRoot(note, root);
    }

    public FederationRoot root() {
        return root;
    }

    /** The note as received, with all signatures. */
    public SignedNote note() {
        return note;
    }
}
