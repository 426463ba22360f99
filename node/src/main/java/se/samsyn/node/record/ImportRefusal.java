package se.samsyn.node.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import se.samsyn.node.Json;

/** Refuses a whole file, with every fault in it: nothing of the file was imported. */
public final class ImportRefusal extends RuntimeException {
    private final RecordKind kind;
    private final long faultCount;
    private final transient List<Fault> faults;

    ImportRefusal(RecordKind kind, long faultCount, List<Fault> faults) {
        super("the " + kind + " file has " + faultCount + (faultCount == 1 ? " fault" : " faults")
                + " and was not imported; the first: " + faults.get(0).toText());
        this.kind = kind;
        this.faultCount = faultCount;
        this.faults = faults;
    }

    public RecordKind kind() {
        return kind;
    }

    /** How many faults there are, also beyond those listed. */
    public long faultCount() {
        return faultCount;
    }

    /** The faults in the order of the lines, at most {@value Faults#MAX_LISTED}. */
    public List<Fault> faults() {
        return faults;
    }

    /** For the API: record, faultCount, faults with line, column, value and expected. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("record", kind.wireName()).put("faultCount", faultCount);
        ArrayNode list = json.putArray("faults");
        faults.forEach(fault -> list.addObject()
                .put("line", fault.line())
                .put("column", fault.column())
                .put("value", fault.value())
                .put("expected", fault.expected()));
        return json;
    }

    /** For people: one line a fault. */
    public String toText() {
        StringBuilder text = new StringBuilder("The " + kind + " file was refused and nothing of it imported: "
                + faultCount + (faultCount == 1 ? " fault.\n" : " faults.\n"));
        faults.forEach(fault -> text.append("  ").append(fault.toText()).append('\n'));
        if (faultCount > faults.size()) {
            text.append("  … and ").append(faultCount - faults.size()).append(" more\n");
        }
        return text.toString();
    }
}
