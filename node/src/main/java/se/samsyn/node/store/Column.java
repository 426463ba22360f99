package se.samsyn.node.store;

/** A typed column family of the database. */
public record Column<K, V>(String name, Codec<K> key, Codec<V> value) {}
