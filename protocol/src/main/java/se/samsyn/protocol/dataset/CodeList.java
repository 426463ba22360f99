package se.samsyn.protocol.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;

/**
 * The words that a dimension or an attribute may hold, in a fixed order: a code's index is its position in a dense
 * array.
 *
 * <p>A code may have a parent in the same list (a municipality its county); a parent has none itself.
 */
public final class CodeList {
    /** The code for what nobody recorded. */
    public static final String UNKNOWN = "unknown";
    /** The place of a trial of which only the country is known. */
    public static final String UNKNOWN_PLACE = "-";
    /** Codes in a list. */
    public static final int MAX_CODES = 10_000;

    private final String name;
    private final List<Code> codes;
    private final Optional<LocalDate> countedOn;
    private final Map<String, Integer> indexByCode = new HashMap<>();

    /**
     * A list.
     *
     * @param countedOn the day on which the codes' inhabitants were counted; of a list of other things there is none
     */
    public CodeList(String name, List<Code> codes, Optional<LocalDate> countedOn) {
        Names.checkName("a code list's name", name);
        this.name = name;
        this.codes = List.copyOf(codes);
        this.countedOn = countedOn;
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
                && countedOn.equals(list.countedOn);
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
