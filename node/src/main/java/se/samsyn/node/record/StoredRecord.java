package se.samsyn.node.record;

/** A record as the node keeps it, as JSON by its natural key. Instances are always valid. */
sealed interface StoredRecord permits Trial, Site, CostItem {
    RecordKind kind();

    /** What tells this record from all others of its kind. */
    String key();
}
