package se.samsyn.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;

/**
 * Strict verification of signed statements on one thread, beside the bare signatures of OpenSSL on one core. Both count the processor's
 * time, so that others who use the machine make both slower and not only one.
 */
public final class VerifyBench {
    private static final int STATEMENTS = 2_000;
    private static final double NANOS = 1e9;

    private final BenchPlan plan;
    private final OpensslSpeed openssl;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final BenchNetwork network;
    private final List<Entry> entries = new ArrayList<>();
    private int next;

    private record Entry(String node, long index, byte[] bytes) {}

    /**
     * Signs what is to be verified.
     *
     * @param openssl the program to compare with
     */
    public VerifyBench(BenchPlan plan, String openssl) {
        this.plan = plan;
        this.openssl = new OpensslSpeed(openssl);
        SplittableRandom random = new SplittableRandom(plan.seed());
        DatasetDefinition costs = BenchNetwork.shipped("costs");
        network = new BenchNetwork(plan.members(), List.of(costs), random);
        BenchReleases releases = new BenchReleases(network.root(), random);
        List<String> nodes = network.nodes();
        for (int i = 0; i < STATEMENTS; i++) {
            String node = nodes.get(i % nodes.size());
            Period period = costs.period().first();
            byte[] body = BenchNetwork.bytes(random);
            SummaryStatement statement = releases.statement(costs, node, period, body, Optional.empty());
            entries.add(new Entry(node, i / nodes.size(), SignedStatement.sign(statement, network.publisher(node))));
        }
    }

    /** Measures; without OpenSSL, what there is without it. */
    public BenchReport run() throws InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        Optional<String> missing = Optional.empty();
        String version = "";
        try {
            version = openssl.version();
        } catch (OpensslSpeed.NotThereException e) {
            missing = Optional.of(ratioMissing(e));
        }
        verifyFor(plan.nanos()); // until it is compiled
        for (int round = 0; round < plan.rounds(); round++) {
            double our = verifyFor(plan.nanos());
            ours.add(our);
            if (missing.isEmpty()) {
                try {
                    double their = openssl.verifiesPerSecond(plan.seconds());
                    theirs.add(their);
                    ratios.add(our / their);
                } catch (OpensslSpeed.NotThereException e) {
                    missing = Optional.of(ratioMissing(e));
                }
            }
        }
        List<Measured> rows = new ArrayList<>();
        rows.add(Measured.of("statements verified, one thread", Measured.PER_SECOND, Spread.of(ours)));
        if (missing.isEmpty()) {
            rows.add(Measured.of("openssl speed ed25519, verify", Measured.PER_SECOND, Spread.of(theirs)));
            rows.add(Measured.of("statements / openssl", Measured.RATIO, Spread.of(ratios))
                    .withGoal("at least 0.6, later 1.0"));
        }
        String setting = String.format(
                Locale.ROOT,
                "%d statements of %d members, %d bytes each, by processor time; %s",
                STATEMENTS,
                plan.members(),
                entries.get(0).bytes().length,
                missing.isEmpty() ? version : "no OpenSSL");
        return new BenchReport("verify", setting, rows, missing);
    }

    private static String ratioMissing(OpensslSpeed.NotThereException e) {
        return "no ratio: " + e.getMessage() + "; install OpenSSL 1.1.1 or newer and put it on the PATH";
    }

    private double verifyFor(long nanos) {
        long start = threads.getCurrentThreadCpuTime();
        long used = 0;
        long verified = 0;
        while (used < nanos) {
            Entry entry = entries.get(next);
            next = (next + 1) % entries.size();
            SignedStatement.verify(entry.bytes(), network.root(), entry.node(), entry.index());
            verified++;
            used = threads.getCurrentThreadCpuTime() - start;
        }
        return verified * NANOS / used;
    }
}
