package se.samsyn.protocol.root;

import java.util.List;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.SignedNote;

/**
 * A version of the federation root that may be trusted: the first, as it was told of on another channel, or one that
 * follows from it; signed by the thresholds.
 */
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
        RootSignatures.of(note, root, Optional.empty()).requireComplete();
        return new VerifiedRoot(note, root);
    }

    /**
     * Verifies the version after the newest of those that are trusted already.
     *
     * @param earlier versions 1 to n, in order
     * @throws RefutedException if it is not version n+1, does not name version n by its hash, changes what must not
     *     change, or too few keys of version n or of its own signed
     * @throws se.samsyn.protocol.MalformedException if the note's text is no federation root
     */
    static VerifiedRoot verifyNext(SignedNote note, List<FederationRoot> earlier) {
        FederationRoot root = FederationRoot.parse(note.text());
        FederationRoot previous = earlier.get(earlier.size() - 1);
        RootTransition.check(earlier, root);
        RootSignatures.of(note, root, Optional.of(previous)).requireComplete();
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
