package se.samsyn.node.record;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import se.samsyn.node.Json;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.StoreReader;
import se.samsyn.protocol.MalformedException;

/** Verifies that every stored record can be read and stands under its own key. */
public final class RecordFsck {
    private final StoreReader store;
    private final Consumer<String> faults;
    private final Map<String, Long> counts = new TreeMap<>();

    private RecordFsck(StoreReader store, Consumer<String> faults) {
        this.store = store;
        this.faults = faults;
    }

    /**
     * Reads all records.
     *
     * @param faults is told what is wrong, with the key of the record
     * @return how many there are of each kind, by its wire name
     */
    public static Map<String, Long> verify(StoreReader store, Consumer<String> faults) {
        RecordFsck fsck = new RecordFsck(store, faults);
        fsck.verify(RecordKind.TRIAL, Columns.TRIAL, Trial.class);
        fsck.verify(RecordKind.SITE, Columns.SITE, Site.class);
        fsck.verify(RecordKind.COST_ITEM, Columns.COST_ITEM, CostItem.class);
        return fsck.counts;
    }

    private <T extends StoredRecord> void verify(RecordKind kind, Column<String, byte[]> column, Class<T> type) {
        counts.put(kind.wireName(), 0L);
        try {
            store.forEach(column, (key, json) -> {
                counts.merge(kind.wireName(), 1L, Long::sum);
                verify(kind, key, json, type);
            });
        } catch (RuntimeException e) {
            faults.accept("records of kind " + kind + ": " + e.getMessage());
        }
    }

    private <T extends StoredRecord> void verify(RecordKind kind, String key, byte[] json, Class<T> type) {
        // the parts of a key are set apart by a control character
        String shown = kind + " " + key.replace(Site.SEPARATOR, ' ');
        try {
            String own = Json.parse(json, type).key();
            if (!own.equals(key)) {
                faults.accept(shown + " is stored under another record's key; its own is "
                        + own.replace(Site.SEPARATOR, ' '));
            }
        } catch (MalformedException e) {
            faults.accept(shown + " cannot be read: " + e.getMessage());
        }
    }
}
