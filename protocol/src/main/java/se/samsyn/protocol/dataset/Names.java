package se.samsyn.protocol.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/** How the things in a definition may be called; every definition that breaks one of these rules is refused. */
final class Names {
    /** The languages in which everything that people see has a label. */
    static final Set<String> LANGUAGES = Set.of("sv", "en");

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z][A-Za-z0-9]{0,63}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9/.-]{1,40}");
    private static final int MAX_LABEL_LENGTH = 200;

    private Names() {}

    static void checkName(String what, String name) {
        check(NAME, "lower-case letters, digits and dashes", what, name);
    }

    /** Fields of records, and measures. */
    static void checkCamelCase(String what, String name) {
        check(CAMEL_CASE, "camelCase", what, name);
    }

    static void checkCode(String code) {
        check(CODE, "letters, digits, '/', '.' and '-'", "a code", code);
    }

    static void checkLabels(String what, Map<String, String> labels) {
        if (!labels.keySet().equals(LANGUAGES)) {
            throw new MalformedException(what + " has labels in sv and en, not in " + new TreeSet<>(labels.keySet()));
        }
        for (String label : labels.values()) {
            if (label.isBlank() || label.length() > MAX_LABEL_LENGTH) {
                throw new MalformedException(what + " has a label that is empty or longer than " + MAX_LABEL_LENGTH);
            }
        }
    }

    /** Refuses a name that occurs twice. */
    static <T> void checkDistinct(String what, List<T> things, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T thing : things) {
            if (!seen.add(name.apply(thing))) {
                throw new MalformedException(what + " \"" + name.apply(thing) + "\" occurs twice");
            }
        }
    }

    private static void check(Pattern syntax, String expected, String what, String name) {
        if (!syntax.matcher(name).matches()) {
            throw new MalformedException(what + " is made of " + expected + ", unlike \"" + name + "\"");
        }
    }
}
