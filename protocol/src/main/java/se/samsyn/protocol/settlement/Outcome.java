package se.samsyn.protocol.settlement;

import java.util.Arrays;
import se.samsyn.protocol.MalformedException;

/** What became of an invoice line when both parties' accounts of it were laid side by side. */
public enum Outcome {
    /** Both know it, with the same amount. */
    MATCHED("matched"),
    /** Both know it, with different amounts. */
    DIFFERING("differing"),
    /** The payer knows it and disputes it, whatever the amount. */
    DISPUTED("disputed"),
    /** The issuer has invoiced it, and the payer has no such invoice. */
    UNKNOWN_TO_PAYER("unknown-to-payer"),
    /** The payer has received it, and the issuer has no such invoice. */
    UNKNOWN_TO_ISSUER("unknown-to-issuer");

    private final String wireName;

    Outcome(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /**
     * Reads the word for an outcome.
     *
     * @throws MalformedException if there is no such outcome
     */
    public static Outcome parse(String text) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.wireName.equals(text))
                .findFirst()
                .orElseThrow(() -> new MalformedException("\"" + text + "\" is no outcome of an invoice line"));
    }
}
