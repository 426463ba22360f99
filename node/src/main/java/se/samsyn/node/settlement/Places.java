package se.samsyn.node.settlement;

import java.util.regex.Pattern;
import se.samsyn.protocol.root.Member;

/** Which places can owe anything. */
final class Places {
    private static final Pattern KNOWN = Pattern.compile("[0-9]{2}(?:[0-9]{2})?");

    private Places() {}

    /** True for the code of a county or a municipality. */
    static boolean isKnown(String place) {
        return KNOWN.matcher(place).matches();
    }

    /** True for a member that speaks for any such place; a national agency owes nobody for care. */
    static boolean settles(Member member) {
        return member.scope().places().stream().anyMatch(Places::isKnown);
    }
}
