package se.samsyn.node.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds a format's columns in a file's first row; their order is free. */
final class Header {
    private Header() {}

    /** The index of each column; what is unknown, missing or there twice becomes a fault. */
    static Map<String, Integer> parse(CsvLine row, List<ImportColumn> columns, Faults faults) {
        String names = columns.stream().map(ImportColumn::name).collect(Collectors.joining(", "));
        Map<String, Integer> indexByName = new HashMap<>();
        List<String> cells = row.cells();
        if (!row.flaw().isEmpty()) {
            faults.add(row.line(), "", row.flaw(), "a header with the columns " + names);
            return indexByName;
        }
        if (cells.size() == 1 && cells.get(0).contains(";")) {
            faults.add(
                    row.line(), "", "semicolons between the columns", "a file saved with commas between the columns");
            return indexByName;
        }
        for (int i = 0; i < cells.size(); i++) {
            String name = cells.get(i);
            if (columns.stream().noneMatch(column -> column.name().equals(name))) {
                faults.add(row.line(), name, name, "one of the columns " + names);
            } else if (indexByName.putIfAbsent(name, i) != null) {
                faults.add(row.line(), name, name, "each column once");
            }
        }
        for (ImportColumn column : columns) {
            if (column.required() && !indexByName.containsKey(column.name())) {
                faults.add(row.line(), column.name(), "", "this column, which is required");
            }
        }
        return indexByName;
    }
}
