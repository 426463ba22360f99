package se.samsyn.node.mirror;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.log.Growth;
import se.samsyn.node.peer.PeerException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TileTree;
import se.samsyn.protocol.tlog.TreeHead;

/** A tree that peers serve tiles of; each is asked until one tells of it, within a bounded number of tiles and a bounded time. */
final class ServedTree implements ForeignTree {
    /** Tiles asked of one peer: more than the edges of two trees of any size have. */
    static final int MAX_TILES = 64;

    private static final long TIMEOUT_SECONDS = 30;
    private static final Logger logger = LoggerFactory.getLogger(ServedTree.class);

    private final List<PeerLog> sources;

    ServedTree(List<PeerLog> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public Optional<Growth> grownFrom(long olderSize, TreeHead newer) {
        Deadline deadline = Deadline.in(TIMEOUT_SECONDS);
        for (PeerLog source : sources) {
            try {
                TileTree tree = tree(source, newer.size(), deadline);
                // a peer that has another tree of this size is no help
                if (tree.head(newer.size()).equals(newer)) {
                    return Optional.of(new Growth(
                            MerkleTree.root(olderSize, tree),
                            MerkleTree.consistencyProof(olderSize, newer.size(), tree)));
                }
            } catch (PeerException | MalformedException e) {
                logger.debug(
                        "{} does not tell of the tree of size {}: {}", source.servedBy(), newer.size(), e.toString());
            }
        }
        return Optional.empty();
    }

    private static TileTree tree(PeerLog source, long size, Deadline deadline) {
        Map<String, byte[]> read = new HashMap<>();
        return new TileTree((level, index, minWidth) -> read.computeIfAbsent(level + "/" + index, place -> {
            if (read.size() >= MAX_TILES || deadline.hasPassed()) {
                throw new PeerException("the tiles of " + source.servedBy() + " take too many requests or too long");
            }
            int width = (int) Math.min(Tile.WIDTH, Tile.hashes(level, size) - index * Tile.WIDTH);
            byte[] tile = source.tile(new Tile(level, index, width));
            if (tile.length != width * Hash.LENGTH) {
                throw new MalformedException(
                        "tile " + place + " has " + tile.length + " bytes, expected " + width * Hash.LENGTH);
            }
            return tile;
        }));
    }
}
