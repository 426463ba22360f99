package se.samsyn.protocol.settlement;

/**
 * One payment that settles what several owe.
 *
 * @param from who pays
 * @param to who is paid
 * @param amountOre in öre, more than nothing
 */
public record Payment(String from, String to, long amountOre) {
    public Payment {
        if (amountOre < 1 || from.equals(to)) {
            throw new IllegalArgumentException(
                    "a payment is of something to somebody else, not of " + amountOre + " from " + from + " to " + to);
        }
    }
}
