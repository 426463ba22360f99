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
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.StatementOrder;
import se.samsyn.protocol.statement.VerifiedStatement;

/** What the entries of a mirrored log say, by leaf hash, so that new ones can be held against them; read when first needed. */
final class KnownStatements {
    private final StoredLog log;
    private final FederationRoot root;
    private final Map<Hash, Statement> byLeafHash = new HashMap<>();
    private long readSize;

    KnownStatements(StoredLog log, FederationRoot root) {
        this.log = log;
        this.root = root;
    }

    /**
     * Verifies the entries that follow what is stored: each one by itself, and against all before it.
     *
     * @throws RefutedException if one is no statement of the log's node, or contradicts an earlier one
     */
    List<Statement> verify(List<byte[]> entries) {
        long size = log.head().size();
        for (byte[] entry : log.entries(readSize, size)) {
            VerifiedStatement stored = SignedStatement.verify(entry, root, log.node(), readSize);
            byLeafHash.put(stored.leafHash(), stored.statement());
            readSize++;
        }
        Map<Hash, Statement> fresh = new HashMap<>();
        List<Statement> statements = new ArrayList<>();
        for (byte[] entry : entries) {
            VerifiedStatement next = verifyNext(size + statements.size(), entry, fresh);
            fresh.put(next.leafHash(), next.statement());
            statements.add(next.statement());
        }
        return statements;
    }

    private VerifiedStatement verifyNext(long index, byte[] entry, Map<Hash, Statement> fresh) {
        try {
            VerifiedStatement next = SignedStatement.verify(entry, root, log.node(), index);
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
