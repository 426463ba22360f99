package se.samsyn.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.audit.AuditBundle;
import se.samsyn.protocol.audit.BundleVerifier;
import se.samsyn.protocol.audit.VerificationReport;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * A whole offline audit on one thread, beside the bare signatures of OpenSSL on one core: roots, checkpoints with all cosignatures, trees,
 * statements, and bodies with what can be checked of their disclosure. It counts the statements that it gets through in a second.
 */
public final class AuditBench {
    private static final int PERIODS = 4;
    private static final int REVISIONS = 4;
    private static final double NANOS = 1e9;

    private final BenchPlan plan;
    private final BesideOpenssl beside;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final AuditBundle bundle;
    private final Hash told;
    private final long atSeconds;
    private int statements;

    /**
     * Makes the bundle that is to be audited.
     *
     * @param openssl the program to compare with
     */
    public AuditBench(BenchPlan plan, String openssl) {
        this.plan = plan;
        this.beside = new BesideOpenssl(plan, openssl);
        SplittableRandom random = new SplittableRandom(plan.seed());
        DatasetDefinition costs = BenchNetwork.shipped("costs");
        BenchNetwork network = new BenchNetwork(plan.members(), List.of(costs), random);
        FederationRoot root = network.root();
        told = root.hash();
        List<Period> periods = new ArrayList<>(List.of(costs.period().first()));
        while (periods.size() < PERIODS) {
            periods.add(periods.get(periods.size() - 1).next());
        }
        atSeconds = periods.get(PERIODS - 1).next().next().firstDay().toEpochDay() * 86_400;
        Map<String, byte[]> files = new TreeMap<>();
        files.put("root/1.note", network.signedRoot().encode());
        files.put("definition/" + costs.hash().toHex() + ".json", costs.encode());
        BenchReleases releases = new BenchReleases(root, random);
        for (String node : network.nodes()) {
            List<byte[]> entries = entries(network, releases, costs, node, periods, files);
            statements += entries.size();
            TreeHead head = new TreeHead(
                    entries.size(), MerkleTree.root(entries.size(), (level, index) -> subtree(entries, level, index)));
            files.put(
                    "log/" + node + "/checkpoint",
                    network.cosigned(node, head, atSeconds).encode());
            for (int from = 0; from < entries.size(); from += Tile.WIDTH) {
                List<byte[]> part = entries.subList(from, Math.min(entries.size(), from + Tile.WIDTH));
                String path = TilePath.entries(from / Tile.WIDTH, part.size()).encode();
                files.put("log/" + node + "/" + path, EntryBundle.encode(part));
            }
        }
        bundle = AuditBundle.of(files);
    }

    /** Measures; without OpenSSL, what there is without it. */
    public BenchReport run() throws InterruptedException {
        String setting = String.format(
                Locale.ROOT,
                "%d statements of %d members with their bodies, %d files, each audit whole",
                statements,
                plan.members(),
                bundle.paths().size());
        return beside.measure("audit", setting, "statements audited, one thread", Optional.empty(), this::auditFor);
    }

    private double auditFor(long nanos) {
        long start = threads.getCurrentThreadCpuTime();
        long used = 0;
        long audits = 0;
        while (used < nanos) {
            VerificationReport report = new BundleVerifier(bundle, told, atSeconds).verify();
            if (report.verdict() != VerificationReport.Verdict.VERIFIED) {
                throw new IllegalStateException("the bundle is not verified: " + report.text());
            }
            audits++;
            used = threads.getCurrentThreadCpuTime() - start;
        }
        return audits * statements * NANOS / used;
    }

    private static List<byte[]> entries(
            BenchNetwork network,
            BenchReleases releases,
            DatasetDefinition costs,
            String node,
            List<Period> periods,
            Map<String, byte[]> files) {
        List<byte[]> entries = new ArrayList<>();
        FederationRoot root = network.root();
        entries.add(SignedStatement.sign(new RootAccepted(node, root.version(), root.hash()), network.publisher(node)));
        Map<Period, Hash> heads = new TreeMap<>();
        for (int revision = 0; revision < REVISIONS; revision++) {
            for (Period period : periods) {
                byte[] body = releases.tableBody(costs, node, period, revision);
                byte[] entry = SignedStatement.sign(
                        releases.statement(costs, node, period, body, Optional.ofNullable(heads.get(period))),
                        network.publisher(node));
                heads.put(period, MerkleTree.leafHash(entry));
                entries.add(entry);
                files.put("log/" + node + "/summary/" + Hash.sha256(body).toHex(), body);
            }
        }
        return entries;
    }

    private static Hash subtree(List<byte[]> entries, int level, long index) {
        return level == 0
                ? MerkleTree.leafHash(entries.get((int) index))
                : MerkleTree.parent(subtree(entries, level - 1, 2 * index), subtree(entries, level - 1, 2 * index + 1));
    }
}
