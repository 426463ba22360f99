package se.samsyn.node.record;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import se.samsyn.node.record.RecordSorter.Sorted;

/**
 * One file while it is read: which records it holds, what is wrong with it, and what somebody should look at. Rows are read in their order;
 * which of them repeat or contradict each other shows once they are sorted.
 */
final class Reading {
    private final RecordFormat format;
    private final RecordSorter sorter;
    private final Faults faults = new Faults();
    private final Warnings warnings = new Warnings();
    private final ReadCells known = new ReadCells();
    private Map<String, Integer> header = Map.of();
    private long rows;
    private long duplicates;

    private Reading(RecordFormat format, RecordSorter sorter) {
        this.format = format;
        this.sorter = sorter;
    }

    /**
     * Reads a whole file.
     *
     * @param sorter an empty one, which the reading's records stay in
     * @throws ImportRefusal with every fault, if there is any in a row
     */
    static Reading of(RecordFormat format, ImportFile file, RecordSorter sorter) {
        Reading reading = new Reading(format, sorter);
        CsvFile.read(file, reading.faults, reading::accept);
        if (reading.header.isEmpty() && reading.faults.count() == 0) {
            reading.faults.add(1, "", "an empty file", "a header");
        }
        if (reading.faults.count() > 0) {
            // what contradicts each other is named in the same report
            reading.takeRecords(record -> {});
        }
        return reading;
    }

    /** Whether there are more records than are held in memory. */
    boolean isLarge() {
        return sorter.isLarge();
    }

    /**
     * Gives each record once, in the order of their keys.
     *
     * @throws ImportRefusal at the end, with every fault, if there is any: what was given is then not to be kept
     */
    void takeRecords(Consumer<Sorted> each) {
        Sorted first = null;
        for (Iterator<Sorted> records = sorter.sorted(); records.hasNext(); ) {
            Sorted record = records.next();
            if (first == null || !Arrays.equals(first.key(), record.key())) {
                first = record;
                each.accept(record);
            } else if (Arrays.equals(first.json(), record.json())) {
                duplicates++;
            } else {
                faults.add(
                        record.line(),
                        format.columns().get(0).name(),
                        RecordFormat.shown(record.keyText()),
                        "the same content as on line " + first.line() + ", which has the same key");
            }
        }
        faults.refuse(format.kind());
    }

    Warnings warnings() {
        return warnings;
    }

    /** Rows, the header not counted. */
    long rows() {
        return rows;
    }

    /** Rows that repeat an earlier one; known once the records were taken. */
    long duplicates() {
        return duplicates;
    }

    /** Tells whether to go on: without a header the rows mean nothing. */
    private boolean accept(CsvLine line) {
        if (header.isEmpty()) {
            header = Header.parse(line, format.columns(), faults);
            return faults.count() == 0;
        }
        rows++;
        if (!line.flaw().isEmpty()) {
            faults.add(line.line(), "", line.flaw(), "cells as RFC 4180 writes them");
        } else if (line.cells().size() != header.size()) {
            faults.add(
                    line.line(), "", "cells: " + line.cells().size(), "cells: " + header.size() + ", as in the header");
        } else {
            List<String> cells = line.cells();
            UnaryOperator<String> byName = name -> {
                Integer index = header.get(name);
                return index == null ? "" : cells.get(index);
            };
            format.read(new Row(line.line(), byName, known, faults, warnings))
                    .ifPresent(record -> sorter.add(record, line.line()));
        }
        return true;
    }
}
