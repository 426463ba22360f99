package se.samsyn.protocol.note;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;

/**
 * The rule by which a note's signatures count: lines of unknown keys are ignored, a known key's line that fails
 * refuses the note.
 */
public final class NoteVerifier {
    /**
     * Signatures that were found to hold, by the hash of key, signature and text. A node meets each many times: when a checkpoint is
     * offered, when it is judged by the root in force, in the answers of other peers, and beside newer cosignatures.
     */
    private static final Recent<Hash, VerifiedSignature> HELD = new Recent<>(8_192);

    private NoteVerifier() {}

    /**
     * Verifies every line whose name and key ID are those of a known key.
     *
     * @throws RefutedException if one of them does not hold, or there is none
     * @throws IllegalArgumentException if two of the known keys have one name and key ID
     */
    public static VerifiedNote verify(SignedNote note, Collection<VerifierKey> known) {
        Map<String, VerifierKey> keys = byRef(known);
        List<VerifiedSignature> verified = new ArrayList<>();
        for (SignatureLine line : note.signatures()) {
            VerifierKey key = keys.get(line.ref());
            if (key != null) {
                verified.add(verifyLine(line, note.text(), key));
            }
        }
        if (verified.isEmpty()) {
            throw new RefutedException("note has no signature by a known key");
        }
        return new VerifiedNote(note, verified);
    }

    /**
     * Verifies one line under the key that it names.
     *
     * @throws RefutedException if it is not that key's signature of the text
     */
    public static VerifiedSignature verifyLine(SignatureLine line, String text, VerifierKey key) {
        if (!line.ref().equals(key.ref())) {
            throw new RefutedException("signature line is by " + line.ref() + ", expected " + key.ref());
        }
        byte[] blob = line.blob();
        if (blob.length != key.type().blobLength()) {
            throw new RefutedException("signature of " + key.ref() + " has " + blob.length + " bytes, expected "
                    + key.type().blobLength());
        }
        try {
            return HELD.get(
                    Hash.sha256(key.hash().toByteArray(), blob, Utf8.encode(text)),
                    unknown -> new VerifiedSignature(key, key.type().verify(key, text, blob)));
        } catch (RefutedException e) {
            throw new RefutedException("signature line of " + key.ref() + ": " + e.getMessage());
        }
    }

    private static Map<String, VerifierKey> byRef(Collection<VerifierKey> known) {
        Map<String, VerifierKey> keys = new HashMap<>();
        for (VerifierKey key : known) {
            VerifierKey other = keys.put(key.ref(), key);
            if (other != null && !other.equals(key)) {
                throw new IllegalArgumentException("two known keys are called " + key.ref());
            }
        }
        return keys;
    }
}
