package se.samsyn.node.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import se.samsyn.node.fsck.EntryTree;
import se.samsyn.node.mirror.PeerLog;
import se.samsyn.node.peer.PeerClient;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.Peers;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TreeHead;

/** One log as all peers serve it. Nothing that they give is believed: entries must make the root, bodies must have their hash. */
final class PeerSources {
    /** Entries that are held in memory until they have made the root. */
    static final int MAX_SIZE = 1 << 22;

    private final String node;
    private final List<PeerLog> sources = new ArrayList<>();

    /** The log's own node is asked first, if it is not this one. */
    PeerSources(Peers peers, String node) {
        this.node = node;
        peers.of(node).ifPresent(peer -> sources.add(new PeerLog(peer, node)));
        for (PeerClient peer : peers.all()) {
            if (!peer.node().equals(node)) {
                sources.add(new PeerLog(peer, node));
            }
        }
    }

    /**
     * All entries up to a head that the log's key signed, from the first peer whose entries make its root.
     *
     * @param progress is told how many there are
     * @throws PeerException if nobody has them, with what each peer said
     */
    List<byte[]> entries(TreeHead head, LongConsumer progress) {
        if (head.size() > MAX_SIZE) {
            throw new PeerException("the log of " + node + " has more than " + MAX_SIZE + " entries");
        }
        List<String> failures = new ArrayList<>();
        for (PeerLog source : sources) {
            try {
                List<byte[]> entries = entries(source, head.size(), progress);
                EntryTree tree = new EntryTree();
                entries.forEach(tree::add);
                if (tree.root(0, head.size()).equals(Optional.of(head.root()))) {
                    return entries;
                }
                failures.add(source.servedBy() + ": its entries do not make the signed root");
            } catch (PeerException | MalformedException e) {
                failures.add(source.servedBy() + ": " + e.getMessage());
            }
        }
        throw new PeerException("nobody gives the " + head.size() + " entries of the log of " + node + ": "
                + String.join("; ", failures));
    }

    /**
     * A released body.
     *
     * @throws PeerException if nobody has it, with what each peer said
     */
    byte[] body(SummaryStatement summary) {
        List<String> failures = new ArrayList<>();
        for (PeerLog source : sources) {
            try {
                byte[] body = source.body(summary.sha256());
                if (VerifiedEntries.isBodyOf(summary, body)) {
                    return body;
                }
                failures.add(source.servedBy() + ": has SHA-256 " + Hash.sha256(body));
            } catch (PeerException e) {
                failures.add(source.servedBy() + ": " + e.getMessage());
            }
        }
        throw new PeerException("nobody gives body " + summary.sha256() + " (" + summary.dataset() + " "
                + summary.period() + ") of the log of " + node + ": " + String.join("; ", failures));
    }

    private static List<byte[]> entries(PeerLog source, long size, LongConsumer progress) {
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < size) {
            int width = (int) Math.min(Tile.WIDTH, size - entries.size());
            entries.addAll(source.bundle(entries.size() / Tile.WIDTH, width));
            progress.accept(entries.size());
        }
        return entries;
    }
}
