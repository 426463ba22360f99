package se.samsyn.protocol;

/** Decimal numbers from 0 to 2^63−1 with one spelling each: no sign, no leading zero, no white space. */
public final class CanonicalDecimal {
    private CanonicalDecimal() {}

    /**
     * Reads a number that is written as {@link Long#toString(long)} writes it.
     *
     * @param what what the number is, for the message
     * @throws MalformedException if it is negative, too large or spelled otherwise
     */
    public static long parse(String what, String text) {
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw refuse(what, text);
        }
        if (number < 0 || !Long.toString(number).equals(text)) {
            throw refuse(what, text);
        }
        return number;
    }

    private static MalformedException refuse(String what, String text) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return new MalformedException(
                what + " is \"" + shown + "\", expected a decimal number from 0 to 2^63-1 without leading zeros");
    }
}
