package se.samsyn.protocol.tlog;

import java.nio.charset.StandardCharsets;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/**
 * What a log signs (C2SP tlog-checkpoint), in exactly three lines: its origin, its size and its root.
 *
 * <p>Extension lines are refused: a cosignature of type 0x06 would not cover them.
 *
 * @param origin names the log, at most {@link #MAX_ORIGIN_LENGTH} bytes without control characters
 */
public record Checkpoint(String origin, TreeHead head) {
    /** The longest origin in bytes. */
    public static final int MAX_ORIGIN_LENGTH = 255;

    private static final int LINES = 3;

    public Checkpoint {
        int length = origin.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > MAX_ORIGIN_LENGTH || origin.chars().anyMatch(c -> c < ' ')) {
            throw new MalformedException(
                    "a checkpoint's origin is 1 to " + MAX_ORIGIN_LENGTH + " bytes without control characters");
        }
    }

    /**
     * Reads the text of a note.
     *
     * @throws MalformedException if it is not exactly three lines in their canonical form
     * @throws RefutedException if the size is 0 and the root is not that of an empty tree
     */
    public static Checkpoint parse(String text) {
        String[] lines = text.split("\n", LINES + 2);
        if (lines.length != LINES + 1 || !lines[LINES].isEmpty()) {
            throw new MalformedException("a checkpoint has exactly three lines: origin, size, root");
        }
        long size = CanonicalDecimal.parse("the size in the checkpoint", lines[1]);
        try {
            return new Checkpoint(lines[0], new TreeHead(size, Hash.parseBase64(lines[2])));
        } catch (MalformedException e) {
            throw new MalformedException("checkpoint of " + lines[0] + ": " + e.getMessage(), e);
        }
    }

    /** The three lines that {@link #parse} reads. */
    public String encode() {
        return origin + "\n" + head.size() + "\n" + head.root().toBase64() + "\n";
    }
}
