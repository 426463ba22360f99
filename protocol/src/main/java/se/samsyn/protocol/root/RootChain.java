package se.samsyn.protocol.root;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.KeyEnd;

/**
 * All versions of a federation root from the first to the newest, each verified from the one before; immutable.
 *
 * <p>The first is the one that the caller was told of on another channel; every later one is signed by the threshold
 * of the root keys before it and by that of its own. No version can be left out.
 */
public final class RootChain {
    private final List<VerifiedRoot> versions;

    private RootChain(List<VerifiedRoot> versions) {
        this.versions = List.copyOf(versions);
    }

    /**
     * Begins a chain with version 1.
     *
     * @param told the SHA-256 of its text, obtained on another channel
     * @throws RefutedException as {@link VerifiedRoot#verifyFirst} says
     */
    public static RootChain begin(SignedNote first, Hash told) {
        return new RootChain(List.of(VerifiedRoot.verifyFirst(first, told)));
    }

    /**
     * Verifies a whole chain.
     *
     * @param notes version 1 and those after it, in order
     * @param told the SHA-256 of version 1's text, obtained on another channel
     * @throws RefutedException if there is none, or as {@link #accept} says of the first that does not hold
     */
    public static RootChain verify(List<SignedNote> notes, Hash told) {
        if (notes.isEmpty()) {
            throw new RefutedException("there is no version of the federation root");
        }
        RootChain chain = begin(notes.get(0), told);
        for (SignedNote note : notes.subList(1, notes.size())) {
            chain = chain.accept(note);
        }
        return chain;
    }

    /**
     * This chain and the version that follows.
     *
     * @throws RefutedException if it is not exactly the next version, does not name the newest one by its hash,
     *     changes what must not change, or is signed by too few; the message says what is wrong and whose signatures
     *     are missing
     * @throws se.samsyn.protocol.MalformedException if the note's text is no federation root
     */
    public RootChain accept(SignedNote next) {
        List<VerifiedRoot> more = new ArrayList<>(versions);
        more.add(VerifiedRoot.verifyNext(next, roots()));
        return new RootChain(more);
    }

    /** The version that counts now. */
    public FederationRoot newest() {
        return versions.get(versions.size() - 1).root();
    }

    /** All versions with their signatures, in order. */
    public List<VerifiedRoot> versions() {
        return versions;
    }

    /** All versions, in order. */
    public List<FederationRoot> roots() {
        return versions.stream().map(VerifiedRoot::root).toList();
    }

    /**
     * One version.
     *
     * @param number counts from 1
     * @throws RefutedException if the chain does not reach it
     */
    public FederationRoot version(long number) {
        if (number < 1 || number > versions.size()) {
            throw new RefutedException("there is no version " + number + " of the federation root here, which is at "
                    + "version " + versions.size());
        }
        return versions.get((int) number - 1).root();
    }

    /** The names of all nodes that are or were members, sorted. */
    public SortedSet<String> members() {
        return roots().stream()
                .flatMap(root -> root.members().stream())
                .map(Member::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every key with which a member's log was or is signed. */
    public List<VerifierKey> logKeys(String node) {
        return roots().stream()
                .flatMap(root -> root.member(node).stream())
                .flatMap(member -> member.logKeys().stream())
                .distinct()
                .toList();
    }

    /** Those of {@link #logKeys(String)} whose word counts for a tree of this size, by all ends that are known. */
    public List<VerifierKey> logKeys(String node, long size) {
        String origin = node + KeyUse.LOG.suffix();
        return logKeys(node).stream()
                .filter(key -> newest().ends().stream().noneMatch(end -> end.endsBefore(key, origin, size)))
                .toList();
    }

    /**
     * The heads that a member's log must have passed through, because the word of some key ended there: whoever has the entries checks
     * that its tree of that size has that root.
     */
    public List<TreeHead> fixedHeads(String node) {
        String origin = node + KeyUse.LOG.suffix();
        return newest().ends().stream()
                .filter(end -> end.origin().equals(origin))
                .map(KeyEnd::last)
                .distinct()
                .toList();
    }

    /** True if this text is one of the versions. */
    public boolean contains(SignedNote note) {
        Hash hash = Hash.sha256(Utf8.encode(note.text()));
        return versions.stream().anyMatch(version -> version.root().hash().equals(hash));
    }
}
