package se.samsyn.node.fsck;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.StoreReader;
import se.samsyn.protocol.Hash;

/** Which rows there are of each log, found by reading each column once, so that those that no entry asks for are seen too. */
final class StoredRows {
    private static final List<Column<String, ?>> BY_NODE =
            List.of(Columns.TREE, Columns.SIGNED, Columns.PUBLISHED, Columns.COSIGNED);

    private final Set<TileKey> tiles = new HashSet<>();
    private final Set<BundleKey> bundles = new HashSet<>();
    private final Map<String, Map<Hash, Body>> bodies = new HashMap<>();
    private final Map<String, Map<Hash, byte[]>> refused = new HashMap<>();
    private final Set<String> nodes = new TreeSet<>();

    /** A stored body, by the hash under which it is stored. */
    record Body(long length, Hash sha256) {}

    /** Reads the columns; one that cannot be read is a fault, and its rows are missing. */
    StoredRows(StoreReader store, Faults faults) {
        faults.guard(
                "hash tiles",
                () -> store.forEach(Columns.TILE, (key, tile) -> {
                    tiles.add(key);
                    nodes.add(key.node());
                }));
        faults.guard(
                "entry bundles",
                () -> store.forEach(Columns.BUNDLE, (key, bundle) -> {
                    bundles.add(key);
                    nodes.add(key.node());
                }));
        faults.guard(
                "bodies",
                () -> store.forEach(Columns.BODY, (key, body) -> {
                    bodies.computeIfAbsent(key.node(), node -> new HashMap<>())
                            .put(key.sha256(), new Body(body.length, Hash.sha256(body)));
                    nodes.add(key.node());
                }));
        faults.guard(
                "refused checkpoints",
                () -> store.forEach(Columns.REFUSED, (key, note) -> {
                    refused.computeIfAbsent(key.node(), node -> new HashMap<>()).put(key.sha256(), note);
                    nodes.add(key.node());
                }));
        BY_NODE.forEach(column ->
                faults.guard(column.name(), () -> store.forEach(column, (node, value) -> nodes.add(node))));
    }

    /** All nodes of which there is anything. */
    Set<String> nodes() {
        return nodes;
    }

    List<TileKey> tiles(String node) {
        return tiles.stream().filter(key -> key.node().equals(node)).toList();
    }

    List<BundleKey> bundles(String node) {
        return bundles.stream().filter(key -> key.node().equals(node)).toList();
    }

    Map<Hash, Body> bodies(String node) {
        return bodies.getOrDefault(node, Map.of());
    }

    Map<Hash, byte[]> refused(String node) {
        return refused.getOrDefault(node, Map.of());
    }
}
