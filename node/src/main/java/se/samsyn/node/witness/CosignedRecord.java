package se.samsyn.node.witness;

import java.nio.ByteBuffer;
import se.samsyn.protocol.note.SignedNote;

/**
 * What a witness stores before it signs: the log's whole note, and the time that the cosignature will have. Ed25519 gives the same
 * cosignature for them at any time, so nothing is lost if the node is killed before the signature was made.
 *
 * @param timeSeconds seconds since 1970
 */
record CosignedRecord(long timeSeconds, SignedNote note) {
    byte[] encode() {
        byte[] bytes = note.encode();
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(timeSeconds)
                .put(bytes)
                .array();
    }

    static CosignedRecord parse(byte[] stored) {
        ByteBuffer rest = ByteBuffer.wrap(stored);
        long time = rest.getLong();
        byte[] note = new byte[rest.remaining()];
        rest.get(note);
        return new CosignedRecord(time, SignedNote.parse(note));
    }
}
