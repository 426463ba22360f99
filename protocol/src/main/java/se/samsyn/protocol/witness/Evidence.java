package se.samsyn.protocol.witness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifiedSignature;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.ConsistencyProof;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * A portable proof that a key signed two histories of one log (SIGNING section 1): two checkpoints of it that cannot both be true. It needs
 * nothing but the public key of whoever signed both, and reveals no entry.
 *
 * <p>Two notes of one size contradict each other by their roots alone. Of different sizes they do if some other root than the one signed at
 * the smaller size leads, by an ordinary consistency proof, to the root signed at the larger. A proof that merely fails is evidence of
 * nothing: anybody can make one.
 *
 * @param a the checkpoint of the smaller size, or one of two of the same size
 * @param b the other
 * @param prefixRoot the root at the size of {@code a} that {@code b} grew from, where the sizes differ
 * @param proof that {@code prefixRoot} leads to the root of {@code b}
 */
public record Evidence(SignedNote a, SignedNote b, Optional<Hash> prefixRoot, List<Hash> proof) {
    /** Hashes in a proof: a tree of 2^63 entries needs no more. */
    public static final int MAX_PROOF_SIZE = 63;

    private static final String SCHEMA = "evidence";

    /** What a key did. */
    public enum Fault {
        /** It signed two roots of one size. */
        TWO_ROOTS("signed two roots of one size"),
        /** It signed a root, and a larger tree that grew from another. */
        REWRITTEN_PAST("signed a tree that did not grow from what it had signed before"),
        /** It signed a smaller tree at a later time. */
        WENT_BACK("signed a smaller tree at a later time");

        private final String text;

        Fault(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }

        /** The word for it in JSON, for example {@code two-roots}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What is proven of one key.
     *
     * @param size the smaller of the two sizes: from there on the key's word about this log does not count
     */
    public record Accusation(VerifierKey key, Fault fault, String origin, long size) {
        /** One sentence. */
        public String text() {
            return key.ref() + " " + fault.text() + ", in " + origin + " at size " + size;
        }
    }

    /**
     * Takes the parts in either order.
     *
     * @throws MalformedException if the notes are no checkpoints of one log, or there is a proof where none is needed
     */
    public Evidence {
        Checkpoint first = Checkpoint.parse(a.text());
        Checkpoint second = Checkpoint.parse(b.text());
        proof = List.copyOf(proof);
        if (!first.origin().equals(second.origin())) {
            throw new MalformedException("the two checkpoints are of " + first.origin() + " and " + second.origin()
                    + ", expected of one log");
        }
        if (first.head().size() > second.head().size()) {
            throw new MalformedException("the first checkpoint is larger than the second; the smaller comes first");
        }
        if (first.head().size() == second.head().size() && (prefixRoot.isPresent() || !proof.isEmpty())) {
            throw new MalformedException("two checkpoints of one size need no proof");
        }
        if (prefixRoot.isEmpty() && !proof.isEmpty()) {
            throw new MalformedException("a proof leads from prefixRoot, which is not given");
        }
        if (proof.size() > MAX_PROOF_SIZE) {
            throw new MalformedException("the proof has " + proof.size() + " hashes, more than " + MAX_PROOF_SIZE);
        }
    }

    /** Two notes of one size, or two of different sizes with times that went back. */
    public static Evidence of(SignedNote one, SignedNote other) {
        boolean ordered = size(one) <= size(other);
        return new Evidence(ordered ? one : other, ordered ? other : one, Optional.empty(), List.of());
    }

    /** Two notes of different sizes, the smaller first, and what the larger grew from. */
    public static Evidence of(SignedNote smaller, SignedNote larger, Hash prefixRoot, List<Hash> proof) {
        return new Evidence(smaller, larger, Optional.of(prefixRoot), proof);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws MalformedException if the bytes are anything else, naming the field
     */
    public static Evidence parse(byte[] canonical) {
        return of(CanonicalJson.parseCanonical(canonical));
    }

    /**
     * Takes evidence out of a larger document.
     *
     * @throws MalformedException if it is none, naming the field
     */
    public static Evidence of(JsonNode json) {
        JsonSchema.named(SCHEMA).check(json);
        Optional<Hash> prefixRoot = json.has("prefixRoot")
                ? Optional.of(Hash.parseBase64(json.get("prefixRoot").textValue()))
                : Optional.empty();
        List<Hash> proof = json.has("proof")
                ? StreamSupport.stream(json.get("proof").spliterator(), false)
                        .map(hash -> Hash.parseBase64(hash.textValue()))
                        .toList()
                : List.of();
        return new Evidence(note(json, "a"), note(json, "b"), prefixRoot, proof);
    }

    /** Canonical JSON. */
    public byte[] encode() {
        return CanonicalJson.encode(json());
    }

    /** As it stands in a larger document. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("a", Utf8.decode(a.encode()))
                .put("b", Utf8.decode(b.encode()));
        prefixRoot.ifPresent(root -> {
            json.put("prefixRoot", root.toBase64());
            ArrayNode hashes = json.putArray("proof");
            proof.forEach(hash -> hashes.add(hash.toBase64()));
        });
        return json;
    }

    /** The origin of the log that it is about. */
    public String origin() {
        return Checkpoint.parse(a.text()).origin();
    }

    /** This evidence with the lines of these keys alone: what others signed proves nothing here, and is left out. */
    public Evidence against(Collection<VerifierKey> keys) {
        return new Evidence(lines(a, keys), lines(b, keys), prefixRoot, proof);
    }

    /**
     * Finds what it proves.
     *
     * @param keys of the log and of witnesses, whose lines are verified; others are ignored
     * @return at least one accusation
     * @throws RefutedException if a known line does not hold, no known key signed both, or the two do not contradict each other
     */
    public List<Accusation> verify(Collection<VerifierKey> keys) {
        List<VerifiedSignature> ofA = NoteVerifier.verify(a, keys).signatures();
        List<VerifiedSignature> ofB = NoteVerifier.verify(b, keys).signatures();
        List<VerifierKey> signedBoth = ofA.stream()
                .map(VerifiedSignature::key)
                .distinct()
                .filter(key ->
                        ofB.stream().anyMatch(signature -> signature.key().equals(key)))
                .toList();
        if (signedBoth.isEmpty()) {
            throw new RefutedException("no known key signed both checkpoints");
        }
        Optional<Fault> contradiction = contradiction();
        List<Accusation> accusations = new ArrayList<>();
        for (VerifierKey key : signedBoth) {
            contradiction
                    .or(() -> wentBack(key, ofA, ofB))
                    .ifPresent(fault -> accusations.add(new Accusation(key, fault, origin(), size(a))));
        }
        if (accusations.isEmpty()) {
            throw new RefutedException("the two checkpoints do not contradict each other");
        }
        return accusations;
    }

    private Optional<Fault> contradiction() {
        TreeHead smaller = Checkpoint.parse(a.text()).head();
        TreeHead larger = Checkpoint.parse(b.text()).head();
        if (smaller.size() == larger.size()) {
            return smaller.root().equals(larger.root()) ? Optional.empty() : Optional.of(Fault.TWO_ROOTS);
        }
        if (prefixRoot.isEmpty()) {
            return Optional.empty();
        }
        if (prefixRoot.get().equals(smaller.root())) {
            throw new RefutedException("prefixRoot is the root that was signed: the larger tree grew from the smaller");
        }
        if (smaller.size() == 0) {
            // every tree grows from the empty one, whatever its root is said to be
            throw new RefutedException("a tree without entries contradicts no other");
        }
        ConsistencyProof.verify(new TreeHead(smaller.size(), prefixRoot.get()), larger, proof);
        return Optional.of(Fault.REWRITTEN_PAST);
    }

    /** A log's own signatures have no time, so that only witnesses can be caught so. */
    private Optional<Fault> wentBack(VerifierKey key, List<VerifiedSignature> ofA, List<VerifiedSignature> ofB) {
        boolean later = key.type() == KeyType.COSIGNATURE
                && size(a) < size(b)
                && times(key, ofA).max().orElseThrow() > times(key, ofB).min().orElseThrow();
        return later ? Optional.of(Fault.WENT_BACK) : Optional.empty();
    }

    private static LongStream times(VerifierKey key, List<VerifiedSignature> signatures) {
        return signatures.stream()
                .filter(signature -> signature.key().equals(key))
                .mapToLong(VerifiedSignature::timeSeconds);
    }

    private static SignedNote lines(SignedNote note, Collection<VerifierKey> keys) {
        List<SignatureLine> lines = note.signatures().stream()
                .filter(line -> keys.stream().anyMatch(key -> key.ref().equals(line.ref())))
                .toList();
        return SignedNote.of(note.text(), lines);
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).head().size();
    }

    private static SignedNote note(JsonNode json, String field) {
        try {
            return SignedNote.parse(Utf8.encode(json.get(field).textValue()));
        } catch (MalformedException e) {
            throw new MalformedException("/" + field + ": " + e.getMessage());
        }
    }
}
