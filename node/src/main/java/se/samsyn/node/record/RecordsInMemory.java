package se.samsyn.node.record;

import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import se.samsyn.node.store.Scratch;
import se.samsyn.protocol.root.Scope;

/** Records that nobody keeps: what an import would do is tried on them. */
final class RecordsInMemory extends Records {
    private final Map<RecordKind, NavigableMap<String, byte[]>> records = new EnumMap<>(RecordKind.class);

    RecordsInMemory(Scope scope) {
        super(scope);
        for (RecordKind kind : RecordKind.values()) {
            records.put(kind, new TreeMap<>());
        }
    }

    @Override
    void forEach(RecordKind kind, BiConsumer<String, byte[]> each) {
        of(kind).forEach(each);
    }

    @Override
    Optional<byte[]> get(RecordKind kind, String key) {
        return Optional.ofNullable(of(kind).get(key));
    }

    @Override
    Scratch scratch() {
        return Scratch.ofSystem();
    }

    @Override
    void write(Map<RecordKind, Map<String, byte[]>> put, Map<RecordKind, Set<String>> gone) {
        put.forEach((kind, byKey) -> of(kind).putAll(byKey));
        gone.forEach((kind, keys) -> of(kind).keySet().removeAll(keys));
    }

    private NavigableMap<String, byte[]> of(RecordKind kind) {
        return records.getOrDefault(kind, new TreeMap<>());
    }
}
