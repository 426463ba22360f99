package se.samsyn.node.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.log.StoredLog;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.LogRoots;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.statement.LogStatements;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.StatementOrder;
import se.samsyn.protocol.statement.VerifiedStatement;

/** What the entries of a mirrored log say, by leaf hash, so that new ones can be held against them; read when first needed. */
final class KnownStatements {
    private final StoredLog log;
    private final LogStatements stored;
    private final Map<Hash, Statement> byLeafHash = new HashMap<>();

    /**
     * Entries that may follow what is stored.
     *
     * @param roots the versions of the root that the log will have accepted with them
     */
    record Next(List<Statement> statements, LogRoots roots) {}

    KnownStatements(StoredLog log, RootChain chain) {
        this.log = log;
        this.stored = new LogStatements(chain, log.node());
    }

    /**
     * Verifies the entries that follow what is stored: each one by itself, and against all before it.
     *
     * @throws RefutedException if one is no statement of the log's node, or contradicts an earlier one
     * @throws se.samsyn.protocol.root.LaterRootException if one goes by a version of the root that is not known here yet
     */
    Next verify(List<byte[]> entries) {
        for (byte[] entry : log.entries(stored.size(), log.head().size())) {
            VerifiedStatement known = stored.next(entry);
            byLeafHash.put(known.leafHash(), known.statement());
        }
        LogStatements ahead = stored.copy();
        Map<Hash, Statement> fresh = new HashMap<>();
        List<Statement> statements = new ArrayList<>();
        for (byte[] entry : entries) {
            VerifiedStatement next = verifyNext(ahead, entry, fresh);
            fresh.put(next.leafHash(), next.statement());
            statements.add(next.statement());
        }
        return new Next(statements, ahead.roots());
    }

    private VerifiedStatement verifyNext(LogStatements ahead, byte[] entry, Map<Hash, Statement> fresh) {
        long index = ahead.size();
        try {
            VerifiedStatement next = ahead.next(entry);
            StatementOrder.verify(
                    next,
                    leafHash -> Optional.ofNullable(byLeafHash.get(leafHash))
                            .or(() -> Optional.ofNullable(fresh.get(leafHash))));
            return next;
        } catch (MalformedException | RefutedException e) {
            throw new RefutedException("entry " + index + " of " + log.origin() + ": " + e.getMessage());
        }
    }
}
