package se.samsyn.protocol.note;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Utf8;

/** A text with its signature lines, well-formed but not verified (C2SP signed-note). */
public final class SignedNote {
    /** The largest note in bytes. */
    public static final int MAX_LENGTH = 1 << 20;
    /** The most signature lines: other implementations refuse more. */
    public static final int MAX_SIGNATURES = 100;

    private static final String SEPARATOR = "\n\n";

    private final String text;
    private final List<SignatureLine> signatures;

    private SignedNote(String text, List<SignatureLine> signatures) {
        checkText(text);
        checkCount(signatures.size());
        this.text = text;
        this.signatures = List.copyOf(signatures);
    }

    /**
     * Puts a text and its signatures together.
     *
     * @param text ends in a line feed
     * @param signatures 1 to {@link #MAX_SIGNATURES}
     * @throws MalformedException if the note could not be encoded
     */
    public static SignedNote of(String text, List<SignatureLine> signatures) {
        SignedNote note = new SignedNote(text, signatures);
        checkLength(note.encode().length);
        return note;
    }

    /**
     * Reads a note: the text ends at the last empty line, all below it are signature lines.
     *
     * @throws MalformedException if it is no note, or larger than the bounds
     */
    public static SignedNote parse(byte[] bytes) {
        checkLength(bytes.length);
        String note = Utf8.decode(bytes);
        int split = note.lastIndexOf(SEPARATOR);
        if (split < 0) {
            throw new MalformedException("note has no empty line between its text and its signatures");
        }
        if (!note.endsWith("\n")) {
            throw new MalformedException("note does not end in a line feed");
        }
        String text = note.substring(0, split + 1);
        String below = note.substring(split + SEPARATOR.length());
        checkCount((int) below.chars().filter(c -> c == '\n').count());
        List<SignatureLine> lines = Arrays.stream(
                        below.substring(0, below.length() - 1).split("\n", -1))
                .map(SignatureLine::parse)
                .toList();
        return new SignedNote(text, lines);
    }

    /** The bytes that {@link #parse} reads. */
    public byte[] encode() {
        StringBuilder note = new StringBuilder(text).append('\n');
        for (SignatureLine line : signatures) {
            note.append(line.encode()).append('\n');
        }
        return Utf8.encode(note.toString());
    }

    /** The signed text, up to and with its last line feed. */
    public String text() {
        return text;
    }

    public List<SignatureLine> signatures() {
        return signatures;
    }

    /** This note with one more line below the others. */
    public SignedNote with(SignatureLine line) {
        List<SignatureLine> more = new ArrayList<>(signatures);
        more.add(line);
        return of(text, more);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedNote note && text.equals(note.text) && signatures.equals(note.signatures);
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + signatures.hashCode();
    }

    @Override
    public String toString() {
        return Utf8.decode(encode());
    }

    private static void checkText(String text) {
        if (!text.endsWith("\n")) {
            throw new MalformedException("the text of a note ends in a line feed");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n') {
                throw new MalformedException(
                        "note has control character 0x" + HexFormat.of().toHexDigits((byte) c) + " at character " + i);
            }
        }
    }

    private static void checkCount(int signatures) {
        if (signatures < 1 || signatures > MAX_SIGNATURES) {
            throw new MalformedException(
                    "note has " + signatures + " signature lines, expected 1 to " + MAX_SIGNATURES);
        }
    }

    private static void checkLength(int length) {
        if (length > MAX_LENGTH) {
            throw new MalformedException("note has " + length + " bytes, expected at most " + MAX_LENGTH);
        }
    }
}
