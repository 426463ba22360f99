package se.samsyn.node.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Scope;

/** The places of which the network knows, against which a member's scope is checked before it stands in a federation root. */
public final class Places {
    private static final String LIST = "place";

    private final CodeList list;

    private Places(CodeList list) {
        this.list = list;
    }

    /**
     * The places in a network's files.
     *
     * @throws MalformedException if the files have no list of places
     */
    public static Places of(NetworkFiles files) {
        return new Places(files.codeList(LIST));
    }

    /**
     * Checks that every place of a scope is in the list.
     *
     * @throws MalformedException that names each place that is not, those that are close to it, and all that there are
     */
    public void check(Scope scope) {
        List<String> unknown = new ArrayList<>();
        for (String place : scope.places()) {
            if (list.get(place).isEmpty()) {
                unknown.add("there is no place \"" + place + "\"" + suggestion(place));
            }
        }
        if (!unknown.isEmpty()) {
            throw new MalformedException(
                    String.join("; ", unknown) + ". The network's list of places (code-lists/place.json) has "
                            + list.codes().stream().map(Code::code).collect(Collectors.joining(", "))
                            + "; use these codes, with commas between several");
        }
    }

    private String suggestion(String place) {
        List<String> close = list.codes().stream()
                .filter(code -> isClose(code.code(), place))
                .map(code -> code.code() + " (" + code.label().get("sv") + ")")
                .toList();
        return close.isEmpty() ? "" : "; close to it: " + String.join(", ", close);
    }

    /** Of the same county, or of the same length with all but one digit alike. */
    private static boolean isClose(String code, String place) {
        int same = 0;
        for (int i = 0; i < Math.min(code.length(), place.length()); i++) {
            same += code.charAt(i) == place.charAt(i) ? 1 : 0;
        }
        boolean sameCounty = code.length() >= 2 && place.length() >= 2 && code.startsWith(place.substring(0, 2));
        return sameCounty || (code.length() == place.length() && same == code.length() - 1);
    }
}
