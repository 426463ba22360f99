package se.samsyn.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TreeHead;

/** A log in memory that a test can write as it likes, and fork. */
public final class HostileLog {
    private final List<byte[]> entries = new ArrayList<>();

    public HostileLog append(byte[] entry) {
        entries.add(entry.clone());
        return this;
    }

    /** Another log that begins with the first entries of this one. */
    public HostileLog fork(int size) {
        HostileLog fork = new HostileLog();
        entries.subList(0, size).forEach(fork::append);
        return fork;
    }

    public int size() {
        return entries.size();
    }

    public TreeHead head(long size) {
        return new TreeHead(size, MerkleTree.root(size, this::subtree));
    }

    public List<Hash> proof(long from, long to) {
        return from == 0 || from == to ? List.of() : MerkleTree.consistencyProof(from, to, this::subtree);
    }

    public byte[] bundle(long index, int width) {
        int from = (int) index * Tile.WIDTH;
        return EntryBundle.encode(entries.subList(from, Math.min(entries.size(), from + width)));
    }

    /** Whether the tree is large enough for a tile. */
    public boolean has(Tile tile) {
        return tile.index() * Tile.WIDTH + tile.width() <= Tile.hashes(tile.level(), entries.size());
    }

    public byte[] tile(Tile tile) {
        ByteBuffer hashes = ByteBuffer.allocate(tile.width() * Hash.LENGTH);
        for (int i = 0; i < tile.width(); i++) {
            hashes.put(subtree(tile.level() * Tile.HEIGHT, tile.index() * Tile.WIDTH + i)
                    .toByteArray());
        }
        return hashes.array();
    }

    private Hash subtree(int level, long index) {
        return level == 0
                ? MerkleTree.leafHash(entries.get((int) index))
                : MerkleTree.parent(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
    }
}
