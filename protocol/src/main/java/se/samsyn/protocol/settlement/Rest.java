package se.samsyn.protocol.settlement;

import java.util.Arrays;
import se.samsyn.protocol.MalformedException;

/**
 * What sets an issuer's lines apart from its costs of the same quarter that the payer's regions bear, which it may publish beside: costs
 * that are in no line, and what is in a line and not in the costs of the quarter. Whoever subtracts one from the other is left with it.
 */
public enum Rest {
    /** Nothing: the lines are all that there is. */
    NONE("none"),
    /** Of as many participants as the issuer asks for, and of no trial more than others may be told. */
    ENOUGH("enough"),
    /** Of some participants, and of too few. */
    FEW("few");

    private final String wireName;

    Rest(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** What a rest that comes to this is, for an issuer that asks for k participants. */
    public static Rest of(OutcomeTotal rest, int k) {
        if (rest.lines() == 0) {
            return NONE;
        }
        return rest.isPublishable(k) ? ENOUGH : FEW;
    }

    /**
     * Reads the word for it.
     *
     * @throws MalformedException if there is no such word
     */
    public static Rest parse(String text) {
        return Arrays.stream(values())
                .filter(rest -> rest.wireName.equals(text))
                .findFirst()
                .orElseThrow(() -> new MalformedException("\"" + text + "\" is no word for a rest of costs"));
    }
}
