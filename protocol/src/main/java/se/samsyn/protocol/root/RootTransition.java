package se.samsyn.protocol.root;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.witness.KeyEnd;

/** What a version of the federation root may not change against the versions before it. Signatures are another matter. */
public final class RootTransition {
    private final List<FederationRoot> earlier;
    private final FederationRoot previous;
    private final FederationRoot next;
    private final List<String> mistakes = new ArrayList<>();

    private RootTransition(List<FederationRoot> earlier, FederationRoot next) {
        this.earlier = earlier;
        this.previous = earlier.get(earlier.size() - 1);
        this.next = next;
    }

    /**
     * Checks a version against those before it.
     *
     * @param earlier the versions before, in order: all of them from version 1, or, to help whoever writes a version
     *     and holds no more, the last alone; then ends of unknown keys and the return of an old key under another name
     *     are not noticed
     * @throws RefutedException with all that is wrong
     */
    public static void check(List<FederationRoot> earlier, FederationRoot next) {
        RootTransition transition = new RootTransition(List.copyOf(earlier), next);
        if (transition.follows()) {
            transition.checkKeys();
            transition.checkEnds();
            transition.checkLeavers();
        }
        if (!transition.mistakes.isEmpty()) {
            throw new RefutedException("version " + next.version() + " of the federation root does not follow version "
                    + transition.previous.version() + ": " + String.join("; ", transition.mistakes));
        }
    }

    /** Without this, comparing the rest would make no sense. */
    private boolean follows() {
        if (!next.network().equals(previous.network())) {
            bad("it is of network " + next.network() + ", expected " + previous.network());
        }
        if (next.version() != previous.version() + 1) {
            bad("expected version " + (previous.version() + 1) + ", neither an older one nor one further on");
        } else if (!next.previous().equals(Optional.of(previous.hash()))) {
            bad("its previous is " + next.previous().map(Hash::toHex).orElse(FederationRoot.NO_PREVIOUS) + ", expected "
                    + previous.hash());
        }
        return mistakes.isEmpty();
    }

    /** A cosignature does not name its witness, nor a key ID a whole key: what a key was once, it stays. */
    private void checkKeys() {
        Map<Hash, VerifierKey> byPublicKey = new HashMap<>();
        Map<String, VerifierKey> byRef = new HashMap<>();
        for (VerifierKey key : keysOf(earlier).toList()) {
            byPublicKey.put(Hash.sha256(key.publicKey()), key);
            byRef.put(key.ref(), key);
        }
        keysOf(List.of(next)).forEach(key -> {
            VerifierKey before = byPublicKey.getOrDefault(Hash.sha256(key.publicKey()), key);
            if (!before.equals(key)) {
                bad("the public key of " + key.ref() + " was that of " + before.ref()
                        + " in an earlier version, and a key has one use and name");
            } else if (!byRef.getOrDefault(key.ref(), key).equals(key)) {
                bad("another key was called " + key.ref() + " in an earlier version");
            }
        });
    }

    private void checkEnds() {
        previous.ends().stream()
                .filter(end -> !next.ends().contains(end))
                .forEach(end -> bad("the end of " + end.key() + " at size "
                        + end.last().size() + " of " + end.origin() + " is no longer there, and an end is for ever"));
        if (earlier.get(0).version() == 1) { // else the key may be one that only an absent version lists
            next.ends().stream().filter(end -> !previous.ends().contains(end)).forEach(this::checkNewEnd);
        }
    }

    private void checkNewEnd(KeyEnd end) {
        List<FederationRoot> all = all();
        boolean signsThere = all.stream()
                .flatMap(root -> root.members().stream())
                .anyMatch(member -> end.origin().equals(member.origin())
                        ? hasRef(Stream.concat(member.logKeys().stream(), member.publishers().stream()), end.key())
                        : hasRef(member.witnesses().stream(), end.key()));
        if (!signsThere || all.stream().noneMatch(root -> origins(root).contains(end.origin()))) {
            bad("it ends " + end.key() + " for " + end.origin() + ", but no version lists such a key of that log, its "
                    + "publisher or another member's witness");
        }
    }

    private void checkLeavers() {
        for (Member member : previous.members()) {
            if (next.member(member.node()).isPresent()) {
                continue;
            }
            Set<String> ended = next.ends().stream()
                    .filter(end -> end.origin().equals(member.origin()))
                    .map(KeyEnd::key)
                    .collect(Collectors.toSet());
            String missing = Stream.concat(member.logKeys().stream(), member.publishers().stream())
                    .map(VerifierKey::ref)
                    .filter(key -> !ended.contains(key))
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                bad(member.node() + " leaves without an end, at its final checkpoint, of " + missing);
            }
        }
    }

    private List<FederationRoot> all() {
        List<FederationRoot> all = new ArrayList<>(earlier);
        all.add(next);
        return all;
    }

    private static Set<String> origins(FederationRoot root) {
        return root.members().stream().map(Member::origin).collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean hasRef(Stream<VerifierKey> keys, String ref) {
        return keys.anyMatch(key -> key.ref().equals(ref));
    }

    private static Stream<VerifierKey> keysOf(List<FederationRoot> roots) {
        return roots.stream()
                .flatMap(root -> Stream.concat(
                        root.rootKeys().stream(), root.members().stream().flatMap(Member::keys)));
    }

    private void bad(String mistake) {
        mistakes.add(mistake);
    }
}
