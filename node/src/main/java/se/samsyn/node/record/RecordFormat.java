package se.samsyn.node.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import se.samsyn.protocol.MalformedException;

/**
 * One kind of record: its columns in the order of the documentation, those that make its key, and what has to hold between the cells of a
 * row. Both a row of a file and a stored record are read by it.
 */
final class RecordFormat {
    /** Between the parts of a key; no part can hold it, because texts hold no control characters. */
    static final char SEPARATOR = '\t';

    private final RecordKind kind;
    private final List<ImportColumn> columns;
    private final List<String> key;
    private final Optional<String> age;
    private final Consumer<Row> rule;
    private final Map<String, ImportColumn> byName = new HashMap<>();
    private final Map<String, ImportColumn> byField = new HashMap<>();

    /**
     * @param key the names of the columns that tell a record from all others of its kind
     * @param age the name of the column with the date by which records grow old; none for what does not
     * @param rule faults what the cells of a row cannot be together
     */
    RecordFormat(
            RecordKind kind, List<String> key, Optional<String> age, List<ImportColumn> columns, Consumer<Row> rule) {
        this.kind = kind;
        this.key = List.copyOf(key);
        this.age = age;
        this.columns = List.copyOf(columns);
        this.rule = rule;
        for (ImportColumn column : columns) {
            byName.put(column.name(), column);
            byField.put(column.field(), column);
        }
    }

    RecordKind kind() {
        return kind;
    }

    List<ImportColumn> columns() {
        return columns;
    }

    /** The names of the columns that make the key. */
    List<String> key() {
        return key;
    }

    /** The column with the date by which records grow old. */
    Optional<String> age() {
        return age;
    }

    Optional<ImportColumn> columnOfField(String field) {
        return Optional.ofNullable(byField.get(field));
    }

    /** The record that a row says; empty if the row has a fault, which it keeps. */
    Optional<StoredRecord> read(Row row) {
        SortedMap<String, String> cells = new TreeMap<>();
        for (ImportColumn column : columns) {
            String value = row.get(column);
            if (!value.isEmpty()) {
                cells.put(column.name(), value);
            }
        }
        rule.accept(row);
        return row.isFaulty() ? Optional.empty() : Optional.of(new StoredRecord(keyOf(cells), cells));
    }

    /**
     * Reads a stored record.
     *
     * @throws MalformedException if it is not one of this kind
     */
    StoredRecord parse(byte[] json) {
        SortedMap<String, String> cells = StoredRecord.parseCells(json);
        cells.forEach((name, value) -> {
            ImportColumn column = byName.get(name);
            if (column == null) {
                throw new MalformedException("a " + kind + " has no " + name);
            }
            if (value.isEmpty()
                    || (!column.form().agreed() && !column.form().read(value).equals(value))) {
                throw new MalformedException("a " + kind + " has no valid " + name + ", expected "
                        + column.form().expected());
            }
        });
        columns.stream()
                .filter(column -> column.required() && !cells.containsKey(column.name()))
                .findFirst()
                .ifPresent(column -> {
                    throw new MalformedException("a " + kind + " lacks its " + column.name());
                });
        return new StoredRecord(keyOf(cells), cells);
    }

    private String keyOf(Map<String, String> cells) {
        if (key.size() == 1) {
            return cells.getOrDefault(key.get(0), "");
        }
        return key.stream()
                .map(column -> cells.getOrDefault(column, ""))
                .collect(Collectors.joining(String.valueOf(SEPARATOR)));
    }

    /** A key as people can read and write it: {@code |} between its parts, and a backslash before {@code |} and backslash within a part. */
    static String shown(String key) {
        return key.replace("\\", "\\\\").replace("|", "\\|").replace(SEPARATOR, '|');
    }
}
