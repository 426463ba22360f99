package se.samsyn.protocol.witness;

import java.util.Arrays;
import java.util.List;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.SignedNote;

/**
 * What a log asks a witness to cosign (C2SP tlog-witness, add-checkpoint).
 *
 * @param oldSize the size that the log believes the witness to have cosigned last
 * @param proof of consistency from that size, at most {@link #MAX_PROOF} hashes
 * @param checkpoint the note, with the log's signature
 */
public record AddCheckpointRequest(long oldSize, List<Hash> proof, SignedNote checkpoint) {
    /** The most hashes that a consistency proof of a tree of at most 2^63−1 leaves is allowed. */
    public static final int MAX_PROOF = 63;
    /** The longest request in bytes: the first line, the proof, and the largest note. */
    public static final int MAX_LENGTH = 32 + MAX_PROOF * 45 + SignedNote.MAX_LENGTH;

    private static final String OLD = "old ";

    public AddCheckpointRequest {
        proof = List.copyOf(proof);
        if (oldSize < 0) {
            throw new MalformedException("old size " + oldSize + " is negative");
        }
        if (proof.size() > MAX_PROOF) {
            throw new MalformedException(
                    "consistency proof has " + proof.size() + " hashes, expected at most " + MAX_PROOF);
        }
    }

    /**
     * Reads the body of a request.
     *
     * @throws MalformedException if it is not {@code old <size>}, proof lines, an empty line and a note
     */
    public static AddCheckpointRequest parse(byte[] body) {
        if (body.length > MAX_LENGTH) {
            throw new MalformedException("request has " + body.length + " bytes, expected at most " + MAX_LENGTH);
        }
        String text = Utf8.decode(body);
        int split = text.indexOf("\n\n");
        if (split < 0 || !text.startsWith(OLD)) {
            throw new MalformedException("request is not \"old <size>\", proof lines, an empty line and a note");
        }
        // one more than allowed, so that the bound is checked without splitting what lies beyond
        String[] lines = text.substring(0, split).split("\n", MAX_PROOF + 2);
        if (lines.length > MAX_PROOF + 1) {
            throw new MalformedException("consistency proof has more than " + MAX_PROOF + " hashes");
        }
        long oldSize = CanonicalDecimal.parse("old size", lines[0].substring(OLD.length()));
        List<Hash> proof = Arrays.stream(lines).skip(1).map(Hash::parseBase64).toList();
        return new AddCheckpointRequest(oldSize, proof, SignedNote.parse(Utf8.encode(text.substring(split + 2))));
    }

    /** The body that {@link #parse} reads. */
    public byte[] encode() {
        StringBuilder head = new StringBuilder(OLD).append(oldSize).append('\n');
        for (Hash hash : proof) {
            head.append(hash.toBase64()).append('\n');
        }
        return Utf8.encode(head.append('\n').append(checkpoint).toString());
    }
}
