package se.samsyn.node.record;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** One file while it is read: which records it holds, what is wrong with it, and what somebody should look at. */
final class Reading {
    private final RecordFormat format;
    private final Faults faults = new Faults();
    private final Warnings warnings = new Warnings();
    private final Map<String, byte[]> jsonByKey = new HashMap<>();
    private final Map<String, Long> lineByKey = new HashMap<>();
    private Map<String, Integer> header = Map.of();
    private long rows;
    private long duplicates;

    private Reading(RecordFormat format) {
        this.format = format;
    }

    /**
     * Reads a whole file.
     *
     * @throws ImportRefusal with every fault, if there is any
     */
    static Reading of(RecordFormat format, byte[] file) {
        Reading reading = new Reading(format);
        CsvFile.read(file, reading.faults, reading::accept);
        if (reading.header.isEmpty() && reading.faults.count() == 0) {
            reading.faults.add(1, "", "an empty file", "a header");
        }
        reading.faults.refuse(format.kind());
        return reading;
    }

    /** The records as JSON by their keys. */
    Map<String, byte[]> records() {
        return Collections.unmodifiableMap(jsonByKey);
    }

    Warnings warnings() {
        return warnings;
    }

    /** Rows, the header not counted. */
    long rows() {
        return rows;
    }

    /** Rows that repeat an earlier one. */
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
            Map<String, String> cells = new HashMap<>();
            header.forEach((name, index) -> cells.put(name, line.cells().get(index)));
            format.read(new Row(line.line(), cells, faults, warnings)).ifPresent(record -> keep(record, line.line()));
        }
        return true;
    }

    private void keep(StoredRecord record, long line) {
        byte[] json = record.encode();
        byte[] earlier = jsonByKey.putIfAbsent(record.key(), json);
        if (earlier == null) {
            lineByKey.put(record.key(), line);
        } else if (Arrays.equals(earlier, json)) {
            duplicates++;
        } else {
            faults.add(
                    line,
                    format.columns().get(0).name(),
                    RecordFormat.shown(record.key()),
                    "the same content as on line " + lineByKey.get(record.key()) + ", which has the same key");
        }
    }
}
