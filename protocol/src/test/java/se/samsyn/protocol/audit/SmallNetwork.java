package se.samsyn.protocol.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.Table;
import se.samsyn.protocol.dataset.TestDefinitions;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.LogRoots;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootText;
import se.samsyn.protocol.root.TestNetwork;
import se.samsyn.protocol.root.TrustPolicy;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.summary.Cell;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.Salt;
import se.samsyn.protocol.summary.Summary;
import se.samsyn.protocol.summary.Tables;
import se.samsyn.protocol.summary.Values;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.tlog.TileTree;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.ViewQuery;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.Cosignature;

/** A network whose members really sign: all files of its bundle, which a test changes before or after they are signed. */
final class SmallNetwork {
    static final String SKANE = TestNetwork.SKANE;
    static final String HALLAND = TestNetwork.HALLAND;
    /** Noon of 15 June 2026, when the auditor looks. */
    static final long NOW = 1_781_524_800L;

    /** When all witnesses cosigned. */
    static final long COSIGNED = NOW - 3_600;

    static final String VIEW = "view/costs-home-region.json";

    final DatasetDefinition costs = TestDefinitions.costs();
    final List<String> nodes;
    final List<FederationRoot> roots = new ArrayList<>();
    final Map<String, List<byte[]>> entries = new TreeMap<>();
    final Map<String, Map<Hash, byte[]>> bodies = new HashMap<>();
    /** Whose witnesses do not cosign the log of a node. */
    final Map<String, Set<String>> absent = new HashMap<>();

    private int serial;

    SmallNetwork(int members) {
        RootText text = new RootText(TestNetwork.NETWORK).threshold(2).dataset("costs", costs.hash());
        for (int i = 0; i < members; i++) {
            text.member(TestNetwork.member(i));
        }
        roots.add(text.build());
        nodes = root().members().stream().map(member -> member.node()).toList();
        for (String node : nodes) {
            entries.put(node, new ArrayList<>());
            bodies.put(node, new HashMap<>());
            append(node, new RootAccepted(node, 1, root().hash()));
        }
    }

    /** The newest version. */
    FederationRoot root() {
        return roots.get(roots.size() - 1);
    }

    Hash told() {
        return roots.get(0).hash();
    }

    /** Takes a new version that all logs accept. */
    void accept(FederationRoot next) {
        roots.add(next);
        for (String node : nodes) {
            append(node, new RootAccepted(node, next.version(), next.hash()));
        }
    }

    /** Appends a statement that the node's publisher signs. */
    Hash append(String node, Statement statement) {
        return appendEntry(node, SignedStatement.sign(statement, TestNetwork.publisher(node)));
    }

    Hash appendEntry(String node, byte[] entry) {
        entries.get(node).add(entry);
        return MerkleTree.leafHash(entry);
    }

    /** Releases costs: so many participants from the region 12. */
    Hash release(String node, String period, int participants, Optional<Hash> supersedes) {
        byte[] body = body(node, period, participants);
        return append(node, statement(node, period, body, supersedes));
    }

    Hash release(String node, String period, int participants) {
        return release(node, period, participants, Optional.empty());
    }

    byte[] body(String node, String period, int participants) {
        Table table = costs.tables().get(0);
        Cell cell = new Cell(
                table.shape().position(List.of("12")), Values.of(participants, participants, 1_000L * participants, 0));
        Salt salt = Salt.of(Hash.sha256(new byte[] {(byte) serial++}).toByteArray());
        Tables tables = new Tables(5, List.of(new Published(table, 5, List.of(cell), Optional.empty())));
        byte[] body = new Summary(node, "costs", Period.parse(period), salt, tables).encode();
        bodies.get(node).put(Hash.sha256(body), body);
        return body;
    }

    SummaryStatement statement(String node, String period, byte[] body, Optional<Hash> supersedes) {
        return new SummaryStatement(
                node,
                root().version(),
                "costs",
                costs.hash(),
                Period.parse(period),
                Hash.sha256(body),
                body.length,
                supersedes);
    }

    /** Retracts the newest body of a node's log and erases it. */
    void retract(String node, Hash leaf, Hash sha256) {
        append(node, new Retraction(node, root().version(), sha256, leaf));
        bodies.get(node).remove(sha256);
    }

    /** The body that an entry names. */
    Hash bodyOf(String node, int index) {
        return ((SummaryStatement) verified(node).get(index).statement()).sha256();
    }

    /** All files, with the view of the first costs as the logs give it. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = filesWithoutView();
        files.put(VIEW, view(basis(NOW)));
        return files;
    }

    Map<String, byte[]> filesWithoutView() {
        Map<String, byte[]> files = new TreeMap<>();
        for (FederationRoot root : roots) {
            SignedNote note = TestNetwork.signed(root, SKANE, HALLAND);
            files.put(roots.size() == 1 ? "root.note" : "root/" + root.version() + ".note", note.encode());
        }
        files.put("policy.txt", Utf8.encode(TrustPolicy.forAllLogs(root())));
        files.put("definition/" + costs.hash().toHex() + ".json", costs.encode());
        for (String node : nodes) {
            files.put("policy/" + node + ".txt", Utf8.encode(TrustPolicy.forLog(root(), node)));
            logFiles(node).forEach((path, bytes) -> files.put("log/" + node + "/" + path, bytes));
        }
        return files;
    }

    Map<String, byte[]> logFiles(String node) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("checkpoint", checkpoint(node, head(node), COSIGNED).encode());
        grown(node)
                .tiles()
                .forEach(tile -> files.put(TilePath.hashes(tile.tile()).encode(), tile.bytes()));
        List<byte[]> all = entries.get(node);
        for (int from = 0; from < all.size(); from += 256) {
            List<byte[]> some = all.subList(from, Math.min(all.size(), from + 256));
            files.put(TilePath.entries(from / 256, some.size()).encode(), EntryBundle.encode(some));
        }
        bodies.get(node).forEach((hash, body) -> files.put("summary/" + hash.toHex(), body));
        return files;
    }

    SignedNote checkpoint(String node, TreeHead head, long timeSeconds) {
        Checkpoint checkpoint = new Checkpoint(node + "/log", head);
        List<SignatureLine> lines = new ArrayList<>();
        lines.add(TestNetwork.logKey(node).signNote(checkpoint.encode()));
        nodes.stream()
                .filter(other -> !other.equals(node))
                .filter(other -> !absent.getOrDefault(node, new HashSet<>()).contains(other))
                .map(other -> Cosignature.sign(TestNetwork.witness(other), timeSeconds, checkpoint))
                .forEach(lines::add);
        return SignedNote.of(checkpoint.encode(), lines);
    }

    TreeHead head(String node) {
        return grown(node).head();
    }

    private TileTree.Appended grown(String node) {
        return TileTree.of(entries.get(node).stream().map(MerkleTree::leafHash).toList());
    }

    Basis basis(long at) {
        return new Basis(
                root().version(),
                root().hash(),
                nodes.stream()
                        .sorted()
                        .map(node -> new LogBasis(node, head(node), COSIGNED))
                        .toList(),
                accusations().evidence(),
                at);
    }

    /** What the evidence in all logs proves. */
    Accusations accusations() {
        List<VerifierKey> keys = EvidenceKeys.of(roots);
        Accusations all = Accusations.NONE;
        for (String node : nodes) {
            for (VerifiedStatement entry : verified(node)) {
                if (entry.statement() instanceof EvidenceStatement logged) {
                    try {
                        all = all.with(logged.evidence(), keys);
                    } catch (RefutedException e) {
                        // it proves nothing
                    }
                }
            }
        }
        return all;
    }

    /** What honest members would say of the costs. */
    byte[] view(Basis basis) {
        return view(basis, accusations());
    }

    byte[] view(Basis basis, Accusations accusations) {
        return picture(basis, accusations)
                .view(ViewQuery.parse(Map.of("to", "2024-Q2"), costs), basis)
                .encode();
    }

    /** The picture that the logs make up to a basis. */
    NationalPicture picture(Basis basis, Accusations accusations) {
        NationalPicture picture = new NationalPicture(root(), List.of(costs), accusations);
        for (LogBasis log : basis.logs()) {
            List<VerifiedStatement> statements =
                    verified(log.node()).subList(0, (int) log.head().size());
            picture.advance(
                    log.node(),
                    0,
                    statements,
                    sha256 -> Optional.ofNullable(bodies.get(log.node()).get(sha256)));
        }
        return picture;
    }

    private List<VerifiedStatement> verified(String node) {
        RootChain chain = RootChain.verify(
                roots.stream()
                        .map(root -> TestNetwork.signed(root, SKANE, HALLAND))
                        .toList(),
                told());
        List<LogRoots.Acceptance> acceptances = new ArrayList<>();
        List<VerifiedStatement> statements = new ArrayList<>();
        for (byte[] entry : entries.get(node)) {
            StatementReader.payload(entry)
                    .map(Statement::parse)
                    .filter(RootAccepted.class::isInstance)
                    .map(RootAccepted.class::cast)
                    .ifPresent(accepted -> acceptances.add(
                            new LogRoots.Acceptance(statements.size(), accepted.root(), accepted.hash())));
            statements.add(SignedStatement.verify(
                    entry, LogRoots.of(chain, acceptances).forEntry(statements.size()), node, statements.size()));
        }
        return statements;
    }

    static VerificationReport verify(Map<String, byte[]> files, Hash told) {
        return new BundleVerifier(AuditBundle.ofFolder(files), told, NOW).verify();
    }

    /** A bundle of three members with a correction and a retraction in it. */
    static SmallNetwork ordinary() {
        SmallNetwork network = new SmallNetwork(3);
        Hash first = network.release(SKANE, "2024-Q1", 10);
        network.release(SKANE, "2024-Q1", 20, Optional.of(first));
        Hash withdrawn = network.release(SKANE, "2024-Q2", 30);
        network.retract(SKANE, withdrawn, network.bodyOf(SKANE, 3));
        network.release(HALLAND, "2024-Q1", 7);
        return network;
    }

    /** A copy with the byte at that position changed. */
    static byte[] altered(byte[] bytes, int at) {
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        copy[at] ^= 1;
        return copy;
    }
}
