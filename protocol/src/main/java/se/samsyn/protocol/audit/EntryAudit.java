package se.samsyn.protocol.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.LogRoots;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootInForce;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedPayload;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.StatementOrder;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.MerkleTree;

/** Verifies the entries of one log, each by the version of the root that counted at its position. */
final class EntryAudit {
    private final RootChain chain;
    private final String node;
    private final List<byte[]> entries;
    private final Findings findings;
    private final StatementReader reader;
    private final Optional<LogRoots> roots;
    private final Map<Hash, Long> indexes = new HashMap<>();
    private final Map<Hash, Statement> earlier = new HashMap<>();
    private final List<Placed> placed = new ArrayList<>();
    private final List<VerifiedStatement> verified = new ArrayList<>();
    private boolean toldOfNoRoot;

    /** A statement in its place, whether or not it holds: what bodies there must be follows from all of them. */
    record Placed(long index, Statement statement) {}

    EntryAudit(RootChain chain, String node, List<byte[]> entries, Findings findings) {
        this.chain = chain;
        this.node = node;
        this.entries = entries;
        this.findings = findings;
        this.reader = new StatementReader(chain, findings);
        this.roots = logRoots();
    }

    /** Verifies all of them. */
    void run() {
        int before = findings.refutations();
        for (int i = 0; i < entries.size(); i++) {
            check(i, entries.get(i));
        }
        findings.entries += entries.size();
        if (findings.refutations() == before) {
            findings.verified(CheckKind.STATEMENTS, log(), entries.size() + " entries");
        }
    }

    /** What the log says, where every entry could be read. */
    Optional<List<VerifiedStatement>> statements() {
        return verified.size() == entries.size() ? Optional.of(verified) : Optional.empty();
    }

    /** All statements that could be read. */
    List<Placed> placed() {
        return placed;
    }

    /** What counts for the log's tree of a size, by its own acceptances; the newest version where there are none. */
    RootInForce forTree(long size) {
        try {
            if (roots.isPresent()) {
                return roots.get().forTree(size);
            }
        } catch (RefutedException e) {
            if (!toldOfNoRoot) {
                toldOfNoRoot = true;
                findings.refuted(CheckKind.STATEMENTS, log(), String.valueOf(e.getMessage()));
            }
        }
        return RootInForce.newest(chain.newest());
    }

    private void check(int index, byte[] entry) {
        String where = log() + " entry " + index;
        Hash leaf = MerkleTree.leafHash(entry);
        Long first = indexes.putIfAbsent(leaf, (long) index);
        if (first != null) {
            findings.refuted(CheckKind.STATEMENTS, where, "is the same as entry " + first);
            return;
        }
        RootInForce inForce = forTree(index + 1L);
        Optional<SignedPayload> signed =
                findings.found(CheckKind.STATEMENTS, where, () -> SignedStatement.open(entry, inForce, node, index));
        // what an entry says is looked at even if nobody signed it: other faults of it shall show as well
        Optional<byte[]> payload = signed.map(SignedPayload::payload).or(() -> StatementReader.payload(entry));
        Optional<Statement> statement = payload.flatMap(bytes -> read(where, bytes, inForce.root()));
        if (statement.isPresent()) {
            placed.add(new Placed(index, statement.get()));
            signed.ifPresent(by -> take(where, statement.get(), by, inForce.root()));
            earlier.put(leaf, statement.get());
            reader.remember(statement.get(), leaf);
        } else {
            signed.ifPresent(by -> requireMaySign(where, by, inForce.root()));
        }
    }

    private Optional<Statement> read(String where, byte[] payload, FederationRoot root) {
        return findings.found(CheckKind.STATEMENTS, where, () -> reader.read(payload, node, root))
                .flatMap(Function.identity());
    }

    private void take(String where, Statement statement, SignedPayload signed, FederationRoot root) {
        VerifiedStatement next = new VerifiedStatement(statement, signed.publisher(), signed.leafHash());
        boolean claims = findings.holds(
                CheckKind.STATEMENTS,
                where,
                () -> SignedStatement.checkClaims(statement, root, node, signed.publisher()));
        boolean order = findings.holds(
                CheckKind.STATEMENTS,
                where,
                () -> StatementOrder.verify(next, hash -> Optional.ofNullable(earlier.get(hash))));
        if (claims && order) {
            verified.add(next);
        }
    }

    /** A key that may sign some kinds only may sign none that this program does not know. */
    private void requireMaySign(String where, SignedPayload signed, FederationRoot root) {
        Optional<String> kind = StatementReader.kind(signed.payload());
        if (kind.isPresent() && !root.maySign(signed.publisher(), kind.get())) {
            findings.refuted(
                    CheckKind.STATEMENTS,
                    where,
                    signed.publisher().ref() + " may not sign statements of kind " + kind.get());
        }
    }

    /** Which versions the log says it accepted; an acceptance that nobody signed is refuted when its entry is. */
    private Optional<LogRoots> logRoots() {
        List<LogRoots.Acceptance> acceptances = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            int index = i;
            StatementReader.payload(entries.get(i))
                    .flatMap(this::acceptance)
                    .ifPresent(accepted ->
                            acceptances.add(new LogRoots.Acceptance(index, accepted.root(), accepted.hash())));
        }
        return findings.found(CheckKind.STATEMENTS, log(), () -> LogRoots.of(chain, acceptances));
    }

    private Optional<RootAccepted> acceptance(byte[] payload) {
        if (!StatementReader.kind(payload).equals(Optional.of(RootAccepted.KIND))) {
            return Optional.empty();
        }
        try {
            return new StatementReader(chain, new Findings())
                    .read(payload, node, chain.newest())
                    .map(RootAccepted.class::cast);
        } catch (MalformedException | RefutedException e) {
            return Optional.empty(); // told when the entry is verified
        }
    }

    private String log() {
        return "log/" + node;
    }
}
