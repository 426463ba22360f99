package se.samsyn.node.record;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
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
     * @return how many there are, by the wire names of the kinds that there are any of
     */
    public static Map<String, Long> verify(StoreReader store, Consumer<String> faults) {
        RecordFsck fsck = new RecordFsck(store, faults);
        for (RecordKind kind : RecordKind.values()) {
            fsck.verify(RecordFormats.SHIPPED.of(kind));
        }
        return fsck.counts;
    }

    private void verify(RecordFormat format) {
        RecordKind kind = format.kind();
        try {
            store.forEach(RecordStore.column(kind), (key, json) -> {
                counts.merge(kind.wireName(), 1L, Long::sum);
                verify(format, key, json);
            });
        } catch (RuntimeException e) {
            faults.accept("records of kind " + kind + ": " + e.getMessage());
        }
    }

    private void verify(RecordFormat format, String key, byte[] json) {
        String shown = format.kind() + " " + RecordFormat.shown(key);
        try {
            String own = format.parse(json).key();
            if (!own.equals(key)) {
                faults.accept(shown + " is stored under another record's key; its own is " + RecordFormat.shown(own));
            }
        } catch (MalformedException e) {
            faults.accept(shown + " cannot be read: " + e.getMessage());
        }
    }
}
