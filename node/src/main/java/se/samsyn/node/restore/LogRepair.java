package se.samsyn.node.restore;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import se.samsyn.node.fsck.StoredNotes;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.store.Batch;
import se.samsyn.node.store.Codec.BodyKey;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.LogRoots;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.ChangedTile;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TileTree;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * Puts one log of a running node right in place. What is right follows from an anchor, the newest checkpoint that the log's key signed:
 * entries that make its root are the log's, whoever gives them, and everything else follows from the entries. Nobody may change the log
 * meanwhile.
 */
final class LogRepair {
    private static final int BATCH_ROWS = 64;

    private final Store store;
    private final RootChain chain;
    private final Peers peers;
    private final InstantSource clock;
    private final String node;
    private final boolean own;
    private final PeerSources sources;
    private final List<Consumer<Batch>> changes = new ArrayList<>();

    /**
     * Prepares.
     *
     * @param node whose log it is
     * @param own whether that is this node: its log may have entries that nobody else has
     */
    LogRepair(Store store, RootChain chain, Peers peers, InstantSource clock, String node, boolean own) {
        this.store = store;
        this.chain = chain;
        this.peers = peers;
        this.clock = clock;
        this.node = node;
        this.own = own;
        this.sources = new PeerSources(peers, node);
    }

    private record Anchor(byte[] note, TreeHead head) {}

    /**
     * Repairs.
     *
     * @return how many rows were written or taken away
     * @throws se.samsyn.node.peer.PeerException if what is needed cannot be had now
     * @throws RefutedException if what is damaged is nowhere else
     */
    int run() {
        List<Anchor> notes = storedNotes();
        Optional<Anchor> signed = stored(Columns.SIGNED, false);
        if (signed.isEmpty()) {
            notes.addAll(peerNotes());
        }
        Anchor anchor = newest(notes)
                .orElseThrow(() -> new RefutedException("no checkpoint that the log key of " + node
                        + " signed is left here or can be had from a peer just now"));
        VerifiedEntries entries = entries(anchor);
        int rows = putEntries(entries);
        rows += putNotes(entries, anchor);
        flush();
        return rows + putBodies(entries);
    }

    private static Optional<Anchor> newest(List<Anchor> notes) {
        return notes.stream()
                .max((a, b) -> Long.compare(a.head().size(), b.head().size()));
    }

    private List<Anchor> storedNotes() {
        List<Anchor> notes = new ArrayList<>();
        stored(Columns.SIGNED, false).ifPresent(notes::add);
        stored(Columns.PUBLISHED, true).ifPresent(notes::add);
        cosigned().ifPresent(notes::add);
        return notes;
    }

    private Optional<Anchor> stored(Column<String, byte[]> column, boolean needsQuorum) {
        return read(column, node).flatMap(note -> valid(note, needsQuorum));
    }

    private Optional<Anchor> cosigned() {
        return read(Columns.COSIGNED, node)
                .filter(bytes -> bytes.length > Long.BYTES)
                .flatMap(bytes -> valid(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length), false));
    }

    private Optional<Anchor> valid(byte[] note, boolean needsQuorum) {
        try {
            return Optional.of(new Anchor(note, StoredNotes.verify(mayCount(), node, note, needsQuorum)));
        } catch (MalformedException | RefutedException e) {
            return Optional.empty();
        }
    }

    /** Which version counts is for the entries to say, which may be what is damaged. */
    private List<RootInForce> mayCount() {
        return LogRoots.none(chain).candidates().stream()
                .filter(inForce -> inForce.root().member(node).isPresent())
                .toList();
    }

    private List<Anchor> peerNotes() {
        return new PeerSurvey(peers, chain, node)
                .known().stream()
                        .map(known -> new Anchor(known.note().encode(), known.head()))
                        .toList();
    }

    private VerifiedEntries entries(Anchor anchor) {
        long size = anchor.head().size();
        List<byte[]> all =
                new ArrayList<>(ownEntries(anchor.head()).orElseGet(() -> sources.entries(anchor.head(), done -> {})));
        Tail tail = tail(size);
        if (tail.damaged() && own) {
            throw new RefutedException(
                    "entries from " + (size + tail.entries().size())
                            + " on are damaged, and no other member has them yet. Stop the node and run `samsyn restore --from-peers`");
        }
        all.addAll(tail.entries());
        return VerifiedEntries.of(all, chain, node);
    }

    /** The stored entries, if they make the root. */
    private Optional<List<byte[]>> ownEntries(TreeHead head) {
        List<byte[]> entries = new ArrayList<>();
        for (long index = 0; index * Tile.WIDTH < head.size(); index++) {
            Optional<List<byte[]>> bundle = bundle(index);
            int width = (int) Math.min(Tile.WIDTH, head.size() - index * Tile.WIDTH);
            if (bundle.isEmpty() || bundle.get().size() < width) {
                return Optional.empty();
            }
            entries.addAll(bundle.get().subList(0, width));
        }
        List<Hash> leaves = entries.stream().map(MerkleTree::leafHash).toList();
        return Optional.of(entries).filter(found -> TileTree.of(leaves).head().equals(head));
    }

    /** Entries after a size. */
    private record Tail(List<byte[]> entries, boolean damaged) {}

    private Tail tail(long size) {
        List<byte[]> entries = new ArrayList<>();
        for (long index = size / Tile.WIDTH; ; index++) {
            if (isAbsent(Columns.BUNDLE, new BundleKey(node, index))) {
                return new Tail(entries, false);
            }
            Optional<List<byte[]>> bundle = bundle(index);
            int first = entries.isEmpty() && index == size / Tile.WIDTH ? (int) (size % Tile.WIDTH) : 0;
            if (bundle.isEmpty()) {
                long stored = storedSize();
                return new Tail(entries, stored > size + entries.size());
            }
            entries.addAll(bundle.get()
                    .subList(Math.min(first, bundle.get().size()), bundle.get().size()));
            if (bundle.get().size() < Tile.WIDTH) {
                return new Tail(entries, false);
            }
        }
    }

    private long storedSize() {
        try {
            return new StoredLog(store, node).head().size();
        } catch (StoreException | MalformedException e) {
            return Long.MAX_VALUE;
        }
    }

    private Optional<List<byte[]>> bundle(long index) {
        try {
            return read(Columns.BUNDLE, new BundleKey(node, index)).map(EntryBundle::parse);
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private int putEntries(VerifiedEntries entries) {
        int rows = 0;
        List<byte[]> all = entries.entries();
        TileTree.Appended grown =
                TileTree.of(all.stream().map(MerkleTree::leafHash).toList());
        for (int from = 0; from < all.size(); from += Tile.WIDTH) {
            byte[] bundle = EntryBundle.encode(all.subList(from, Math.min(all.size(), from + Tile.WIDTH)));
            rows += putIfOther(Columns.BUNDLE, new BundleKey(node, from / Tile.WIDTH), bundle);
        }
        for (ChangedTile changed : grown.tiles()) {
            Tile tile = changed.tile();
            rows += putIfOther(Columns.TILE, new TileKey(node, tile.level(), tile.index()), changed.bytes());
        }
        rows += takeAway(Columns.BUNDLE, key -> key.node().equals(node) && key.index() * Tile.WIDTH >= all.size());
        rows += takeAway(
                Columns.TILE,
                key -> key.node().equals(node) && key.index() * Tile.WIDTH >= Tile.hashes(key.level(), all.size()));
        String text = new Checkpoint(StoredLog.originOf(node), grown.head()).encode();
        if (!tryRead(() -> store.get(Columns.TREE, node)).equals(Optional.of(text))) {
            rows += change(batch -> batch.put(Columns.TREE, node, text));
        }
        return rows;
    }

    private int putNotes(VerifiedEntries entries, Anchor anchor) {
        int rows = 0;
        if (!holds(stored(Columns.SIGNED, false), entries)) {
            rows += change(batch -> batch.put(Columns.SIGNED, node, logLines(anchor)));
        }
        if (isStored(Columns.PUBLISHED) && !holds(stored(Columns.PUBLISHED, true), entries)) {
            Optional<Anchor> other = newest(peerNotes().stream()
                    .flatMap(note -> valid(note.note(), true).stream())
                    .filter(note -> holds(Optional.of(note), entries))
                    .toList());
            // without one it is published anew, or pulled, with the next cosignatures
            rows += change(other.<Consumer<Batch>>map(note -> batch -> batch.put(Columns.PUBLISHED, node, note.note()))
                    .orElse(batch -> batch.delete(Columns.PUBLISHED, node)));
        }
        if (isStored(Columns.COSIGNED) && !holds(cosigned(), entries)) {
            byte[] note = logLines(anchor);
            byte[] cosigned = ByteBuffer.allocate(Long.BYTES + note.length)
                    .putLong(clock.instant().getEpochSecond())
                    .put(note)
                    .array();
            rows += change(batch -> batch.put(Columns.COSIGNED, node, cosigned));
        }
        List<BodyKey> worthless = new ArrayList<>();
        store.forEach(Columns.REFUSED, (key, note) -> {
            if (key.node().equals(node) && !isRefusedNote(key, note)) {
                worthless.add(key);
            }
        });
        for (BodyKey key : worthless) {
            rows += change(batch -> batch.delete(Columns.REFUSED, key));
        }
        return rows;
    }

    private byte[] logLines(Anchor anchor) {
        return PeerNotes.logLines(chain, node, SignedNote.parse(anchor.note())).encode();
    }

    private int putBodies(VerifiedEntries entries) {
        Map<Hash, SummaryStatement> standing = entries.standing();
        int rows = 0;
        for (SummaryStatement summary : standing.values()) {
            BodyKey key = new BodyKey(node, summary.sha256());
            if (read(Columns.BODY, key)
                    .filter(body -> VerifiedEntries.isBodyOf(summary, body))
                    .isEmpty()) {
                byte[] body = sources.body(summary);
                store.write(FailPoint.WRITE_RESTORED_BODY, batch -> batch.put(Columns.BODY, key, body));
                rows++;
            }
        }
        List<BodyKey> wrong = new ArrayList<>();
        store.forEach(Columns.BODY, (key, body) -> {
            boolean itself = Hash.sha256(body).equals(key.sha256());
            if (key.node().equals(node)
                    && !standing.containsKey(key.sha256())
                    && (!itself || entries.isRetracted(key.sha256()))) {
                wrong.add(key);
            }
        });
        wrong.forEach(key -> change(batch -> batch.delete(Columns.BODY, key)));
        flush();
        return rows + wrong.size();
    }

    private static boolean holds(Optional<Anchor> note, VerifiedEntries entries) {
        return note.map(Anchor::head)
                .filter(head -> head.size() <= entries.size())
                .filter(head -> entries.root(head.size()).equals(head.root()))
                .isPresent();
    }

    private boolean isRefusedNote(BodyKey key, byte[] note) {
        try {
            StoredNotes.verifyRefused(chain, node, key.sha256(), note);
            return true;
        } catch (MalformedException | RefutedException e) {
            return false;
        }
    }

    private <K> int putIfOther(Column<K, byte[]> column, K key, byte[] right) {
        return read(column, key).filter(stored -> Arrays.equals(stored, right)).isPresent()
                ? 0
                : change(batch -> batch.put(column, key, right));
    }

    private <K> int takeAway(Column<K, byte[]> column, Predicate<K> which) {
        List<K> keys = new ArrayList<>();
        store.forEach(column, (key, value) -> {
            if (which.test(key)) {
                keys.add(key);
            }
        });
        keys.forEach(key -> change(batch -> batch.delete(column, key)));
        return keys.size();
    }

    private int change(Consumer<Batch> change) {
        changes.add(change);
        if (changes.size() == BATCH_ROWS) {
            flush();
        }
        return 1;
    }

    private void flush() {
        if (!changes.isEmpty()) {
            store.write(FailPoint.WRITE_REPAIRED, batch -> changes.forEach(change -> change.accept(batch)));
            changes.clear();
        }
    }

    private boolean isStored(Column<String, byte[]> column) {
        return !isAbsent(column, node);
    }

    /** False also for what is there and cannot be read. */
    private <K> boolean isAbsent(Column<K, byte[]> column, K key) {
        try {
            return store.get(column, key).isEmpty();
        } catch (StoreException e) {
            return false;
        }
    }

    /** Empty also for what is there and cannot be read: it is written anew. */
    private <K> Optional<byte[]> read(Column<K, byte[]> column, K key) {
        return tryRead(() -> store.get(column, key));
    }

    private static <T> Optional<T> tryRead(Supplier<Optional<T>> reading) {
        try {
            return reading.get();
        } catch (StoreException e) {
            return Optional.empty();
        }
    }
}
