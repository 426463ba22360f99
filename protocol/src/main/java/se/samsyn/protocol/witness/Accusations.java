package se.samsyn.protocol.witness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.witness.Evidence.Accusation;

/**
 * What verified evidence says of each key and log: from which position on the key's word about the log does not count. Immutable.
 *
 * <p>Of all evidence against one key in one log the one counts that accuses it from the earliest position, and of several such the one
 * with the smallest SHA-256. So the outcome depends on the set of the evidence alone, however much of it there is and in whatever order it
 * came, and nobody can make a basis grow by proving the same thing again and again.
 *
 * <p>A key that the federation root ends in a log is judged by that end and not by evidence: the members have then agreed which history
 * counts.
 */
public final class Accusations {
    /** No key is accused of anything. */
    public static final Accusations NONE = new Accusations(new TreeMap<>());

    /** Pieces of evidence that count at most, those from the earliest positions first: more pairs of a key and a log no network has. */
    public static final int MAX_EVIDENCE = 16_384;

    private static final Comparator<Proven> STRONGEST_FIRST = Comparator.comparingLong(
                    (Proven proven) -> proven.accusation().size())
            .thenComparing(proven -> proven.sha256().toHex());

    private final SortedMap<String, Proven> byAccused;

    /**
     * An accusation and what proves it.
     *
     * @param sha256 of the evidence's canonical bytes
     */
    public record Proven(Accusation accusation, Hash sha256, Evidence evidence) {}

    private Accusations(SortedMap<String, Proven> byAccused) {
        this.byAccused = byAccused;
    }

    /**
     * What these prove together.
     *
     * @param keys of logs and witnesses, as {@link Evidence#verify} takes them
     * @throws RefutedException if one of them proves nothing
     */
    public static Accusations of(Collection<Evidence> evidence, Collection<VerifierKey> keys) {
        Accusations all = NONE;
        for (Evidence one : evidence) {
            all = all.with(one, keys);
        }
        return all;
    }

    /**
     * These and what one more piece of evidence proves.
     *
     * @throws RefutedException if it proves nothing
     */
    public Accusations with(Evidence evidence, Collection<VerifierKey> keys) {
        Hash sha256 = Hash.sha256(evidence.encode());
        TreeMap<String, Proven> next = new TreeMap<>(byAccused);
        for (Accusation accusation : ofTheNetwork(evidence, keys)) {
            next.merge(
                    accused(accusation.key().ref(), accusation.origin()),
                    new Proven(accusation, sha256, evidence),
                    (a, b) -> STRONGEST_FIRST.compare(a, b) <= 0 ? a : b);
        }
        List<Proven> ordered = new ArrayList<>(next.values());
        ordered.sort(STRONGEST_FIRST);
        if (ordered.size() > MAX_EVIDENCE) {
            next.values().retainAll(ordered.subList(0, MAX_EVIDENCE));
        }
        return new Accusations(next);
    }

    /**
     * Tells whether evidence accuses some key in a log in which it is not accused yet, or from an earlier position.
     *
     * @throws RefutedException if it proves nothing
     */
    public boolean isWorsenedBy(Evidence evidence, Collection<VerifierKey> keys) {
        return ofTheNetwork(evidence, keys).stream()
                .anyMatch(accusation -> against(accusation.key(), accusation.origin())
                        .filter(known -> known.size() <= accusation.size())
                        .isEmpty());
    }

    /**
     * What it proves about logs that there are. A key can sign what it likes about logs that nobody keeps; if that counted, who has one
     * could fill every node with it.
     */
    private static List<Accusation> ofTheNetwork(Evidence evidence, Collection<VerifierKey> keys) {
        String origin = evidence.origin();
        boolean isLog = keys.stream().anyMatch(key -> key.name().equals(origin));
        List<Accusation> proven = evidence.verify(keys).stream()
                .filter(accusation -> isLog
                        && (accusation.key().type() == KeyType.COSIGNATURE
                                || accusation.key().name().equals(origin)))
                .toList();
        if (proven.isEmpty()) {
            throw new RefutedException("it is about " + origin + ", which is no log of the network or not that key's");
        }
        return proven;
    }

    /** The SHA-256 of each piece of evidence that counts, sorted, each once: what a basis lists. */
    public List<Hash> evidence() {
        return byAccused.values().stream()
                .map(Proven::sha256)
                .distinct()
                .sorted(Comparator.comparing(Hash::toHex))
                .toList();
    }

    /** A piece of evidence that counts. */
    public Optional<Evidence> evidence(Hash sha256) {
        return byAccused.values().stream()
                .filter(proven -> proven.sha256().equals(sha256))
                .map(Proven::evidence)
                .findFirst();
    }

    /** All accusations, by key and log. */
    public List<Proven> all() {
        return List.copyOf(byAccused.values());
    }

    /** What a key is accused of in a log, if anything. */
    public Optional<Accusation> against(VerifierKey key, String origin) {
        return Optional.ofNullable(byAccused.get(accused(key.ref(), origin))).map(Proven::accusation);
    }

    /**
     * What is said against a log itself: the accusation from the earliest position of any of its keys.
     *
     * @param logKeys that the federation root lists
     * @param ends positions at which the federation root ends keys, by which those are judged
     */
    public Optional<Accusation> againstLog(String origin, Collection<VerifierKey> logKeys, Collection<KeyEnd> ends) {
        return logKeys.stream()
                .filter(key -> !isSettled(key, origin, ends))
                .flatMap(key -> against(key, origin).stream())
                .min(Comparator.comparingLong(Accusation::size)
                        .thenComparing(accusation -> accusation.key().ref()));
    }

    /**
     * Tells whether a key's word about a tree of a log does not count.
     *
     * @param size of the tree
     * @param ends as {@link #againstLog} takes them
     */
    public boolean silences(VerifierKey key, String origin, long size, Collection<KeyEnd> ends) {
        return !byAccused.isEmpty()
                && against(key, origin)
                        .filter(accusation -> size >= accusation.size())
                        .isPresent()
                && !isSettled(key, origin, ends);
    }

    /** Tells whether the same keys are accused in the same logs from the same positions, be it by other evidence. */
    public boolean hasSameEffectAs(Accusations other) {
        return effect().equals(other.effect());
    }

    private Map<String, Long> effect() {
        Map<String, Long> effect = new HashMap<>();
        byAccused.forEach(
                (accused, proven) -> effect.put(accused, proven.accusation().size()));
        return effect;
    }

    private static boolean isSettled(VerifierKey key, String origin, Collection<KeyEnd> ends) {
        return ends.stream()
                .anyMatch(end -> end.key().equals(key.ref()) && end.origin().equals(origin));
    }

    private static String accused(String keyRef, String origin) {
        return keyRef + " " + origin;
    }
}
