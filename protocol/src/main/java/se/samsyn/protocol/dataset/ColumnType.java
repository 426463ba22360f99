package se.samsyn.protocol.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;

/**
 * How the values of a {@link Column} are written. All of them are codes, dates, numbers and names of members, each with a syntax that is
 * checked: there is none for free text, so that the name of a person fits in nowhere.
 */
public enum ColumnType {
    /** One code of a list. */
    CODE("code", false, true, ".+"),
    /** Codes of a list. */
    CODES("codes", true, true, ".+"),
    /** Codes of ICD-10-SE: {@code C83}, {@code C83.3}. */
    ICD_10_SE("icd-10-se", true, false, "[A-Z][0-9]{2}(\\.[0-9A-Z]{1,3})?"),
    /** Codes of ATC, of any level: {@code L01}, {@code L01XL03}. */
    ATC("atc", true, false, "[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?"),
    /** A date that the calendar has: {@code 2010}, {@code 2010-08}, {@code 2010-08-31}. */
    DATE("date", false, false, "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"),
    /** A whole number of zero or more. */
    NUMBER("number", false, false, "0|[1-9][0-9]{0,15}"),
    /** The node of a member. */
    MEMBER("member", false, false, "[a-z0-9.-]{1,245}"),
    /** A SHA-256 hash in hexadecimal digits. */
    SHA256("sha256", false, false, "[0-9a-f]{64}");

    /** Characters of a diagnosis that name its category: C83.3 is of category C83. */
    private static final int CATEGORY_LENGTH = 3;

    private final String word;
    private final boolean many;
    private final boolean coded;
    private final Pattern syntax;

    ColumnType(String word, boolean many, boolean coded, String syntax) {
        this.word = word;
        this.many = many;
        this.coded = coded;
        this.syntax = Pattern.compile(syntax);
    }

    /** The word for it in a definition. */
    public String word() {
        return word;
    }

    /**
     * Reads a word.
     *
     * @throws MalformedException if there is no such type
     */
    public static ColumnType parse(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new MalformedException("there is no type of column \"" + word + "\""));
    }

    /** Whether a row may have several values of it. */
    public boolean isMany() {
        return many;
    }

    /** Whether its values are codes of a list that the definition holds. */
    public boolean isCoded() {
        return coded;
    }

    /** Whether a value has the one spelling that there is for it; of what is coded the list decides. */
    boolean hasSyntax(String value) {
        return syntax.matcher(value).matches()
                && (this != DATE || isDate(value))
                && (this != NUMBER || Long.parseLong(value) <= CanonicalJson.MAX_INTEGER);
    }

    /** What of a record's text may be told, in its one spelling; empty if it is nothing of the kind. */
    Optional<String> spelling(String text) {
        UnaryOperator<String> spelling = this == ICD_10_SE ? ColumnType::withDot : UnaryOperator.identity();
        return Optional.of(spelling.apply(text)).filter(this::hasSyntax);
    }

    /** What two values are compared by: diagnoses by their category of three characters, all others as they are. */
    public String subject(String value) {
        return this == ICD_10_SE ? value.substring(0, CATEGORY_LENGTH) : value;
    }

    private static String withDot(String diagnosis) {
        boolean lacksDot = diagnosis.length() > CATEGORY_LENGTH && diagnosis.charAt(CATEGORY_LENGTH) != '.';
        return lacksDot
                ? diagnosis.substring(0, CATEGORY_LENGTH) + "." + diagnosis.substring(CATEGORY_LENGTH)
                : diagnosis;
    }

    private static boolean isDate(String text) {
        try {
            TrialYear.checkStart(text);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
