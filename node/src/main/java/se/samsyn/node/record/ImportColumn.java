package se.samsyn.node.record;

import java.util.Locale;

/**
 * A column of an import file.
 *
 * @param name as it stands in the header
 * @param field what dataset definitions call it
 * @param required whether it must be there and filled
 * @param form how its cells are written
 * @param example a cell that can be imported
 * @param quiet whether a report must not repeat what the cell holds, because it might be a person's number
 * @param meaning what becomes of a well written cell before it is stored
 */
record ImportColumn(
        String name, String field, boolean required, Form form, String example, boolean quiet, Meaning meaning) {
    /** What a well written cell means in its row. */
    interface Meaning {
        /** The value to store; faults and warnings go to the row. */
        String of(Row row, ImportColumn column, String cell);
    }

    static ImportColumn required(String name, Form form, String example) {
        return new ImportColumn(name, camelCase(name), true, form, example, false, (row, column, cell) -> cell);
    }

    static ImportColumn optional(String name, Form form, String example) {
        return new ImportColumn(name, camelCase(name), false, form, example, false, (row, column, cell) -> cell);
    }

    /** The same column under another name for dataset definitions. */
    ImportColumn as(String otherField) {
        return new ImportColumn(name, otherField, required, form, example, quiet, meaning);
    }

    ImportColumn unrepeated() {
        return new ImportColumn(name, field, required, form, example, true, meaning);
    }

    /** The same column with a meaning that depends on the rest of the row, or on what the node knows. */
    ImportColumn meaning(Meaning other) {
        return new ImportColumn(name, field, required, form, example, quiet, other);
    }

    private static String camelCase(String name) {
        StringBuilder field = new StringBuilder();
        for (String word : name.split("_", -1)) {
            field.append(field.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return field.toString();
    }
}
