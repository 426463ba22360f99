package se.samsyn.protocol.witness;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

/**
 * How many of which members' witnesses make a checkpoint count; one vote a member, however many keys it has.
 *
 * @param threshold how many votes it takes, from 1 to the number of members
 * @param witnesses each voting member's node name and its witness keys, at least one
 */
public record Quorum(int threshold, Map<String, List<VerifierKey>> witnesses) {
    /**
     * Takes the parts; the log's own node must not be among the members.
     *
     * @throws MalformedException if the threshold cannot be met, a key is not of type 0x04, or one public key or key
     *     name and ID is listed twice
     */
    public Quorum {
        TreeMap<String, List<VerifierKey>> sorted = new TreeMap<>();
        witnesses.forEach((node, keys) -> sorted.put(node, List.copyOf(keys)));
        witnesses = Collections.unmodifiableSortedMap(sorted);
        if (threshold < 1 || threshold > witnesses.size()) {
            throw new MalformedException(
                    "quorum of " + threshold + ", expected 1 to the number of other members, " + witnesses.size());
        }
        witnesses.forEach(Quorum::checkKeys);
        checkDistinct(witnesses);
    }

    /** The quorum of a network: ⌊2n/3⌋+1 of the {@code others}, the n members besides the log's own. */
    public static int thresholdFor(int others) {
        return 2 * others / 3 + 1;
    }

    /** The witness keys of all members, by node name. */
    public List<VerifierKey> keys() {
        return witnesses.values().stream().flatMap(List::stream).toList();
    }

    private static void checkKeys(String node, List<VerifierKey> keys) {
        if (keys.isEmpty()) {
            throw new MalformedException("member " + node + " of the quorum has no witness key");
        }
        for (VerifierKey key : keys) {
            if (key.type() != KeyType.COSIGNATURE) {
                throw new MalformedException(
                        "witness key " + key.ref() + " is of type " + key.type() + ", expected 0x04 (cosignature/v1)");
            }
        }
    }

    /** A cosignature does not name its witness: under two names, one key would vote twice. */
    private static void checkDistinct(Map<String, List<VerifierKey>> witnesses) {
        Set<Hash> publicKeys = new HashSet<>();
        Set<String> refs = new HashSet<>();
        for (VerifierKey key : witnesses.values().stream().flatMap(List::stream).toList()) {
            if (!publicKeys.add(Hash.of(key.publicKey()))) {
                throw new MalformedException("the public key of " + key.ref() + " is listed twice in the quorum");
            }
            if (!refs.add(key.ref())) {
                throw new MalformedException("two witness keys of the quorum are called " + key.ref());
            }
        }
    }
}
