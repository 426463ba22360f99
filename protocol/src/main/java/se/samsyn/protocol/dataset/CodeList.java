package se.samsyn.protocol.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;

/**
 * The words that a dimension or an attribute may hold, in a fixed order: a code's index is its position in a dense
 * array.
 *
 * <p>A code may have a parent in the same list (a municipality its county); a parent has none itself.
 *
 * <p>A list of numbers divides a count of days or the like into bins of one: a code for each number from 0 to the list's {@link #upTo}, one
 * for all that are larger, and {@link #UNKNOWN}.
 */
public final class CodeList {
    /** The code for what nobody recorded. */
    public static final String UNKNOWN = "unknown";
    /** The place of a trial of which only the country is known. */
    public static final String UNKNOWN_PLACE = "-";
    /** Codes in a list. */
    public static final int MAX_CODES = 10_000;

    /** Codes of a list of numbers that are no number from zero: what is larger, and what is unknown; and zero itself. */
    private static final int BESIDE_NUMBERS = 3;

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^-|-$");

    private final String name;
    private final List<Code> codes;
    private final Optional<LocalDate> countedOn;
    private final OptionalInt upTo;
    private final Map<String, Integer> indexByCode = new HashMap<>();

    /**
     * A list.
     *
     * @param countedOn the day on which the codes' inhabitants were counted; of a list of other things there is none
     */
    public CodeList(String name, List<Code> codes, Optional<LocalDate> countedOn) {
        this(name, codes, countedOn, OptionalInt.empty());
    }

    private CodeList(String name, List<Code> codes, Optional<LocalDate> countedOn, OptionalInt upTo) {
        Names.checkName("a code list's name", name);
        this.name = name;
        this.codes = List.copyOf(codes);
        this.countedOn = countedOn;
        this.upTo = upTo;
        if (countedOn.isPresent()
                != this.codes.stream().anyMatch(code -> code.inhabitants().isPresent())) {
            throw new MalformedException("code list " + name + " says when inhabitants were counted if, and only if, it"
                    + " says how many there were");
        }
        if (codes.isEmpty() || codes.size() > MAX_CODES) {
            throw new MalformedException(
                    "code list " + name + " has " + codes.size() + " codes, expected 1.." + MAX_CODES);
        }
        Names.checkDistinct("in code list " + name + " code", this.codes, Code::code);
        for (int index = 0; index < this.codes.size(); index++) {
            indexByCode.put(this.codes.get(index).code(), index);
        }
        this.codes.forEach(this::checkParent);
    }

    /**
     * A list of numbers.
     *
     * @param upTo the largest number with a code of its own
     * @throws MalformedException if it is not within 1..{@link #MAX_CODES} - 3
     */
    public static CodeList numbers(String name, int upTo) {
        if (upTo < 1 || upTo > MAX_CODES - BESIDE_NUMBERS) {
            throw new MalformedException("code list " + name + " of numbers goes up to " + upTo + ", expected 1.."
                    + (MAX_CODES - BESIDE_NUMBERS));
        }
        List<Code> codes = new ArrayList<>();
        for (int number = 0; number <= upTo; number++) {
            codes.add(number(Integer.toString(number), Integer.toString(number)));
        }
        codes.add(number((upTo + 1) + "-", "≥ " + (upTo + 1)));
        codes.add(new Code(UNKNOWN, Map.of("sv", "Okänt", "en", "Unknown"), Optional.empty(), OptionalLong.empty()));
        return new CodeList(name, codes, Optional.empty(), OptionalInt.of(upTo));
    }

    private static Code number(String code, String label) {
        return new Code(code, Map.of("sv", label, "en", label), Optional.empty(), OptionalLong.empty());
    }

    /**
     * Reads a code list, in any spelling of the same JSON.
     *
     * @throws MalformedException if it is not one, naming the field
     */
    public static CodeList parse(byte[] authored) {
        JsonNode json = CanonicalJson.parse(authored);
        JsonSchema.named("code-list").check(json);
        return CodeListJson.read(json);
    }

    public String name() {
        return name;
    }

    public List<Code> codes() {
        return codes;
    }

    /** When the codes' inhabitants were counted; empty if it has none. */
    public Optional<LocalDate> countedOn() {
        return countedOn;
    }

    /** Of a list of numbers, the largest that has a code of its own: at that index; empty for any other list. */
    public OptionalInt upTo() {
        return upTo;
    }

    /**
     * The position of a number's code in a list of numbers.
     *
     * @param number zero or more
     * @throws IllegalArgumentException if it is less, or the list is none of numbers
     */
    public int indexOfNumber(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("code list " + name + " has no place for " + number);
        }
        int last = upTo.orElseThrow(() -> new IllegalArgumentException("code list " + name + " is none of numbers"));
        return (int) Math.min(number, last + 1L);
    }

    public int size() {
        return codes.size();
    }

    /** The position of a code, from zero, or -1 where the list has no such code. */
    public int indexOf(String code) {
        return indexByCode.getOrDefault(code, -1);
    }

    public Optional<Code> get(String code) {
        int index = indexOf(code);
        return index < 0 ? Optional.empty() : Optional.of(codes.get(index));
    }

    /**
     * The code that a name means: the code itself, or the one that is the name in small letters without accents, with a dash for all that
     * is no letter a-z or digit ({@code Skånes universitetssjukhus} is {@code skanes-universitetssjukhus}).
     */
    public Optional<String> codeOf(String name) {
        if (indexOf(name) >= 0) {
            return Optional.of(name);
        }
        String plain = ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        String code = EDGES.matcher(OTHERS.matcher(plain).replaceAll("-")).replaceAll("");
        return Optional.of(code).filter(one -> indexOf(one) >= 0);
    }

    /**
     * The code that a place is counted under where regions are compared: its parent, or itself.
     *
     * @throws MalformedException if the list has no such code
     */
    public String topOf(String code) {
        return get(code)
                .orElseThrow(() -> new MalformedException("code list " + name + " has no code \"" + code + "\""))
                .parent()
                .orElse(code);
    }

    private void checkParent(Code code) {
        if (code.parent().isEmpty()) {
            return;
        }
        Optional<Code> parent = get(code.parent().get());
        if (parent.isEmpty() || parent.get().parent().isPresent()) {
            throw new MalformedException("in code list " + name + " the parent of \"" + code.code()
                    + "\" is to be a code of the same list that has no parent, not \""
                    + code.parent().get() + "\"");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodeList list
                && name.equals(list.name)
                && codes.equals(list.codes)
                && countedOn.equals(list.countedOn)
                && upTo.equals(list.upTo);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + codes.hashCode();
    }

    @Override
    public String toString() {
        return name + codes.stream().map(Code::code).toList();
    }
}
