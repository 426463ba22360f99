package se.samsyn.protocol.witness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.SignatureLine;

/**
 * What a witness answers when it has cosigned (C2SP tlog-witness, status 200): signature lines, not verified.
 *
 * @param lines 1 to {@link #MAX_LINES}
 */
public record AddCheckpointResponse(List<SignatureLine> lines) {
    /** The most lines: one a key, with room for a witness that rotates its keys. */
    public static final int MAX_LINES = 8;
    /** The longest response in bytes; an ML-DSA-44 line, which counts for nothing here, has at most 3,510. */
    public static final int MAX_LENGTH = MAX_LINES * 4096;

    public AddCheckpointResponse {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new MalformedException(
                    "a witness's answer has 1 to " + MAX_LINES + " signature lines, not " + lines.size());
        }
    }

    /**
     * Reads the body of a response.
     *
     * @throws MalformedException if it is not signature lines, each with a line feed
     */
    public static AddCheckpointResponse parse(byte[] body) {
        if (body.length > MAX_LENGTH) {
            throw new MalformedException("a witness's answer has at most " + MAX_LENGTH + " bytes, not " + body.length);
        }
        String text = Utf8.decode(body);
        if (!text.endsWith("\n")) {
            throw new MalformedException("a witness's answer ends in a line feed");
        }
        String[] lines = text.substring(0, text.length() - 1).split("\n", MAX_LINES + 2);
        return new AddCheckpointResponse(
                Arrays.stream(lines).map(SignatureLine::parse).toList());
    }

    /** The body that {@link #parse} reads. */
    public byte[] encode() {
        return Utf8.encode(lines.stream().map(line -> line.encode() + "\n").collect(Collectors.joining()));
    }
}
