package se.samsyn.node.record;

import java.util.List;
import java.util.Optional;

/** One kind of record as CSV: its columns in the order of the documentation, and how a row becomes a record. */
interface RecordFormat<T extends StoredRecord> {
    RecordKind kind();

    List<ImportColumn<?>> columns();

    /** The record that a row says; empty if the row has a fault, which it keeps. */
    Optional<T> read(Row row);
}
