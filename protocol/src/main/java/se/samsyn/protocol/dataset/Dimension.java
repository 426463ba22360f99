package se.samsyn.protocol.dataset;

import java.util.Set;
import se.samsyn.protocol.MalformedException;

/**
 * One way to divide what is counted: a coded field of the record.
 *
 * @param name what queries and tables call it
 * @param field the field of the record that holds the code
 * @param codes the codes that the field may hold
 */
public record Dimension(String name, String field, CodeList codes) {
    /** What rows of registers and of views say beside their codes. */
    private static final Set<String> RESERVED =
            Set.of("ids", "start", "end", "sites", "places", "period", "values", "states", "id", "node");

    public Dimension {
        Names.checkName("a dimension's name", name);
        if (RESERVED.contains(name)) {
            throw new MalformedException("a dimension cannot be called \"" + name + "\"");
        }
        Names.checkCamelCase("a dimension's field", field);
    }
}
