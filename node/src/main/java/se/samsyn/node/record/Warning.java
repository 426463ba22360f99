package se.samsyn.node.record;

/**
 * Something in a file that was imported, and that somebody should look at.
 *
 * @param column the column it stands in
 * @param value what stands there, shortened; empty where it is about no one value
 * @param meaning what became of it, and what can be done
 * @param count on how many rows
 */
public record Warning(String column, String value, String meaning, long count) {
    public Warning {
        value = Fault.shown(value);
    }

    /** The warning as a line for people. */
    public String toText() {
        return column + (value.isEmpty() ? "" : " \"" + value + "\"") + ", " + count
                + (count == 1 ? " row: " : " rows: ") + meaning;
    }
}
