package se.samsyn.protocol.dataset;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.protocol.MalformedException;

/**
 * A fact that the rows of a register or a roster tell beside what views can group by: none, one or several values.
 *
 * @param name what rows and views call it
 * @param field the field of the record that holds it
 * @param type how its values are written
 * @param codes the codes that it may hold; there if, and only if, the type is one of codes
 */
public record Column(String name, String field, ColumnType type, Optional<CodeList> codes) {
    /** Values of one row. */
    public static final int MAX_VALUES = 64;

    private static final Set<String> RESERVED =
            Set.of("ids", "start", "end", "sites", "places", "period", "values", "states", "id", "node");

    public Column {
        Names.checkName("a column's name", name);
        if (RESERVED.contains(name)) {
            throw new MalformedException("a column cannot be called \"" + name + "\"");
        }
        Names.checkCamelCase("a column's field", field);
        if (codes.isPresent() != type.isCoded()) {
            throw new MalformedException("column " + name + " is of type " + type.word()
                    + (type.isCoded() ? " and has a code list" : " and has no code list"));
        }
    }

    /**
     * Holds a row's values to the column: several only where the type allows it, ascending, each once and in its one spelling.
     *
     * @throws MalformedException naming the value that is none
     */
    public void check(List<String> values) {
        int most = type.isMany() ? MAX_VALUES : 1;
        if (type == ColumnType.CODE && values.isEmpty()) {
            throw new MalformedException(name + " has one code");
        }
        if (values.size() > most) {
            throw new MalformedException(name + " has at most " + most + " values, not " + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            boolean known = codes.map(list -> list.indexOf(value) >= 0).orElseGet(() -> type.hasSyntax(value));
            if (!known) {
                throw new MalformedException(name + " \"" + value + "\" is not "
                        + codes.map(list -> "in code list " + list.name()).orElse("written as " + type.word()));
            }
            if (i > 0 && values.get(i - 1).compareTo(value) >= 0) {
                throw new MalformedException(
                        name + ": values are listed once each in ascending order; " + value + " is out of place");
            }
        }
    }

    /**
     * What of a record's texts the column can tell, as a row lists it. What is no value of it is left out: a name that the code list does
     * not have is not told rather than told as it was typed. Names are found in the list by their letters and digits alone. A column of one
     * code has {@code unknown} then.
     *
     * @throws MalformedException if the list has no code for what is unknown, or if there are more than {@link #MAX_VALUES}
     */
    public List<String> values(Collection<String> texts) {
        if (type == ColumnType.CODE) {
            String text = texts.stream().findFirst().orElse("");
            return List.of(codes.orElseThrow().codeOf(text).orElseGet(this::unknown));
        }
        Set<String> values = new TreeSet<>();
        for (String text : texts) {
            if (!text.isEmpty() && !text.equals(CodeList.UNKNOWN)) {
                codes.map(list -> list.codeOf(text))
                        .orElseGet(() -> type.spelling(text))
                        .ifPresent(values::add);
            }
        }
        List<String> list = List.copyOf(values);
        check(list);
        return list;
    }

    private String unknown() {
        return codes.filter(list -> list.indexOf(CodeList.UNKNOWN) >= 0)
                .map(list -> CodeList.UNKNOWN)
                .orElseThrow(() -> new MalformedException("column " + name + " has no code for what is unknown"));
    }
}
