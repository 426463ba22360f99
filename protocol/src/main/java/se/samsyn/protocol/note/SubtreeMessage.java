package se.samsyn.protocol.note;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.tlog.Checkpoint;

/**
 * What a key of type 0x06 signs (C2SP tlog-cosignature): its own name, a time, and a tree of a log.
 *
 * <p>It covers the three lines of a checkpoint and nothing else of a note, which is why extension lines are refused.
 */
public final class SubtreeMessage {
    private static final byte[] LABEL = Utf8.encode("subtree/v1\n\0");
    private static final long START = 0; // a checkpoint's tree begins at the first entry

    private SubtreeMessage() {}

    /**
     * The bytes under a signature.
     *
     * @param signer the name of the key, at most 255 bytes
     * @param timeSeconds seconds since 1970; 0 for a log's own signature
     */
    public static byte[] encode(String signer, long timeSeconds, Checkpoint checkpoint) {
        if (timeSeconds < 0) {
            throw new IllegalArgumentException("a signature's time is at least 0, not " + timeSeconds);
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(LABEL);
        writeName(message, KeyName.check(signer));
        message.writeBytes(u64(timeSeconds));
        writeName(message, checkpoint.origin());
        message.writeBytes(u64(START));
        message.writeBytes(u64(checkpoint.head().size()));
        message.writeBytes(checkpoint.head().root().toByteArray());
        return message.toByteArray();
    }

    private static void writeName(ByteArrayOutputStream message, String name) {
        byte[] bytes = Utf8.encode(name);
        message.write(bytes.length); // at most 255, as names of keys and origins are
        message.writeBytes(bytes);
    }

    private static byte[] u64(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
