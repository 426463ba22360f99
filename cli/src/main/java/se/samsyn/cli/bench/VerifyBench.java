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
    private final BesideOpenssl beside;
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
        this.beside = new BesideOpenssl(plan, openssl);
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
        String setting = String.format(
                Locale.ROOT,
                "%d statements of %d members, %d bytes each",
                STATEMENTS,
                plan.members(),
                entries.get(0).bytes().length);
        return beside.measure(
                "verify",
                setting,
                "statements verified, one thread",
                Optional.of("at least 0.6, later 1.0"),
                this::verifyFor);
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
