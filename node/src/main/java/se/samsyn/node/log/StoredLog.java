package se.samsyn.node.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import se.samsyn.node.store.Batch;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.PositionKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.SubtreeReader;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TileMemory;
import se.samsyn.protocol.tlog.TileTree;
import se.samsyn.protocol.tlog.TilesOnce;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/** One log as this node holds it, its own or a mirror of another's: entries, hash tiles, bodies and checkpoints in the store. */
public final class StoredLog {
    private static final String ORIGIN_SUFFIX = "/log";

    private final Store store;
    private final String node;

    public StoredLog(Store store, String node) {
        this.store = store;
        this.node = node;
    }

    /** The name of the node whose log it is. */
    public String node() {
        return node;
    }

    /** The log's origin. */
    public String origin() {
        return originOf(node);
    }

    /** The origin of a node's log. */
    public static String originOf(String node) {
        return node + ORIGIN_SUFFIX;
    }

    /** Size and root of what is stored, signed or not. */
    public TreeHead head() {
        return store.get(Columns.TREE, node)
                .map(text -> Checkpoint.parse(text).head())
                .orElse(TreeHead.EMPTY);
    }

    /** The newest checkpoint that the log's key signed. */
    public Optional<SignedNote> signed() {
        return store.get(Columns.SIGNED, node).map(SignedNote::parse);
    }

    /** The newest checkpoint under a quorum. */
    public Optional<SignedNote> published() {
        return store.get(Columns.PUBLISHED, node).map(SignedNote::parse);
    }

    /** The first {@code width} hashes of a tile, if that many are stored. */
    public Optional<byte[]> tile(int level, long index, int width) {
        return store.get(Columns.TILE, new TileKey(node, level, index))
                .filter(tile -> tile.length >= width * Hash.LENGTH)
                .map(tile -> Arrays.copyOf(tile, width * Hash.LENGTH));
    }

    /** A bundle of the first {@code width} entries of a bundle, if that many are stored. */
    public Optional<byte[]> bundle(long index, int width) {
        return store.get(Columns.BUNDLE, new BundleKey(node, index))
                .map(EntryBundle::parse)
                .filter(entries -> entries.size() >= width)
                .map(entries -> EntryBundle.encode(entries.subList(0, width)));
    }

    /** The body of a released summary, unless it was retracted. */
    public Optional<byte[]> body(Hash sha256) {
        return store.get(Columns.BODY, new BodyKey(node, sha256));
    }

    /** The entries with indices from {@code from}, inclusive, to {@code to}, exclusive. */
    public List<byte[]> entries(long from, long to) {
        if (from < 0 || from > to || to > head().size()) {
            throw new IllegalArgumentException("entries " + from + " to " + to + " of " + head().size());
        }
        List<byte[]> entries = new ArrayList<>();
        for (long index = from; index < to; ) {
            long bundle = index / Tile.WIDTH;
            int first = (int) (index % Tile.WIDTH);
            int last = (int) Math.min(Tile.WIDTH, to - bundle * Tile.WIDTH);
            entries.addAll(storedBundle(bundle).subList(first, last));
            index += last - first;
        }
        return entries;
    }

    /** Reads the tree's hashes, for one root or proof. */
    public SubtreeReader subtrees() {
        return tree(new TileMemory(0));
    }

    /** The tree as it is stored now, each tile read when it is first asked for. */
    TileTree tree(TileMemory memory) {
        return new TileTree(new TilesOnce(this::storedTile), memory);
    }

    /** Computes what the log becomes with more entries; nothing is written. */
    public Growth grow(List<byte[]> entries) {
        List<Hash> leaves = entries.stream().map(MerkleTree::leafHash).toList();
        return grow(head(), entries, leaves, tree(new TileMemory(0)));
    }

    /**
     * As {@link #grow(List)}, from what is known already.
     *
     * @param before the stored head
     */
    Growth grow(TreeHead before, List<LogEntry> entries, TileTree tree) {
        return grow(
                before,
                entries.stream().map(LogEntry::entry).toList(),
                entries.stream().map(LogEntry::leaf).toList(),
                tree);
    }

    private static Growth grow(TreeHead before, List<byte[]> entries, List<Hash> leaves, TileTree tree) {
        return new Growth(before, tree.append(before.size(), leaves), entries);
    }

    /** Puts a growth into a batch, as long as nothing was appended since it was computed. */
    public void put(Batch batch, Growth growth) {
        if (!growth.before().equals(head())) {
            throw new IllegalStateException("the log of " + node + " grew while a growth was computed");
        }
        growth.tiles().forEach(changed -> {
            Tile tile = changed.tile();
            batch.put(Columns.TILE, new TileKey(node, tile.level(), tile.index()), changed.bytes());
        });
        putBundles(batch, growth);
        batch.put(Columns.TREE, node, new Checkpoint(origin(), growth.head()).encode());
    }

    /** Puts a checkpoint under a quorum into a batch: as the newest one, and among all the positions that it was ever known at. */
    public void putPublished(Batch batch, CosignedCheckpoint checkpoint) {
        batch.put(Columns.PUBLISHED, node, checkpoint.note().encode());
        putPosition(batch, Columns.POSITION, checkpoint);
    }

    /** Remembers where a checkpoint under a quorum is without some of its votes, unless that is known: it has another time. */
    public void rememberPosition(CosignedCheckpoint counted) {
        LogBasis position = new LogBasis(node, counted.checkpoint().head(), counted.timeSeconds());
        if (!isKnownAt(position)) {
            store.write(FailPoint.WRITE_POSITION, batch -> putPosition(batch, Columns.COUNTED_POSITION, counted));
        }
    }

    private void putPosition(Batch batch, Column<PositionKey, Hash> column, CosignedCheckpoint checkpoint) {
        TreeHead head = checkpoint.checkpoint().head();
        batch.put(column, new PositionKey(node, checkpoint.timeSeconds(), head.size()), head.root());
    }

    /** Tells whether this node has known the log there under a quorum, by all votes of a checkpoint or by those that counted. */
    public boolean isKnownAt(LogBasis position) {
        PositionKey key =
                new PositionKey(node, position.timeSeconds(), position.head().size());
        return Stream.of(Columns.POSITION, Columns.COUNTED_POSITION)
                .flatMap(column -> store.get(column, key).stream())
                .anyMatch(position.head().root()::equals);
    }

    /** The newest position of the log whose time is not after the given one, seconds since 1970. */
    public Optional<LogBasis> publishedBy(long timeSeconds) {
        return store.floor(Columns.POSITION, new PositionKey(node, timeSeconds, Long.MAX_VALUE))
                .filter(row -> row.getKey().node().equals(node))
                .map(row -> new LogBasis(
                        node,
                        new TreeHead(row.getKey().size(), row.getValue()),
                        row.getKey().timeSeconds()));
    }

    /** Puts a body into a batch. */
    public void putBody(Batch batch, Hash sha256, byte[] body) {
        batch.put(Columns.BODY, new BodyKey(node, sha256), body);
    }

    /** Deletes a retracted body in a batch. */
    public void deleteBody(Batch batch, Hash sha256) {
        batch.delete(Columns.BODY, new BodyKey(node, sha256));
    }

    /** A bundle is its entries one after the other, so that what comes to a partial one is written without the rest of it. */
    private void putBundles(Batch batch, Growth growth) {
        long index = growth.before().size();
        List<byte[]> rest = growth.entries();
        while (!rest.isEmpty()) {
            int added = (int) Math.min(Tile.WIDTH - index % Tile.WIDTH, rest.size());
            BundleKey key = new BundleKey(node, index / Tile.WIDTH);
            batch.append(Columns.BUNDLE, key, EntryBundle.encode(rest.subList(0, added)));
            rest = rest.subList(added, rest.size());
            index += added;
        }
    }

    private byte[] storedTile(int level, long index, int minWidth) {
        return store.get(Columns.TILE, new TileKey(node, level, index))
                .filter(tile -> tile.length >= minWidth * Hash.LENGTH)
                .orElseThrow(() -> missing("tile " + level + "/" + index));
    }

    /** All entries of a stored bundle: those of the head that was read before, and maybe some that came since. */
    private List<byte[]> storedBundle(long index) {
        return store.get(Columns.BUNDLE, new BundleKey(node, index))
                .map(EntryBundle::parse)
                .orElseThrow(() -> missing("entry bundle " + index));
    }

    private StoreException missing(String what) {
        return new StoreException(
                what + " of " + origin()
                        + " is missing from the store, which is damaged: stop the node and restore it from its backup or its peers");
    }
}
