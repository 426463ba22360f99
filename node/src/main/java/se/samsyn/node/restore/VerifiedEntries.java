package se.samsyn.node.restore;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.fsck.EntryTree;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.PeerException;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.LaterRootException;
import se.samsyn.protocol.root.LogRoots;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.StatementOrder;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;

/** All entries of a log, each one a statement of its node that goes with those before it, and which bodies they call for. */
final class VerifiedEntries {
    private final List<byte[]> entries;
    private final EntryTree tree = new EntryTree();
    private final Map<Hash, SummaryStatement> standing = new LinkedHashMap<>();
    private final Map<Hash, Integer> positions = new HashMap<>();
    private final Set<Hash> retracted = new HashSet<>();
    private LogRoots roots;

    private VerifiedEntries(List<byte[]> entries, RootChain chain) {
        this.roots = LogRoots.none(chain);
        this.entries = List.copyOf(entries);
        entries.forEach(tree::add);
    }

    /**
     * Verifies entries from the first on.
     *
     * @throws RefutedException if one is no statement of the log's node, or contradicts an earlier one
     */
    static VerifiedEntries of(List<byte[]> entries, RootChain chain, String node) {
        VerifiedEntries verified = new VerifiedEntries(entries, chain);
        Map<Hash, Statement> earlier = new HashMap<>();
        LogStatements statements = new LogStatements(chain, node);
        for (int index = 0; index < entries.size(); index++) {
            try {
                VerifiedStatement next = statements.next(entries.get(index));
                StatementOrder.verify(next, leafHash -> Optional.ofNullable(earlier.get(leafHash)));
                earlier.put(next.leafHash(), next.statement());
                verified.take(index, next.statement());
            } catch (LaterRootException e) {
                throw new PeerException(StoredLog.originOf(node) + ": " + e.getMessage(), e);
            } catch (MalformedException | RefutedException e) {
                throw new RefutedException(
                        "entry " + index + " of " + StoredLog.originOf(node) + ": " + e.getMessage());
            }
        }
        verified.retracted.forEach(verified.standing::remove);
        verified.roots = statements.roots();
        return verified;
    }

    private void take(int index, Statement statement) {
        if (statement instanceof SummaryStatement summary) {
            standing.put(summary.sha256(), summary);
            positions.put(summary.sha256(), index);
        } else if (statement instanceof Retraction retraction) {
            retracted.add(retraction.sha256());
        }
    }

    List<byte[]> entries() {
        return entries;
    }

    /** Which versions of the federation root the entries say were accepted. */
    LogRoots roots() {
        return roots;
    }

    int size() {
        return entries.size();
    }

    /** The root of the tree over the first entries, {@code size} of them. */
    Hash root(long size) {
        return tree.root(0, size)
                .orElseThrow(() -> new IllegalArgumentException("no root of " + size + " among " + entries.size()));
    }

    /** Summaries that were not retracted, by the hashes of their bodies. */
    Map<Hash, SummaryStatement> standing() {
        return standing;
    }

    /** The periods, by dataset, of summaries that stand and are among the entries from that one on. */
    SortedMap<String, SortedSet<Period>> releasedFrom(int index) {
        SortedMap<String, SortedSet<Period>> released = new TreeMap<>();
        standing.forEach((sha256, summary) -> {
            if (Objects.requireNonNull(positions.get(sha256)) >= index) {
                released.computeIfAbsent(summary.dataset(), dataset -> new TreeSet<>())
                        .add(summary.period());
            }
        });
        return released;
    }

    /** Tells whether a body was retracted. */
    boolean isRetracted(Hash body) {
        return retracted.contains(body);
    }

    /** Tells whether a body is one that the log calls for. */
    static boolean isBodyOf(SummaryStatement summary, byte[] body) {
        return body.length == summary.length() && Hash.sha256(body).equals(summary.sha256());
    }
}
