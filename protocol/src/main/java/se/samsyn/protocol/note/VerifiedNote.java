package se.samsyn.protocol.note;

import java.util.List;

/**
 * A note of which every line by a known key holds, with at least one such line.
 *
 * @param note the note as received, unknown lines included
 * @param signatures those of known keys, in the order of the lines; a key that signed twice is here twice
 */
public record VerifiedNote(SignedNote note, List<VerifiedSignature> signatures) {
    public VerifiedNote {
        signatures = List.copyOf(signatures);
    }
}
