package se.samsyn.protocol.witness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifiedSignature;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;

/**
 * A checkpoint whose log signature and known cosignatures all hold, with the votes of the members whose witnesses
 * cosigned it.
 */
public final class CosignedCheckpoint {
    /** How far ahead of the verifier's clock a cosignature may be dated and still count. */
    public static final long MAX_AHEAD_SECONDS = 5 * 60;

    private static final String LOG = "/log";
    private static final String WITNESS = "/witness";

    private final SignedNote note;
    private final Checkpoint checkpoint;
    private final Quorum quorum;
    private final List<VerifiedSignature> counted;
    private final List<KeyEnd> ends;
    private final long nowSeconds;
    private final SortedMap<String, Long> votes;

    private CosignedCheckpoint(
            SignedNote note,
            Checkpoint checkpoint,
            Quorum quorum,
            List<VerifiedSignature> counted,
            Collection<KeyEnd> ends,
            long nowSeconds) {
        this.note = note;
        this.checkpoint = checkpoint;
        this.quorum = quorum;
        this.counted = counted;
        this.ends = List.copyOf(ends);
        this.nowSeconds = nowSeconds;
        this.votes = Collections.unmodifiableSortedMap(votes(counted, quorum, nowSeconds));
    }

    /** As {@link #verify(SignedNote, String, Collection, Quorum, Collection, long)}, where no key has ended. */
    public static CosignedCheckpoint verify(
            SignedNote note, String origin, Collection<VerifierKey> logKeys, Quorum quorum, long nowSeconds) {
        return verify(note, origin, logKeys, quorum, List.of(), nowSeconds);
    }

    /**
     * Verifies every line by a log key or a witness of the quorum. Whether the quorum is met is the next question.
     *
     * <p>A log signs with a key of each type that it is listed with: were its ML-DSA line optional, whoever can forge
     * Ed25519 would just leave it out.
     *
     * <p>Refusing a note because of a cosignature dated ahead would let one witness stop any log, so such a one is
     * valid and not counted.
     *
     * @param origin the log that it must be of
     * @param ends positions beyond which the word of some keys does not count
     * @param nowSeconds the verifier's clock, seconds since 1970
     * @throws RefutedException if it is of another log, no log key of some listed type signed it, a known line fails,
     *     a log's line has a time, or it has a line of the log's own witness
     * @throws se.samsyn.protocol.MalformedException if the note's text is no checkpoint
     */
    public static CosignedCheckpoint verify(
            SignedNote note,
            String origin,
            Collection<VerifierKey> logKeys,
            Quorum quorum,
            Collection<KeyEnd> ends,
            long nowSeconds) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (!checkpoint.origin().equals(origin)) {
            throw new RefutedException("checkpoint is of " + checkpoint.origin() + ", expected " + origin);
        }
        if (note.signatures().stream().anyMatch(line -> line.name().equals(ownWitness(origin)))) {
            throw new RefutedException(
                    "checkpoint has a line of " + ownWitness(origin) + ": a node never cosigns its own log");
        }
        List<VerifierKey> known = new ArrayList<>(logKeys);
        known.addAll(quorum.keys());
        List<VerifiedSignature> counted = NoteVerifier.verify(note, known).signatures().stream()
                .filter(signature ->
                        ends.stream().noneMatch(end -> end.ends(signature.key(), origin, checkpoint.head())))
                .toList();
        List<VerifierKey> notEnded = logKeys.stream()
                .filter(key -> ends.stream().noneMatch(end -> end.ends(key, origin, checkpoint.head())))
                .toList();
        requireLogSignatures(origin, counted, notEnded);
        return new CosignedCheckpoint(note, checkpoint, quorum, counted, ends, nowSeconds);
    }

    /** This checkpoint, less the votes of witness keys that evidence accuses in this log at its size or an earlier one. */
    public CosignedCheckpoint without(Accusations accusations) {
        List<VerifiedSignature> left = counted.stream()
                .filter(signature -> !accusations.silences(
                        signature.key(), checkpoint.origin(), checkpoint.head().size(), ends))
                .toList();
        return left.size() == counted.size()
                ? this
                : new CosignedCheckpoint(note, checkpoint, quorum, left, ends, nowSeconds);
    }

    /**
     * Puts a checkpoint and the cosignatures that its log has collected into one note, as the log publishes it.
     *
     * <p>First the log's own lines; then for each key of the quorum its newest line, by name. Left out are lines of
     * the log's own witness, of unknown keys, dated ahead of the clock, and such as fail: any of those would only
     * harm the note.
     *
     * @param signed the checkpoint as the log signed it, with or without cosignatures
     * @param collected lines that witnesses answered with
     * @param nowSeconds the log's clock, seconds since 1970
     */
    public static SignedNote merge(
            SignedNote signed, Collection<SignatureLine> collected, Quorum quorum, long nowSeconds) {
        return new CosignatureMerge(signed.text(), quorum, nowSeconds).merge(signed, collected);
    }

    /** The name of the witness that must not cosign this log: that of the same node. */
    static String ownWitness(String origin) {
        String node = origin.endsWith(LOG) ? origin.substring(0, origin.length() - LOG.length()) : origin;
        return node + WITNESS;
    }

    private static void requireLogSignatures(
            String origin, List<VerifiedSignature> counted, List<VerifierKey> logKeys) {
        List<VerifiedSignature> byLog = counted.stream()
                .filter(signature -> logKeys.contains(signature.key()))
                .toList();
        if (byLog.isEmpty()) {
            throw new RefutedException("checkpoint of " + origin + " has no signature by a key of that log");
        }
        for (VerifiedSignature signature : byLog) {
            if (signature.timeSeconds() != 0) {
                throw new RefutedException("checkpoint of " + origin + " is signed by its own "
                        + signature.key().ref() + " with time " + signature.timeSeconds() + ", expected 0");
            }
        }
        for (VerifierKey key : logKeys) {
            if (byLog.stream().noneMatch(signature -> signature.key().type() == key.type())) {
                throw new RefutedException("checkpoint of " + origin + " has no signature of type "
                        + key.type().hexCode() + ", which the log is listed with (" + key.ref() + ")");
            }
        }
    }

    /** Each voting member's newest time. */
    private static SortedMap<String, Long> votes(List<VerifiedSignature> signatures, Quorum quorum, long nowSeconds) {
        SortedMap<String, Long> votes = new TreeMap<>();
        quorum.witnesses()
                .forEach((node, keys) -> signatures.stream()
                        .filter(signature ->
                                keys.contains(signature.key()) && !isAhead(signature.timeSeconds(), nowSeconds))
                        .forEach(signature -> votes.merge(node, signature.timeSeconds(), Math::max)));
        return votes;
    }

    /** True if a cosignature of this time is dated too far ahead of the clock to count. */
    public static boolean isAhead(long timeSeconds, long nowSeconds) {
        return timeSeconds > nowSeconds + MAX_AHEAD_SECONDS;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The note as received. */
    public SignedNote note() {
        return note;
    }

    /** How many members' witnesses cosigned, those dated ahead not counted. */
    public int votes() {
        return votes.size();
    }

    /** The members that voted, each with the newest time of its cosignatures in seconds since 1970. */
    public Map<String, Long> voteTimes() {
        return votes;
    }

    public boolean hasQuorum() {
        return votes() >= quorum.threshold();
    }

    /**
     * Insists on the quorum.
     *
     * @throws RefutedException if too few members voted
     */
    public void requireQuorum() {
        if (!hasQuorum()) {
            throw new RefutedException("checkpoint of " + checkpoint.origin() + " at size "
                    + checkpoint.head().size() + " has " + votes() + " votes, expected "
                    + quorum.threshold() + " of " + quorum.witnesses().size());
        }
    }

    /**
     * The log's time: with a quorum of k, the k-th largest of the voting members' newest times, so that k members
     * vouch for it.
     *
     * @return seconds since 1970; 0 without a quorum
     */
    public long timeSeconds() {
        if (!hasQuorum()) {
            return 0;
        }
        return votes.values().stream()
                .sorted(Comparator.reverseOrder())
                .skip(quorum.threshold() - 1L)
                .findFirst()
                .orElseThrow();
    }
}
