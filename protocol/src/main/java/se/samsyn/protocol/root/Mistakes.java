package se.samsyn.protocol.root;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.MalformedException;

/** All that is wrong with a text, so that its author can mend it in one go. */
final class Mistakes {
    /** The most mistakes that are told; more are counted. */
    static final int MAX_TOLD = 100;

    private final String what;
    private final List<String> told = new ArrayList<>();
    private int count;

    Mistakes(String what) {
        this.what = what;
    }

    void add(int line, String mistake) {
        add("line " + line + ": " + mistake);
    }

    void add(String mistake) {
        count++;
        if (told.size() < MAX_TOLD) {
            told.add(mistake);
        }
    }

    /**
     * Ends the reading if there was a mistake.
     *
     * @throws MalformedException with all of them
     */
    void refuseAny() {
        if (count == 0) {
            return;
        }
        String more = count > told.size() ? "\n  and " + (count - told.size()) + " more" : "";
        throw new MalformedException(what + " has " + count + (count == 1 ? " mistake" : " mistakes") + ":\n  "
                + String.join("\n  ", told) + more);
    }
}
