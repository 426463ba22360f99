package se.samsyn.node.fsck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import se.samsyn.node.RegionNode;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.Batch;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** Ways to damage a store, and where in it to do so. */
public final class Damage {
    private Damage() {}

    public static <K> Consumer<Store> flip(Column<K, byte[]> column, K key, int position) {
        return store -> {
            byte[] bytes = store.get(column, key).orElseThrow();
            bytes[position] ^= 1;
            store.write(FailPoint.WRITE_ENTRIES, batch -> batch.put(column, key, bytes));
        };
    }

    /** The first entry's last character but one: a base64url digit of its signature, all of whose bits count. */
    public static void flipInEntry(Store store, Batch batch, BundleKey key) {
        byte[] bundle = store.get(Columns.BUNDLE, key).orElseThrow();
        int length = ByteBuffer.wrap(bundle).getShort();
        int position = Short.BYTES + length - 2;
        bundle[position] = (byte) (bundle[position] == 'A' ? 'B' : 'A');
        batch.put(Columns.BUNDLE, key, bundle);
    }

    /** A checkpoint of the stored size with another root, by the log's true key. */
    public static SignedNote forge(Store store, RegionNode of) {
        TreeHead head = new StoredLog(store, of.name()).head();
        String text = new Checkpoint(
                        StoredLog.originOf(of.name()), new TreeHead(head.size(), Hash.sha256("other".getBytes(UTF_8))))
                .encode();
        return SignedNote.of(
                text,
                of.keys().logKeys().stream().map(key -> key.signNote(text)).toList());
    }

    public static Hash body(Store store, FederationRoot root, String node, long index) {
        byte[] entry = new StoredLog(store, node).entries(index, index + 1).get(0);
        return ((SummaryStatement) SignedStatement.verify(entry, root, node).statement()).sha256();
    }

    static Hash retracted(Store store, FederationRoot root, String node) {
        StoredLog log = new StoredLog(store, node);
        return log.entries(0, 10).stream()
                .map(entry -> SignedStatement.verify(entry, root, node).statement())
                .filter(SummaryStatement.class::isInstance)
                .map(statement -> ((SummaryStatement) statement).sha256())
                .filter(sha256 -> log.body(sha256).isEmpty())
                .findFirst()
                .orElseThrow();
    }
}
