package se.samsyn.protocol.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.tlog.ChangedTile;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.tlog.TileTree;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.KeyEnd;

/** Builds a log's tree anew from all its entries and holds against it whatever is served of it. */
final class TreeAudit {
    private final AuditBundle bundle;
    private final String log;
    private final List<byte[]> entries;
    private final Findings findings;
    private final Map<String, byte[]> tiles = new HashMap<>();
    private final TileTree tree;

    TreeAudit(AuditBundle bundle, String node, List<byte[]> entries, Findings findings) {
        this.bundle = bundle;
        this.log = "log/" + node;
        this.entries = entries;
        this.findings = findings;
        List<Hash> leaves = entries.stream().map(MerkleTree::leafHash).toList();
        TileTree.Appended grown = TileTree.of(leaves);
        for (ChangedTile tile : grown.tiles()) {
            tiles.put(key(tile.tile().level(), tile.tile().index()), tile.bytes());
        }
        this.tree = new TileTree((level, index, width) -> require(level, index));
    }

    /** Compares the root that was signed. */
    void compareRoot(TreeHead signed) {
        boolean same = findings.holds(CheckKind.TREE, log + "/checkpoint", () -> {
            TreeHead own = tree.head(signed.size());
            if (!own.equals(signed)) {
                throw new RefutedException(
                        "root is " + signed.root() + ", the " + signed.size() + " entries give " + own.root());
            }
        });
        if (same) {
            findings.verified(CheckKind.TREE, log, "the root of size " + signed.size() + " from all entries");
        }
    }

    /** Compares the roots that the log must have passed through, because a key ended there. */
    void compareEnds(List<KeyEnd> ends, String origin) {
        for (KeyEnd end : ends) {
            if (end.origin().equals(origin) && end.last().size() <= entries.size()) {
                Hash own = tree.head(end.last().size()).root();
                if (!own.equals(end.last().root())) {
                    findings.refuted(
                            CheckKind.TREE,
                            log,
                            "the federation root ends " + end.key() + " at size "
                                    + end.last().size() + " with another root than the entries give, " + own);
                }
            }
        }
    }

    /** The root at a size that the entries reach. */
    Hash root(long size) {
        return tree.head(size).root();
    }

    /** Compares every tile and bundle that is here, and misses none of them if there are hash tiles at all. */
    void compareTiles() {
        int before = findings.refutations();
        Set<String> hashes = new HashSet<>();
        int files = 0;
        for (BundlePath path : bundle.ofKind(BundlePath.Kind.TILE)) {
            if (!("log/" + path.owner()).equals(log)) {
                continue;
            }
            files++;
            String where = log + "/" + path.name();
            findings.holds(CheckKind.TILES, where, () -> {
                TilePath tile = TilePath.parse(path.name());
                requireWithin(tile.tile());
                byte[] served = bundle.file(where).orElseThrow();
                if (tile.kind() == TilePath.Kind.ENTRIES) {
                    compareEntries(tile.tile(), served);
                } else {
                    hashes.add(path.name());
                    compareHashes(tile.tile(), served);
                }
            });
        }
        if (!hashes.isEmpty()) {
            requireAll(hashes);
        }
        if (findings.refutations() == before) {
            findings.verified(CheckKind.TILES, log, files + " files, " + hashes.size() + " of them hash tiles");
        }
    }

    private void requireWithin(Tile tile) {
        long hashes = Tile.hashes(tile.level(), entries.size());
        if (tile.index() > hashes / Tile.WIDTH || tile.index() * Tile.WIDTH + tile.width() > hashes) {
            throw new RefutedException("it is beyond the checkpoint's size: nothing signed covers it");
        }
    }

    private void compareHashes(Tile tile, byte[] served) {
        byte[] own = Arrays.copyOf(require(tile.level(), tile.index()), tile.width() * Hash.LENGTH);
        if (!Arrays.equals(own, served)) {
            throw new RefutedException("differs from the tile that the entries give");
        }
    }

    private void compareEntries(Tile tile, byte[] served) {
        List<byte[]> others = EntryBundle.parse(served, tile.width());
        for (int i = 0; i < others.size(); i++) {
            int index = (int) tile.index() * Tile.WIDTH + i;
            if (!Arrays.equals(others.get(i), entries.get(index))) {
                throw new RefutedException("its entry " + i + " is not entry " + index + " of the log");
            }
        }
    }

    private void requireAll(Set<String> there) {
        for (int level = 0; Tile.hashes(level, entries.size()) > 0; level++) {
            long hashes = Tile.hashes(level, entries.size());
            for (long index = 0; index * Tile.WIDTH < hashes; index++) {
                int width = (int) Math.min(Tile.WIDTH, hashes - index * Tile.WIDTH);
                String path = TilePath.hashes(new Tile(level, index, width)).encode();
                if (!there.contains(path)) {
                    findings.refuted(CheckKind.TILES, log + "/" + path, "it is missing");
                }
            }
        }
    }

    private byte[] require(int level, long index) {
        return Optional.ofNullable(tiles.get(key(level, index)))
                .orElseThrow(() -> new MalformedException("there is no tile " + index + " of level " + level));
    }

    private static String key(int level, long index) {
        return level + "/" + index;
    }
}
