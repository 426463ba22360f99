package se.samsyn.protocol.statement;

import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * The rule for the few free texts of feasibility: short, one line, and nobody's contact details. What is logged is never deleted, so a text
 * that looks like an address or a telephone or personal number is refused before it is signed, and by every reader.
 */
final class FeasibilityText {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    /** Seven digits or more, with what people write between them. */
    private static final Pattern NUMBER = Pattern.compile("\\p{Nd}(?:[\\s()+./-]*\\p{Nd}){6,}");

    private FeasibilityText() {}

    static void check(String what, String text, int maxLength) {
        if (text.isBlank() || !text.equals(text.strip()) || text.length() > maxLength) {
            throw new MalformedException(
                    what + " is a text of 1 to " + maxLength + " characters without blanks around it, not \""
                            + (text.length() > maxLength ? text.substring(0, maxLength) + "…" : text) + "\"");
        }
        if (CONTROL.matcher(text).find()) {
            throw new MalformedException(what + " is one line without control characters");
        }
        if (text.indexOf('@') >= 0 || NUMBER.matcher(text).find()) {
            throw new MalformedException(
                    what + " has an \"@\", or seven digits or more as of a telephone or personal number: \"" + text
                            + "\"; the log keeps it for ever, so leave contact details and identity numbers out");
        }
    }
}
