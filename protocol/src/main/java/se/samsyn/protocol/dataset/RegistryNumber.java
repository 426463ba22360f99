package se.samsyn.protocol.dataset;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;

/**
 * A number that a public registry gave a trial: EU CT, EudraCT, NCT or ISRCTN. Rows that share one are one trial, so it
 * has one spelling, and a sponsor's or funder's own code is none (a rule that makes two people count alike).
 */
public final class RegistryNumber implements Comparable<RegistryNumber> {
    /** Which registry gave a number. */
    public enum Kind {
        EU_CT("[0-9]{4}-5[0-9]{5}-[0-9]{2}-[0-9]{2}", "2023-501234-12-00"),
        EUDRACT("[0-9]{4}-[0-9]{6}-[0-9]{2}", "2018-001234-12"),
        NCT("NCT[0-9]{8}", "NCT01234567"),
        ISRCTN("ISRCTN[0-9]{8}", "ISRCTN12345678");

        private final Pattern syntax;
        private final String example;

        Kind(String syntax, String example) {
            this.syntax = Pattern.compile(syntax);
            this.example = example;
        }
    }

    /** EudraCT opened in 2004; a year before, or after this century, is no year of a number. */
    private static final int FIRST_YEAR = 2000;

    private static final int LAST_YEAR = 2099;

    private final Kind kind;
    private final String text;

    private RegistryNumber(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /**
     * Reads a number in its registry's own spelling.
     *
     * @throws MalformedException if no registry writes it so
     */
    public static RegistryNumber parse(String text) {
        for (Kind kind : Kind.values()) {
            Matcher matcher = kind.syntax.matcher(text);
            if (matcher.matches()) {
                RegistryNumber number = new RegistryNumber(kind, text);
                number.checkYear();
                return number;
            }
        }
        StringBuilder expected = new StringBuilder();
        for (Kind kind : Kind.values()) {
            expected.append(expected.length() == 0 ? "" : ", ").append(kind.example);
        }
        throw new MalformedException("\"" + text + "\" is no registry number, expected one like " + expected);
    }

    public Kind kind() {
        return kind;
    }

    /** The year in which the number was given; only EU CT and EudraCT numbers tell it. */
    public OptionalInt year() {
        boolean dated = kind == Kind.EU_CT || kind == Kind.EUDRACT;
        return dated ? OptionalInt.of(Integer.parseInt(text.substring(0, 4))) : OptionalInt.empty();
    }

    private void checkYear() {
        OptionalInt year = year();
        if (year.isPresent() && (year.getAsInt() < FIRST_YEAR || year.getAsInt() > LAST_YEAR)) {
            throw new MalformedException(
                    "\"" + text + "\" is no registry number: its year is not within " + FIRST_YEAR + ".." + LAST_YEAR);
        }
    }

    /** By the text alone, so that the order is the one that any reader of a summary can check. */
    @Override
    public int compareTo(RegistryNumber other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistryNumber number && text.equals(number.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The number as its registry spells it. */
    @Override
    public String toString() {
        return text;
    }
}
