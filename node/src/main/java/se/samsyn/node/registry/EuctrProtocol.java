package se.samsyn.node.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.RegistryNumber;

/** One country's protocol of one trial: the fields of the application form as the register's text file has them. */
final class EuctrProtocol {
    static final String NUMBER = "EudraCT Number:";

    static final Pattern SUMMARY = Pattern.compile("(?m)^\\s*Summary\\s*\\R\\s*" + NUMBER);
    static final Pattern FIRST_SECTION = Pattern.compile("(?m)^A\\. Protocol Information");

    private static final String LAST_SECTION = "End of Trial";

    /** What the register writes where a sponsor left a field empty. */
    private static final String NOT_PRESENT = "Information not present in EudraCT";

    // A number and a label, as in "E.1.3 Condition being studied: No", "B.3.1 and B.3.2\tStatus: x", "N. Decision: x",
    // "D.IMP: 1"
    private static final Pattern FIELD = Pattern.compile("([A-Z]\\.(?:IMP|[0-9]+(?:\\.[0-9]+)*)?"
            + "(?: (?:and|to) [A-Z]\\.[0-9]+(?:\\.[0-9]+)*)?)(?::|[ \\t]+(?=\\p{L}|>))(.*)");
    private static final Pattern LANGUAGE = Pattern.compile("(.*\\S)\\s*\\(([a-z]{2})\\)");

    /**
     * One field.
     *
     * @param code its number in the application form; empty in the summary
     * @param language of the value, if the field is there in several; else empty
     * @param medicine how many medicines were begun before it or with it
     */
    private record Entry(String code, String label, String language, String value, int medicine) {
        boolean is(String wantedCode, String wantedLabel) {
            return code.equals(wantedCode) && label.startsWith(wantedLabel);
        }

        boolean says() {
            return !value.isEmpty() && !value.equalsIgnoreCase(NOT_PRESENT);
        }
    }

    private final List<Entry> entries;
    private final String number;
    private final String authority;

    private EuctrProtocol(List<Entry> entries) {
        this.entries = entries;
        this.number = first(entries, "EudraCT Number");
        this.authority = first(entries, "National Competent Authority");
    }

    /**
     * Reads the lines behind {@code Summary}.
     *
     * @throws MalformedException if it lacks its number or its end, or says two things in a field that stands once
     */
    static EuctrProtocol parse(List<String> lines) {
        List<Entry> entries = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        Optional<Entry> open = Optional.empty();
        int medicine = 0;
        boolean inSummary = true;
        for (String line : lines) {
            Matcher field = FIELD.matcher(line);
            boolean isField = field.matches();
            inSummary &= !isField;
            if (isField || (inSummary && line.indexOf(':') >= 0)) {
                open.ifPresent(entry -> entries.add(closed(entry, value)));
                value.setLength(0);
                medicine += isField && field.group(1).equals("D.IMP") ? 1 : 0;
                open = Optional.of(
                        isField ? entry(field.group(1), field.group(2), medicine) : entry("", line, medicine));
                value.append(open.get().value());
            } else {
                value.append('\n').append(line);
            }
        }
        open.ifPresent(entry -> entries.add(closed(entry, value)));
        EuctrProtocol protocol = new EuctrProtocol(entries);
        protocol.check();
        return protocol;
    }

    static boolean isField(String line) {
        return FIELD.matcher(line).matches();
    }

    /** The trial's EudraCT number. */
    String number() {
        return number;
    }

    /** The authority of the country whose protocol this is. */
    String authority() {
        return authority;
    }

    boolean isSwedish() {
        return authority.startsWith("Sweden");
    }

    /**
     * What a field says; the value in English if it is there in several languages.
     *
     * @param label what its label begins with
     * @throws MalformedException if the field stands there twice with different values
     */
    Optional<String> value(String code, String label) {
        List<String> values = values(code, label, entry -> entry.language().isEmpty());
        if (values.isEmpty()) {
            values = values(code, label, entry -> true).stream().limit(1).toList();
        }
        if (values.size() > 1) {
            throw malformed(code, label, "said twice and differently, expected one value");
        }
        return values.stream().findFirst();
    }

    /** What a field says that may stand there several times; in English, each value once. */
    List<String> values(String code, String label) {
        return values(code, label, entry -> entry.language().isEmpty());
    }

    int medicines() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).medicine();
    }

    /** The same as {@link #values(String, String)} of one of the medicines, counted from 1. */
    List<String> ofMedicine(int medicine, String code, String label) {
        return values(
                code,
                label,
                entry -> entry.medicine() == medicine && entry.language().isEmpty());
    }

    /** How many fields of contact points say something. */
    int contacts() {
        return (int) entries.stream()
                .filter(entry -> entry.code().startsWith("B.5.") && entry.says())
                .count();
    }

    /** What says that a field is not what the form has there; whoever calls throws it. */
    MalformedException malformed(String code, String label, String what) {
        return new MalformedException(number + ", " + authority + ": " + (code + " " + label).strip() + ": " + what);
    }

    private List<String> values(String code, String label, Predicate<Entry> where) {
        return entries.stream()
                .filter(entry -> entry.is(code, label) && entry.says() && where.test(entry))
                .map(Entry::value)
                .distinct()
                .toList();
    }

    private static String first(List<Entry> entries, String label) {
        return entries.stream()
                .filter(entry -> entry.is("", label))
                .map(Entry::value)
                .findFirst()
                .orElseThrow(() -> new MalformedException("a protocol whose summary lacks " + label));
    }

    private void check() {
        if (!isEudract(number)) {
            throw malformed("", "EudraCT Number", "not a EudraCT number, expected one such as 2018-001234-12");
        }
        if (entries.stream().noneMatch(entry -> entry.is("P.", LAST_SECTION))) {
            throw malformed("P.", LAST_SECTION, "not there: the protocol is cut off, expected it to its end");
        }
        value("", "EudraCT Number");
        value("", "National Competent Authority");
        value("A.2", "EudraCT number").filter(other -> !other.equals(number)).ifPresent(other -> {
            throw malformed("A.2", "EudraCT number", "another number than the summary's, expected the same");
        });
        value("A.1", "Member State Concerned")
                .filter(state -> state.startsWith("Sweden") != isSwedish())
                .ifPresent(state -> {
                    throw malformed("A.1", "Member State Concerned", "another country than the summary's");
                });
    }

    private static boolean isEudract(String text) {
        try {
            return RegistryNumber.parse(text).kind() == RegistryNumber.Kind.EUDRACT;
        } catch (MalformedException e) {
            return false;
        }
    }

    private static Entry entry(String code, String text, int medicine) {
        int colon = text.indexOf(':');
        String label = (colon < 0 ? text : text.substring(0, colon)).strip();
        String value = colon < 0 ? "" : text.substring(colon + 1);
        Matcher language = LANGUAGE.matcher(label);
        return language.matches()
                ? new Entry(code, language.group(1), language.group(2), value, medicine)
                : new Entry(code, label, "", value, medicine);
    }

    private static Entry closed(Entry entry, StringBuilder value) {
        return new Entry(
                entry.code(), entry.label(), entry.language(), TrialCells.words(value.toString()), entry.medicine());
    }
}
