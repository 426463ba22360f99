package se.samsyn.node.record;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import se.samsyn.protocol.MalformedException;

/** One row of an import while it is read: gives cells their meaning, and collects what is wrong with them. */
final class Row {
    private final long line;
    private final UnaryOperator<String> cells;
    private final ReadCells known;
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
        this(line, name -> cells.getOrDefault(name, ""), new ReadCells(), faults, warnings);
    }

    /**
     * One of many rows.
     *
     * @param line that it starts on
     * @param cells gives them by the names of their columns, empty without the column
     * @param known what the cells of earlier rows mean
     */
    Row(long line, UnaryOperator<String> cells, ReadCells known, Faults faults, Warnings warnings) {
        this.line = line;
        this.cells = cells;
        this.known = known;
        this.faults = faults;
        this.warnings = warnings;
    }

    /** What a cell means, as it is stored; in a faulty cell, or without the column, what an empty one means. */
    String get(ImportColumn column) {
        String value = values.get(column.name());
        if (value == null) {
            value = read(column);
            values.put(column.name(), value);
        }
        return value;
    }

    /** A cell as it stands in the file; empty without the column. */
    String cell(String column) {
        return cells.apply(column);
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
        String form = known.form(column, cell);
        if (form == null) {
            form = readForm(column, cell);
            if (form == null) {
                return column.form().absent();
            }
            known.keep(column, cell, form);
        }
        return cell.isEmpty() ? form : column.meaning().of(this, column, form);
    }

    /** What a cell is by its form alone; nothing if it is at fault, which is noted. */
    private @Nullable String readForm(ImportColumn column, String cell) {
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
                    return value;
                }
                // it holds nothing but spaces
                fault(column, cell, column.form().expected());
            } catch (MalformedException e) {
                fault(column, cell, column.form().expected());
            }
        }
        return null;
    }

    // Line breaks and tabs pass: titles have them, and the forms of everything else do not take them.
    private static boolean holdsControl(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                return true;
            }
        }
        return false;
    }

    // JSON can escape half of a pair; UTF-8 cannot write it, and a key that holds it would not read back
    private static boolean holdsHalfCharacter(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            if (Character.isSurrogate(cell.charAt(i))) {
                if (i + 1 == cell.length() || !Character.isSurrogatePair(cell.charAt(i), cell.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
