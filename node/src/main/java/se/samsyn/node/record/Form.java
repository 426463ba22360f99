package se.samsyn.node.record;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TrialYear;

/**
 * How one value is written: the sentence that tells people, and the reader that holds them to it. What it gives is the one way in which the
 * value is stored, and reads as itself. Importers and records use the same forms, so that what is stored obeys what is documented.
 *
 * @param expected what a value looks like, to follow the word "expected"
 * @param shape what a value is
 * @param reader gives a value that is not empty as it is stored; throws {@link MalformedException}
 * @param absent what an empty cell means, as it is stored
 * @param agreed whether what is taken depends on what the network agreed on
 */
record Form(String expected, Shape shape, UnaryOperator<String> reader, String absent, boolean agreed) {
    /** What a value is for tabulation. */
    enum Shape {
        TEXT,
        /** Texts with {@link #BETWEEN} between them, sorted, none of them twice. */
        TEXTS,
        /** A whole number. */
        NUMBER
    }

    /** What stands between the texts of a list; none of them can hold it. */
    static final String BETWEEN = "|";

    /** The most participants that a trial may name. */
    static final int MAX_PARTICIPANTS = 100_000_000;

    /** The largest amount of one item, in öre: a milliard kronor. A million such items still add up exactly. */
    static final long MAX_AMOUNT_ORE = 100_000_000_000L;

    /** The largest budget, in öre: ten milliard kronor. A thousand such still add up exactly. */
    static final long MAX_BUDGET_ORE = 1_000_000_000_000L;

    /** The most characters in a title, and in any other text. */
    static final int MAX_TITLE_LENGTH = 2000;

    static final int MAX_TEXT_LENGTH = 300;

    private static final Pattern WHOLE_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern WHOLE_MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final Pattern WHOLE_QUARTER = Pattern.compile("[0-9]{4}-Q[1-4]");
    private static final Pattern WHOLE_YEAR = Pattern.compile("[0-9]{4}");
    private static final Pattern HSA = Pattern.compile("SE[0-9]{10}-[0-9A-Z]{1,18}");
    private static final Pattern ICD_10 = Pattern.compile("[A-Z][0-9]{2}(?:\\.?[0-9A-Z]{1,3})?");
    private static final Pattern ATC = Pattern.compile("[A-Z](?:[0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?)?");
    private static final Pattern REQUIREMENT = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Pattern BUDGET = Pattern.compile("0|[1-9][0-9]{0,13}");
    private static final Pattern EPM_DNR = Pattern.compile("20[0-9]{2}-[0-9]{5}(?:-[0-9]{2})?");
    private static final Pattern REGISTRY = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern ITEM_ID = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:/-]{0,127}");
    private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    // yymmdd-nnnn or yyyymmdd-nnnn; in a coordination number 60 is added to the day
    private static final Pattern PERSONAL_NUMBER = Pattern.compile("(?:18|19|20)?[0-9]{2}(?:0[1-9]|1[0-2])"
            + "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[-._]?[0-9]{4}");
    private static final Pattern COUNT = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,11}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    static final Form REGISTRY_NUMBER = text(
            "an EU CT, EudraCT, NCT or ISRCTN number,"
                    + " such as 2023-501234-12-00, 2018-001234-12, NCT01234567, ISRCTN12345678",
            cell -> RegistryNumber.parse(cell).toString());

    static final Form REGISTRY_NUMBERS = texts(
            "EU CT, EudraCT, NCT or ISRCTN numbers with | between them",
            cell -> RegistryNumber.parse(cell).toString());

    static final Form PARTIAL_DATE = text("a date that the calendar has: YYYY, YYYY-MM or YYYY-MM-DD", Form::date);

    static final Form DAY = text("a day that the calendar has: YYYY-MM-DD", cell -> date(matching(WHOLE_DAY, cell)));

    static final Form MONTH = text("a month: YYYY-MM", cell -> date(matching(WHOLE_MONTH, cell)));

    static final Form QUARTER = text(
            "a quarter, such as 2024-Q3",
            cell -> Period.parse(matching(WHOLE_QUARTER, cell)).toString());

    static final Form YEAR = text("a year: YYYY", cell -> date(matching(WHOLE_YEAR, cell)));

    static final Form EPM =
            text("a number of Etikprövningsmyndigheten, such as 2021-01234", cell -> matching(EPM_DNR, cell));

    static final Form REGISTRY_NAME = text(
            "the registry's short name in small letters, such as euctr or ctgov", cell -> matching(REGISTRY, cell));

    static final Form KEY =
            text("a letter or digit, then at most 127 letters, digits and . _ : / -", cell -> matching(ITEM_ID, cell));

    static final Form PARTICIPANT = text(
            "a pseudonym: a letter a-z or digit, then at most 63 of them and . _ -, and not a personal identity number",
            Form::pseudonym);

    static final Form HSA_ID = text(
            "an HSA-id: SE, an organisation number of ten digits, - and a serial of capital letters and digits, such as"
                    + " SE2321000131-E000000000001",
            cell -> matching(HSA, cell));

    static final Form DIAGNOSES =
            texts("ICD-10-SE codes with | between them, such as C83.3|D46", cell -> matching(ICD_10, cell));

    static final Form SUBSTANCES = texts("ATC codes with | between them, such as L01XL03", cell -> matching(ATC, cell));

    static final Form WORDS = texts(
            "terms of at most " + MAX_TEXT_LENGTH + " characters with | between them",
            cell -> plain(MAX_TEXT_LENGTH, cell));

    static final Form REQUIREMENTS = texts(
            "short names of requirements with | between them, such as gmp-storage|apheresis",
            cell -> matching(REQUIREMENT, cell));

    static final Form PARTICIPANTS = number(
            "a whole number from 0 to " + MAX_PARTICIPANTS + ", digits only",
            cell -> atMost(MAX_PARTICIPANTS, matching(COUNT, cell)));

    /** How many there were; an empty cell says none. */
    static final Form HOW_MANY = new Form(PARTICIPANTS.expected, Shape.NUMBER, PARTICIPANTS.reader, "0", false);

    static final Form AMOUNT_ORE = number(
            "whole öre from 1 to " + MAX_AMOUNT_ORE + ", digits only; a credit note's amount is positive too",
            cell -> atMost(MAX_AMOUNT_ORE, matching(AMOUNT, cell)));

    /** An amount that may be nothing; an empty cell says so. */
    static final Form BUDGET_ORE = new Form(
            "whole öre from 0 to " + MAX_BUDGET_ORE + ", digits only",
            Shape.NUMBER,
            cell -> atMost(MAX_BUDGET_ORE, matching(BUDGET, cell)),
            "0",
            false);

    static final Form TITLE =
            text("text of at most " + MAX_TITLE_LENGTH + " characters", cell -> plain(MAX_TITLE_LENGTH, cell));

    static final Form TEXT =
            text("text of at most " + MAX_TEXT_LENGTH + " characters", cell -> plain(MAX_TEXT_LENGTH, cell));

    /** One of the codes; empty means {@code unknown} where the list has that code. */
    static Form code(CodeList list) {
        Set<String> known = codes(list);
        return new Form(
                "one of "
                        + String.join(
                                ", ", list.codes().stream().map(Code::code).toList()),
                Shape.TEXT,
                cell -> where(known::contains, cell),
                known.contains(CodeList.UNKNOWN) ? CodeList.UNKNOWN : "",
                true);
    }

    /** A registry's own word, exactly as it stands; empty means {@code unknown}. */
    static Form word(String vocabulary) {
        return new Form(
                "the registry's own word as in vocabulary/" + vocabulary + ".csv, or a code",
                Shape.TEXT,
                cell -> where(word -> word.length() <= MAX_TEXT_LENGTH, cell),
                CodeList.UNKNOWN,
                true);
    }

    private static Form text(String expected, UnaryOperator<String> reader) {
        return new Form(expected, Shape.TEXT, reader, "", false);
    }

    private static Form number(String expected, UnaryOperator<String> reader) {
        return new Form(expected, Shape.NUMBER, reader, "", false);
    }

    private static Form texts(String expected, UnaryOperator<String> reader) {
        return new Form(
                expected,
                Shape.TEXTS,
                cell -> Arrays.stream(cell.split(Pattern.quote(BETWEEN), -1))
                        .map(text -> where(part -> !part.isEmpty(), reader.apply(text)))
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(BETWEEN)),
                "",
                false);
    }

    /**
     * The value as it is stored; empty means absent.
     *
     * @throws MalformedException if it is not written so
     */
    String read(String value) {
        return value.isEmpty() ? absent : reader.apply(value);
    }

    private static Set<String> codes(CodeList list) {
        return list.codes().stream().map(Code::code).collect(Collectors.toUnmodifiableSet());
    }

    private static String date(String cell) {
        TrialYear.checkStart(cell);
        return cell;
    }

    private static String pseudonym(String cell) {
        return where(text -> !PERSONAL_NUMBER.matcher(text).matches(), matching(PSEUDONYM, cell));
    }

    /** Words for people: spaces and line breaks in a row become one space, and each accented letter one character. */
    private static String plain(int maxLength, String cell) {
        if (cell.length() <= maxLength && isPlain(cell)) {
            return cell;
        }
        return where(
                text -> text.length() <= maxLength,
                SPACE.matcher(Normalizer.normalize(cell, Normalizer.Form.NFC))
                        .replaceAll(" ")
                        .strip());
    }

    /** Whether a text is surely plain already: ASCII, with single spaces within and none around. */
    private static boolean isPlain(String cell) {
        boolean afterSpace = true;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            boolean isSpace = c == ' ';
            if (c < ' ' || c > '~' || (isSpace && afterSpace)) {
                return false;
            }
            afterSpace = isSpace;
        }
        return !afterSpace;
    }

    private static String matching(Pattern pattern, String cell) {
        return where(pattern.asMatchPredicate(), cell);
    }

    private static String atMost(long max, String number) {
        if (Long.parseLong(number) > max) {
            throw new MalformedException("more than " + max + ": " + number);
        }
        return number;
    }

    private static String where(Predicate<String> holds, String cell) {
        if (!holds.test(cell)) {
            throw new MalformedException("not written as expected");
        }
        return cell;
    }
}
