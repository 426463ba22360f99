package se.samsyn.protocol.note;

import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Utf8;

/**
 * The rule that names of keys keep: not empty, no white space, no control character, no plus sign, at most 255 bytes.
 */
final class KeyName {
    static final int MAX_LENGTH = 255;

    private static final Pattern VALID = Pattern.compile("[^+\\p{IsWhite_Space}\\p{Cc}]+");

    private KeyName() {}

    static String check(String name) {
        if (!VALID.matcher(name).matches()) {
            throw new MalformedException(
                    "\"" + name + "\" is not the name of a key: expected a name without white space and plus sign");
        }
        if (Utf8.encode(name).length > MAX_LENGTH) {
            throw new MalformedException("the name of a key has more than " + MAX_LENGTH + " bytes");
        }
        return name;
    }
}
