package se.samsyn.node.record;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What cells of earlier rows of a file are by the forms of their columns: most of a long file's cells stand in it again and again, and a
 * form always reads the same from the same. Cells that are at fault are not kept.
 */
final class ReadCells {
    /** So many different cells of one column are kept; those that come later are read each time. */
    private static final int MAX_A_COLUMN = 4096;

    private final Map<String, Map<String, String>> byColumn = new HashMap<>();

    @Nullable
    String form(ImportColumn column, String cell) {
        Map<String, String> forms = byColumn.get(column.name());
        return forms == null ? null : forms.get(cell);
    }

    void keep(ImportColumn column, String cell, String form) {
        Map<String, String> forms = byColumn.computeIfAbsent(column.name(), name -> new HashMap<>());
        if (forms.size() < MAX_A_COLUMN) {
            forms.put(cell, form);
        }
    }
}
