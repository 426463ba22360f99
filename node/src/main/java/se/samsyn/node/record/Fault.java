package se.samsyn.node.record;

import java.util.HexFormat;

/**
 * One thing that keeps a file from being imported.
 *
 * @param line the line on which the row starts, from 1; the header is line 1; 0 is the file as a whole
 * @param column the column's name; empty where the row as a whole is at fault
 * @param value what stands there, shortened, with control characters made visible
 * @param expected what should stand there
 */
public record Fault(long line, String column, String value, String expected) {
    /** The most characters of a value that a report repeats. */
    static final int MAX_SHOWN = 60;

    public Fault {
        value = shown(value);
    }

    /** The fault as a line for people. */
    public String toText() {
        String where = line == 0 ? "the file" : "line " + line;
        String found = column.isEmpty() ? value : "\"" + value + "\"";
        return where + (column.isEmpty() ? "" : ", " + column) + ": " + found + "; expected " + expected;
    }

    /** A text as a report may show it. */
    static String shown(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints().limit(MAX_SHOWN).forEach(point -> {
            if (Character.isISOControl(point)) {
                shown.append("\\u").append(HexFormat.of().toHexDigits((char) point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return value.codePointCount(0, value.length()) <= MAX_SHOWN
                ? shown.toString()
                : shown.append('…').toString();
    }
}
