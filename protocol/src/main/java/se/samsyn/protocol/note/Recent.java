package se.samsyn.protocol.note;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values that were asked for last, so many of them, so that they need not be worked out again. */
final class Recent<K, V> {
    private static final float LOAD_FACTOR = 0.75f;

    private final int maxSize;
    private final Map<K, V> values = new LinkedHashMap<>(16, LOAD_FACTOR, true);

    Recent(int maxSize) {
        this.maxSize = maxSize;
    }

    /** The value of a key: what it was before, or what is worked out now. A failure is not kept. */
    V get(K key, Function<K, V> workOut) {
        synchronized (values) {
            @Nullable V known = values.get(key);
            if (known != null) {
                return known;
            }
        }
        V fresh = workOut.apply(key);
        synchronized (values) {
            values.put(key, fresh);
            if (values.size() > maxSize) {
                values.remove(values.keySet().iterator().next());
            }
        }
        return fresh;
    }
}
