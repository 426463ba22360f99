package se.samsyn.node.record;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Scope;

/** One row of an import while it is read: gives cells their meaning, and collects what is wrong with them. */
final class Row {
    private final CsvLine line;
    private final Map<String, Integer> header;
    private final Faults faults;
    private final Warnings warnings;
    private boolean faulty;

    /** @param header the index of each column that the file has */
    Row(CsvLine line, Map<String, Integer> header, Faults faults, Warnings warnings) {
        this.line = line;
        this.header = header;
        this.faults = faults;
        this.warnings = warnings;
    }

    /** What a cell means; in a faulty cell, or without the column, what an empty one means. */
    <T> T get(ImportColumn<T> column) {
        Integer index = header.get(column.name());
        String cell = index == null ? "" : line.cells().get(index);
        if (cell.isEmpty() && column.required()) {
            fault(column, cell, column.form().expected());
        } else if (holdsControl(cell)) {
            fault(column, cell, "no control characters");
        } else {
            try {
                return column.form().read(cell);
            } catch (MalformedException e) {
                fault(column, cell, column.form().expected());
            }
        }
        return column.form().absent();
    }

    /**
     * The code that the registry's word in a cell means; a word that no row of the vocabulary has is unknown, and
     * counted.
     */
    String word(ImportColumn<String> column, Vocabulary vocabulary, String registry) {
        String word = get(column);
        if (word.isEmpty()) {
            return CodeList.UNKNOWN;
        }
        return vocabulary.code(registry, word).orElseGet(() -> {
            warn(
                    column,
                    word,
                    "not in vocabulary/" + vocabulary.name() + ".csv for "
                            + (registry.isEmpty() ? "a row without registry" : "registry " + registry)
                            + ": counted as unknown");
            return CodeList.UNKNOWN;
        });
    }

    /** A place that has to lie in the node's scope. */
    String place(ImportColumn<String> column, Scope scope) {
        String place = get(column);
        if (!place.isEmpty() && !scope.covers(place)) {
            fault(
                    column,
                    place,
                    "a place within this node's scope, " + scope.encode() + "; other nodes speak for other places");
        }
        return place;
    }

    void fault(ImportColumn<?> column, String value, String expected) {
        faulty = true;
        faults.add(line.line(), column.name(), column.quiet() && !value.isEmpty() ? "(not shown)" : value, expected);
    }

    void warn(ImportColumn<?> column, String value, String meaning) {
        warnings.add(column.name(), value, meaning);
    }

    /** The record, if nothing in the row is at fault. */
    <R> Optional<R> unlessFaulty(Supplier<R> record) {
        return faulty ? Optional.empty() : Optional.of(record.get());
    }

    // Line breaks and tabs pass: titles have them, and the forms of everything else do not take them.
    private static boolean holdsControl(String cell) {
        return cell.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
    }
}
