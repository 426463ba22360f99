package se.samsyn.protocol.settlement;

import se.samsyn.protocol.MalformedException;

/**
 * What one invoice asks for one trial's participants from one home region.
 *
 * @param amountOre in öre
 * @param participants how many it is about, each counted once
 */
public record InvoiceLine(LineKey key, long amountOre, int participants) {
    /** The largest amount of a line, in öre: five milliard kronor. {@link Proposal#MAX_LINES} such still add up exactly. */
    public static final long MAX_AMOUNT_ORE = 500_000_000_000L;
    /** The most participants in a line. */
    public static final int MAX_PARTICIPANTS = 1_000_000;

    public InvoiceLine {
        checkAmount(amountOre);
        if (participants < 1 || participants > MAX_PARTICIPANTS) {
            throw new MalformedException("an invoice line is about 1 to " + MAX_PARTICIPANTS + " participants, not "
                    + participants + " (invoice " + key.invoice() + ")");
        }
    }

    static void checkAmount(long amountOre) {
        if (amountOre < 1 || amountOre > MAX_AMOUNT_ORE) {
            throw new MalformedException(
                    "an invoice line's amount is 1 to " + MAX_AMOUNT_ORE + " öre, not " + amountOre);
        }
    }
}
