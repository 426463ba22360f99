package se.samsyn.protocol.dataset;

import java.util.List;
import java.util.function.Function;
import se.samsyn.protocol.MalformedException;

/**
 * Which records a measure looks at, or leaves out: those whose field holds one of the codes.
 *
 * @param field the field of the record
 * @param codes at least one, each once
 */
public record FieldCondition(String field, List<String> codes) {
    public FieldCondition {
        Names.checkCamelCase("a condition's field", field);
        codes = List.copyOf(codes);
        if (codes.isEmpty()) {
            throw new MalformedException("a condition on " + field + " needs a code");
        }
        codes.forEach(Names::checkCode);
        Names.checkDistinct("in a condition code", codes, Function.identity());
    }

    public boolean holds(String value) {
        return codes.contains(value);
    }
}
