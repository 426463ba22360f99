package se.samsyn.node.record;

import java.util.HashMap;
import java.util.Map;
import se.samsyn.protocol.MalformedException;

/** One row of an import while it is read: gives cells their meaning, and collects what is wrong with them. */
final class Row {
    private final long line;
    private final Map<String, String> cells;
    private final Faults faults;
    private final Warnings warnings;
    private final Map<String, String> values = new HashMap<>();
    private boolean faulty;

    /**
     * A row.
     *
     * @param line that it starts on
     * @param cells by the names of their columns
     */
    Row(long line, Map<String, String> cells, Faults faults, Warnings warnings) {
        this.line = line;
        this.cells = cells;
        this.faults = faults;
        this.warnings = warnings;
    }

    /** What a cell means, as it is stored; in a faulty cell, or without the column, what an empty one means. */
    String get(ImportColumn column) {
        return values.computeIfAbsent(column.name(), name -> read(column));
    }

    /** A cell as it stands in the file; empty without the column. */
    String cell(String column) {
        return cells.getOrDefault(column, "");
    }

    void fault(ImportColumn column, String value, String expected) {
        faulty = true;
        faults.add(line, column.name(), column.quiet() && !value.isEmpty() ? "(not shown)" : value, expected);
    }

    void warn(ImportColumn column, String value, String meaning) {
        warnings.add(column.name(), value, meaning);
    }

    /** Whether anything in the row is at fault. */
    boolean isFaulty() {
        return faulty;
    }

    private String read(ImportColumn column) {
        String cell = cell(column.name());
        if (cell.isEmpty() && column.required()) {
            fault(column, cell, column.form().expected());
        } else if (holdsControl(cell)) {
            fault(column, cell, "no control characters");
        } else if (holdsHalfCharacter(cell)) {
            fault(column, cell, "whole characters: it holds half of a surrogate pair");
        } else {
            try {
                String value = column.form().read(cell);
                if (!value.isEmpty() || !column.required()) {
                    return cell.isEmpty() ? value : column.meaning().of(this, column, value);
                }
                // it holds nothing but spaces
                fault(column, cell, column.form().expected());
            } catch (MalformedException e) {
                fault(column, cell, column.form().expected());
            }
        }
        return column.form().absent();
    }

    // Line breaks and tabs pass: titles have them, and the forms of everything else do not take them.
    private static boolean holdsControl(String cell) {
        return cell.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }

    // JSON can escape half of a pair; UTF-8 cannot write it, and a key that holds it would not read back
    private static boolean holdsHalfCharacter(String cell) {
        return cell.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
