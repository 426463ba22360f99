package se.samsyn.node.fsck;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.Codec.BundleKey;
import se.samsyn.node.store.Codec.TileKey;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.StoreReader;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.StatementOrder;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * Verifies one log as a store holds it, own or mirrored. Everything is held against the entries: they make the stored tree head and the
 * root of every stored checkpoint; every hash in every tile is theirs; each is a statement that its node's publisher key signed; and the
 * bodies that are there are those that they release and do not retract.
 */
final class LogFsck {
    private final StoreReader store;
    private final StoredRows rows;
    private final LogStatements verifier;
    private final RootChain chain;
    private final String node;
    private final Faults faults;
    private final EntryTree tree = new EntryTree();
    private final Map<Hash, Statement> statements = new HashMap<>();
    private final Map<Hash, SummaryStatement> summaries = new HashMap<>();
    private final Set<Hash> retracted = new HashSet<>();
    private TreeHead head = TreeHead.EMPTY;
    private int tiles;
    private int checkpoints;

    /**
     * Prepares a check.
     *
     * @param keeper the node whose store it is
     */
    LogFsck(StoreReader store, StoredRows rows, RootChain chain, String node, String keeper) {
        this.store = store;
        this.rows = rows;
        this.chain = chain;
        this.verifier = new LogStatements(chain, node);
        this.node = node;
        this.faults = new Faults("log of " + node, next(node.equals(keeper), node));
    }

    private static String next(boolean own, String node) {
        return own
                ? "A running node repairs this from the other members' mirrors; if it does not, stop it and run"
                        + " `samsyn restore --from-peers`"
                : "A running node repairs this from " + node
                        + " and the other members; if it does not, stop it and run `samsyn restore --from-peers`";
    }

    LogReport run() {
        faults.guard("tree head", this::readHead);
        faults.guard("entries", this::readEntries);
        requireRoot("the stored tree head", head);
        checkTiles();
        checkCheckpoints();
        checkRefused();
        int standing = checkBodies();
        return new LogReport(
                node,
                head.size(),
                tiles,
                standing,
                retracted.size(),
                (int) rows.bodies(node).keySet().stream()
                        .filter(hash -> !summaries.containsKey(hash))
                        .count(),
                checkpoints,
                rows.refused(node).size(),
                faults.list());
    }

    private void readHead() {
        Optional<Checkpoint> stored = store.get(Columns.TREE, node).map(Checkpoint::parse);
        stored.ifPresent(tree -> {
            head = tree.head();
            if (!tree.origin().equals(StoredLog.originOf(node))) {
                faults.add("the stored tree head is of " + tree.origin());
            }
        });
    }

    private void readEntries() {
        for (long index = 0; index * Tile.WIDTH < head.size(); index++) {
            int width = (int) Math.min(Tile.WIDTH, head.size() - index * Tile.WIDTH);
            Optional<byte[]> bundle = store.get(Columns.BUNDLE, new BundleKey(node, index));
            if (bundle.isEmpty()) {
                faults.add("entry bundle " + index + " is missing, and with it whatever follows: the tree head counts "
                        + head.size() + " entries");
                break;
            }
            int before = tree.size();
            faults.guard("entry bundle " + index, () -> readBundle(bundle.get(), width));
            if (tree.size() == before) {
                tree.addUnknown(width);
            }
        }
        rows.bundles(node).stream()
                .filter(key -> key.index() * Tile.WIDTH >= head.size())
                .forEach(key -> faults.add(
                        "entry bundle " + key.index() + " is beyond the tree's " + head.size() + " entries"));
    }

    private void readBundle(byte[] bundle, int width) {
        List<byte[]> entries = EntryBundle.parse(bundle, width);
        for (byte[] entry : entries) {
            int index = tree.size();
            tree.add(entry);
            faults.guard(
                    "entry " + index + " in entry bundle " + index / Tile.WIDTH, () -> readStatement(entry, index));
        }
    }

    private void readStatement(byte[] entry, int index) {
        VerifiedStatement verified = verified(entry, index);
        StatementOrder.verify(verified, leafHash -> Optional.ofNullable(statements.get(leafHash)));
        statements.put(verified.leafHash(), verified.statement());
        if (verified.statement() instanceof SummaryStatement summary) {
            summaries.put(summary.sha256(), summary);
        } else if (verified.statement() instanceof Retraction retraction) {
            retracted.add(retraction.sha256());
        }
    }

    private VerifiedStatement verified(byte[] entry, int index) {
        while (verifier.size() < index) {
            verifier.skip(); // what could not be read or verified was told there
        }
        return isWithoutRoot()
                ? SignedStatement.verify(entry, RootInForce.newest(chain.newest()), node, index)
                : verifier.next(entry);
    }

    /** A log whose first entry is damaged does not say by which root it goes; that is one fault and not as many as it has entries. */
    private boolean isWithoutRoot() {
        return verifier.size() > 0 && verifier.roots().newestAccepted() == 0;
    }

    private RootInForce inForce(long size) {
        return verifier.roots().newestAccepted() == 0
                ? RootInForce.newest(chain.newest())
                : verifier.roots().forTree(size);
    }

    /** What cannot be told, because entries are missing, is not a second fault. */
    private void requireRoot(String what, TreeHead claimed) {
        tree.root(0, claimed.size())
                .filter(own -> !own.equals(claimed.root()))
                .ifPresent(
                        own -> faults.add(what + " says root " + claimed.root().toBase64() + " at size "
                                + claimed.size() + ", the stored entries make " + own.toBase64()));
    }

    private void checkTiles() {
        Set<TileKey> expected = new HashSet<>();
        for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
            long hashes = Tile.hashes(level, tree.size());
            for (long index = 0; index * Tile.WIDTH < hashes; index++) {
                int width = (int) Math.min(Tile.WIDTH, hashes - index * Tile.WIDTH);
                Tile tile = new Tile(level, index, width);
                expected.add(new TileKey(node, level, index));
                faults.guard(TilePath.hashes(tile).encode(), () -> checkTile(tile));
            }
        }
        if (tree.size() == head.size()) {
            rows.tiles(node).stream()
                    .filter(key -> !expected.contains(key))
                    .forEach(key -> faults.add("tile " + key.index() + " of level " + key.level()
                            + " is beyond the tree's " + head.size() + " entries"));
        }
    }

    private void checkTile(Tile tile) {
        byte[] stored = store.get(Columns.TILE, new TileKey(node, tile.level(), tile.index()))
                .orElseThrow(() -> new RefutedException("is missing"));
        tiles++;
        if (stored.length != tile.width() * Hash.LENGTH && tree.size() == head.size()) {
            throw new RefutedException("has " + stored.length + " bytes, expected " + tile.width() + " hashes of "
                    + Hash.LENGTH + " bytes");
        }
        long leaves = 1L << (Tile.HEIGHT * tile.level());
        for (int i = 0; i < tile.width(); i++) {
            long first = (tile.index() * Tile.WIDTH + i) * leaves;
            byte[] hash = Arrays.copyOfRange(stored, i * Hash.LENGTH, (i + 1) * Hash.LENGTH);
            if (tree.root(first, first + leaves)
                    .filter(own -> !Arrays.equals(own.toByteArray(), hash))
                    .isPresent()) {
                throw new RefutedException("hash " + i + " is not that of "
                        + (leaves == 1 ? "entry " : leaves + " entries from ") + first);
            }
        }
    }

    private void checkCheckpoints() {
        checkCheckpoint("signed checkpoint", store.get(Columns.SIGNED, node), false);
        checkCheckpoint("published checkpoint", store.get(Columns.PUBLISHED, node), true);
        faults.guard(
                "cosigned checkpoint",
                () -> checkCheckpoint(
                        "cosigned checkpoint",
                        store.get(Columns.COSIGNED, node)
                                .map(bytes -> Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)),
                        false));
    }

    private void checkCheckpoint(String what, Optional<byte[]> stored, boolean needsQuorum) {
        stored.ifPresent(bytes -> faults.guard(what, () -> {
            checkpoints++;
            TreeHead named = Checkpoint.parse(SignedNote.parse(bytes).text()).head();
            TreeHead claimed = StoredNotes.verify(List.of(inForce(named.size())), node, bytes, needsQuorum);
            if (claimed.size() > head.size()) {
                throw new RefutedException("covers " + claimed.size() + " entries, the store has " + head.size()
                        + ": what the log's key signed is lost here");
            }
            requireRoot("the " + what, claimed);
        }));
    }

    /** They contradict the log, or they would not have been refused; that its key signed them must be so. */
    private void checkRefused() {
        rows.refused(node)
                .forEach((hash, bytes) -> faults.guard(
                        "refused checkpoint " + hash, () -> StoredNotes.verifyRefused(chain, node, hash, bytes)));
    }

    private int checkBodies() {
        Map<Hash, StoredRows.Body> bodies = rows.bodies(node);
        bodies.forEach((hash, body) -> {
            if (!body.sha256().equals(hash)) {
                faults.add("body " + hash + named(hash) + " is not the one that was released: it has SHA-256 "
                        + body.sha256());
            }
        });
        int standing = 0;
        for (SummaryStatement summary : summaries.values()) {
            StoredRows.Body body = bodies.get(summary.sha256());
            String what = "body " + summary.sha256() + named(summary.sha256());
            if (retracted.contains(summary.sha256())) {
                if (body != null) {
                    faults.add(what + " was retracted and is still there");
                }
            } else if (body == null) {
                faults.add(what + " is missing");
            } else if (body.length() != summary.length()) {
                faults.add(what + " has " + body.length() + " bytes, its statement says " + summary.length());
            } else {
                standing++;
            }
        }
        return standing;
    }

    private String named(Hash body) {
        return Optional.ofNullable(summaries.get(body))
                .map(summary -> " (" + summary.dataset() + " " + summary.period() + ")")
                .orElse("");
    }
}
