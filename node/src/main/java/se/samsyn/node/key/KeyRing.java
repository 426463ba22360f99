package se.samsyn.node.key;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.Member;

/**
 * All private keys in a node's key file. While a key is being rotated there are two of a purpose, and which of them the node works with is
 * for the federation root to say: the oldest one that it lists. Peers that have not heard of the version with both know no other, and
 * by the time of a version without the old key all know the new one.
 */
public final class KeyRing {
    private final Map<Purpose, List<SigningKey>> signing;
    private final List<TlsIdentity> tls;

    /** Takes the keys of each purpose, oldest first; at least one for TLS. */
    public KeyRing(Map<Purpose, List<SigningKey>> signing, List<TlsIdentity> tls) {
        this.signing = Map.copyOf(signing);
        this.tls = List.copyOf(tls);
    }

    /**
     * The newest key of each purpose.
     *
     * @throws IllegalStateException on an observer, which signs nothing
     */
    public NodeKeys newest() {
        return new NodeKeys(
                newest(Purpose.LOG),
                last(Purpose.LOG_ML_DSA),
                newest(Purpose.WITNESS),
                newest(Purpose.PUBLISHER),
                newestTls());
    }

    /**
     * The newest key of a purpose.
     *
     * @throws IllegalStateException if there is none
     */
    public SigningKey newest(Purpose purpose) {
        return last(purpose).orElseThrow(KeyRing::incomplete);
    }

    /** The newest key for TLS. */
    public TlsIdentity newestTls() {
        return tls.get(tls.size() - 1);
    }

    /** The oldest key for TLS that is among the pinned ones. */
    public Optional<TlsIdentity> tls(Set<Hash> pins) {
        return tls.stream().filter(key -> pins.contains(key.pin())).findFirst();
    }

    /**
     * The oldest key of each purpose that a member is listed with.
     *
     * @param mistakes takes what is missing, in words
     * @return nothing if anything is missing
     */
    public Optional<NodeKeys> listed(Member member, Collection<String> mistakes) {
        List<String> missing = new ArrayList<>();
        Optional<SigningKey> log = listed(Purpose.LOG, member.logKeys(), missing);
        Optional<SigningKey> logMlDsa = listed(Purpose.LOG_ML_DSA, member.logKeys(), missing);
        Optional<SigningKey> witness = listed(Purpose.WITNESS, member.witnesses(), missing);
        Optional<SigningKey> publisher = listed(Purpose.PUBLISHER, member.publishers(), missing);
        Optional<TlsIdentity> identity = tls(member.tlsPins());
        if (identity.isEmpty()) {
            missing.add("tls: the root does not pin " + newestTls().pin().toBase64());
        }
        mistakes.addAll(missing);
        return missing.isEmpty()
                ? Optional.of(new NodeKeys(
                        log.orElseThrow(),
                        logMlDsa,
                        witness.orElseThrow(),
                        publisher.orElseThrow(),
                        identity.orElseThrow()))
                : Optional.empty();
    }

    private Optional<SigningKey> listed(Purpose purpose, List<VerifierKey> listed, List<String> missing) {
        List<VerifierKey> ofType =
                listed.stream().filter(key -> key.type() == purpose.type()).toList();
        Optional<SigningKey> found = keys(purpose).stream()
                .filter(key -> ofType.contains(key.verifierKey()))
                .findFirst();
        if (found.isEmpty() && !ofType.isEmpty()) {
            missing.add(purpose.alias() + ": the root lists "
                    + String.join(" and ", ofType.stream().map(VerifierKey::ref).toList()) + ", here "
                    + last(purpose).map(key -> "is " + key.verifierKey().ref()).orElse("is none"));
        }
        return found;
    }

    private Optional<SigningKey> last(Purpose purpose) {
        List<SigningKey> keys = keys(purpose);
        return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(keys.size() - 1));
    }

    private List<SigningKey> keys(Purpose purpose) {
        return signing.getOrDefault(purpose, List.of());
    }

    private static IllegalStateException incomplete() {
        return new IllegalStateException("the key file is an observer's: it has no keys that sign");
    }
}
