package se.samsyn.node.record;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Code;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.RegistryNumber;
import se.samsyn.protocol.dataset.TrialYear;

/**
 * How one value is written: the sentence that tells people, and the reader that holds them to it. Importers and
 * records use the same forms, so that what is stored obeys what is documented.
 *
 * @param expected what a value looks like, to follow the word "expected"
 * @param reader reads a value that is not empty; throws {@link MalformedException}
 * @param absent what an empty cell means
 */
record Form<T>(String expected, Function<String, T> reader, T absent) {
    /** The most participants that a trial may name. */
    static final int MAX_PARTICIPANTS = 100_000_000;

    /** The largest amount of one item, in öre: a milliard kronor. A million such items still add up exactly. */
    static final long MAX_AMOUNT_ORE = 100_000_000_000L;

    /** The most characters in a title, and in any other text. */
    static final int MAX_TITLE_LENGTH = 2000;

    static final int MAX_TEXT_LENGTH = 300;

    private static final Pattern WHOLE_DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
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

    static final Form<String> REGISTRY_NUMBER = new Form<>(
            "an EU CT, EudraCT, NCT or ISRCTN number,"
                    + " such as 2023-501234-12-00, 2018-001234-12, NCT01234567, ISRCTN12345678",
            cell -> RegistryNumber.parse(cell).toString(),
            "");

    static final Form<List<String>> REGISTRY_NUMBERS = new Form<>(
            "EU CT, EudraCT, NCT or ISRCTN numbers with | between them",
            cell -> Arrays.stream(cell.split("\\|", -1))
                    .map(RegistryNumber::parse)
                    .sorted()
                    .distinct()
                    .map(RegistryNumber::toString)
                    .toList(),
            List.of());

    static final Form<String> PARTIAL_DATE =
            new Form<>("a date that the calendar has: YYYY, YYYY-MM or YYYY-MM-DD", Form::date, "");

    static final Form<String> DAY =
            new Form<>("a day that the calendar has: YYYY-MM-DD", cell -> date(matching(WHOLE_DAY, cell)), "");

    static final Form<String> EPM =
            new Form<>("a number of Etikprövningsmyndigheten, such as 2021-01234", cell -> matching(EPM_DNR, cell), "");

    static final Form<String> REGISTRY_NAME = new Form<>(
            "the registry's short name in small letters, such as euctr or ctgov", cell -> matching(REGISTRY, cell), "");

    static final Form<String> KEY =
            new Form<>("at most 128 letters, digits and . _ : / - without spaces", cell -> matching(ITEM_ID, cell), "");

    static final Form<String> PARTICIPANT = new Form<>(
            "a pseudonym of at most 64 letters, digits and . _ - that is not a personal identity number",
            Form::pseudonym,
            "");

    static final Form<OptionalInt> PARTICIPANTS = new Form<>(
            "a whole number from 0 to " + MAX_PARTICIPANTS + ", digits only",
            cell -> OptionalInt.of((int) atMost(MAX_PARTICIPANTS, Long.parseLong(matching(COUNT, cell)))),
            OptionalInt.empty());

    static final Form<Long> AMOUNT_ORE = new Form<>(
            "whole öre from 1 to " + MAX_AMOUNT_ORE + ", digits only; a credit note's amount is positive too",
            cell -> atMost(MAX_AMOUNT_ORE, Long.parseLong(matching(AMOUNT, cell))),
            0L);

    static final Form<String> TITLE = text(MAX_TITLE_LENGTH);

    static final Form<String> TEXT = text(MAX_TEXT_LENGTH);

    /** One of the codes; empty means {@code unknown} where the list has that code. */
    static Form<String> code(CodeList list) {
        Set<String> known = codes(list);
        return new Form<>(
                "one of " + list.codes().stream().map(Code::code).collect(Collectors.joining(", ")),
                cell -> where(known::contains, cell),
                known.contains(CodeList.UNKNOWN) ? CodeList.UNKNOWN : "");
    }

    /** A place of the code list; whether it lies in the node's scope is the importer's question. */
    static Form<String> place(CodeList list) {
        Set<String> known = codes(list);
        return new Form<>(
                "a place of the network's list: one of "
                        + list.codes().stream().map(Code::code).collect(Collectors.joining(", ")),
                cell -> where(known::contains, cell),
                "");
    }

    /** A registry's own word, exactly as it stands. */
    static Form<String> word(String vocabulary) {
        return new Form<>(
                "the registry's own word as in vocabulary/" + vocabulary + ".csv, or a code",
                cell -> where(word -> word.length() <= MAX_TEXT_LENGTH, cell),
                "");
    }

    /** Words for people: spaces and line breaks in a row become one space, and each accented letter one character. */
    private static Form<String> text(int maxLength) {
        return new Form<>(
                "text of at most " + maxLength + " characters",
                cell -> where(
                        text -> text.length() <= maxLength,
                        SPACE.matcher(Normalizer.normalize(cell, Normalizer.Form.NFC))
                                .replaceAll(" ")
                                .strip()),
                "");
    }

    /**
     * Reads a value; empty means absent.
     *
     * @throws MalformedException if it is not written so
     */
    T read(String value) {
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

    private static String matching(Pattern pattern, String cell) {
        return where(pattern.asMatchPredicate(), cell);
    }

    private static long atMost(long max, long number) {
        if (number > max) {
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
