package se.samsyn.protocol.root;

import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/** The rule that names of nodes and networks keep; they are names of folders, too. */
final class NodeName {
    /** With {@code /publisher} a name has at most 255 characters. */
    private static final Pattern VALID = Pattern.compile("[a-z0-9.-]{1,245}");

    private NodeName() {}

    static String check(String name) {
        if (!VALID.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new MalformedException("\"" + name + "\" is no name of a node: expected a-z, 0-9, . and -");
        }
        return name;
    }
}
