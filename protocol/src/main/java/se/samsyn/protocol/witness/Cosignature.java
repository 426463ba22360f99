package se.samsyn.protocol.witness;

import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifiedSignature;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;

/** A witness's word that it holds what a checkpoint commits to (type 0x04), with the time at which it said so. */
public final class Cosignature {
    private Cosignature() {}

    /**
     * Cosigns a checkpoint, as it is encoded from what was understood of it.
     *
     * @param timeSeconds seconds since 1970, at least 1
     */
    public static SignatureLine sign(SigningKey witness, long timeSeconds, Checkpoint checkpoint) {
        return witness.cosignNote(timeSeconds, checkpoint.encode());
    }

    /**
     * Verifies a witness's line on a checkpoint.
     *
     * @throws RefutedException if it is not that witness's cosignature of that checkpoint
     */
    public static VerifiedSignature verify(SignatureLine line, Checkpoint checkpoint, VerifierKey witness) {
        return NoteVerifier.verifyLine(line, checkpoint.encode(), witness);
    }
}
