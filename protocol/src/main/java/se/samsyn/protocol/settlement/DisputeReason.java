package se.samsyn.protocol.settlement;

import java.util.Arrays;

/** Why a payer disputes an invoice, as one of a few words: what somebody wrote about it in her own words never leaves the region. */
public enum DisputeReason {
    /** The patient does not live in the payer's region. */
    NOT_OUR_PATIENT("not-our-patient"),
    /** Nobody agreed beforehand to pay for this. */
    NOT_AGREED("not-agreed"),
    /** Another price was agreed. */
    PRICE("price"),
    /** It was invoiced already. */
    DUPLICATE("duplicate"),
    /** The invoice does not say enough. */
    INCOMPLETE("incomplete"),
    /** The sponsor is to pay. */
    SPONSOR_PAYS("sponsor-pays"),
    /** Anything else; the two have to talk. */
    OTHER("other");

    private final String wireName;

    DisputeReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    /** The reason that a text is the word for; {@link #OTHER} for every other text. */
    public static DisputeReason of(String text) {
        return Arrays.stream(values())
                .filter(reason -> reason.wireName.equals(text))
                .findFirst()
                .orElse(OTHER);
    }
}
