package se.samsyn.protocol.root;

import java.util.Collection;
import java.util.List;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.witness.CosignedCheckpoint;
import se.samsyn.protocol.witness.KeyEnd;

/**
 * What a log is judged by at some position: the keys, quorum and datasets of one version of the root, less the keys
 * that end before that position by any version known since.
 *
 * @param root the version
 * @param ends all ends that are known, of the newest version
 */
public record RootInForce(FederationRoot root, List<KeyEnd> ends) {
    public RootInForce {
        ends = List.copyOf(ends);
    }

    /** What what is new is judged by: a root with its own ends. */
    public static RootInForce newest(FederationRoot root) {
        return new RootInForce(root, root.ends());
    }

    /**
     * The keys of which one for each type signs a checkpoint of the member's log with this size.
     *
     * @throws RefutedException if the node is no member
     */
    public List<VerifierKey> logKeys(String node, long size) {
        Member member = root.requireMember(node);
        return notEnded(member.logKeys(), member.origin(), size);
    }

    /**
     * The keys of which one signs the entry at this index of the member's log.
     *
     * @throws RefutedException if the node is no member
     */
    public List<VerifierKey> publishers(String node, long index) {
        Member member = root.requireMember(node);
        return notEnded(member.publishers(), member.origin(), index + 1);
    }

    /**
     * The other members' keys that cosign a checkpoint of the member's log with this size.
     *
     * @throws RefutedException if the node is no member
     */
    public List<VerifierKey> witnesses(String node, long size) {
        return notEnded(root.quorumFor(node).keys(), root.requireMember(node).origin(), size);
    }

    /**
     * Verifies a checkpoint of a member's log.
     *
     * @param nowSeconds the verifier's clock, seconds since 1970
     * @throws RefutedException if the node is no member, or as {@link CosignedCheckpoint#verify} says
     */
    public CosignedCheckpoint verifyCheckpoint(SignedNote note, String node, long nowSeconds) {
        Member member = root.requireMember(node);
        return CosignedCheckpoint.verify(
                note, member.origin(), member.logKeys(), root.quorumFor(node), ends, nowSeconds);
    }

    private List<VerifierKey> notEnded(Collection<VerifierKey> keys, String origin, long size) {
        return keys.stream()
                .filter(key -> ends.stream().noneMatch(end -> end.endsBefore(key, origin, size)))
                .toList();
    }
}
