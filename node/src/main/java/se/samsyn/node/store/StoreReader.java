package se.samsyn.node.store;

import java.util.Optional;
import java.util.function.BiConsumer;

/** What can be read of a store: as it is when it is asked, or as it was {@linkplain Store#atOneMoment at one moment}. */
public interface StoreReader {
    /**
     * Reads one value.
     *
     * @throws StoreException if it cannot be read: the database found it damaged, or is closed
     */
    <K, V> Optional<V> get(Column<K, V> column, K key);

    /**
     * Gives every key and value of a column in the order of the keys.
     *
     * @throws StoreException if one cannot be read: the database found it damaged, or is closed
     */
    <K, V> void forEach(Column<K, V> column, BiConsumer<K, V> each);

    /** The name of the node whose store it is; "none" if it was not made to its end. */
    default String node() {
        return get(Columns.IDENTITY, Store.NODE).orElse("none");
    }

    /** The network whose store it is, by the hash of its federation root in hexadecimal digits; "none" if it was not made to its end. */
    default String network() {
        return get(Columns.IDENTITY, Store.NETWORK).orElse("none");
    }
}
