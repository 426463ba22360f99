package se.samsyn.cli.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import se.samsyn.node.log.LogEntry;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.BareDatabase;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * Appends of signed releases with their bodies to a node's own log, as its sequencer does them with all that it hashes, stores and signs,
 * beside the same bytes in the same batches in a RocksDB that does nothing but sync each batch.
 *
 * <p>The log goes first in each round, and what it made one batch of is one batch of the bare database too.
 */
public final class AppendBench {
    private static final int RELEASES = 1_000;
    private static final double NANOS = 1e9;

    private final BenchPlan plan;
    private final Path directory;
    private final String node;
    private final BenchNetwork network;
    private final SigningKey logKey;
    private final List<Release> releases = new ArrayList<>();
    private long next;

    private record Release(byte[] entry, byte[] body) {
        LogEntry toAppend() {
            return LogEntry.release(entry, body);
        }
    }

    /** What one round of the log did: nanoseconds, and the size of each batch. */
    private record Appended(long nanos, List<Integer> batches) {
        long entries() {
            return batches.stream().mapToLong(Integer::longValue).sum();
        }
    }

    /**
     * Signs what is to be appended.
     *
     * @param directory an empty one on the disk that is to be measured
     */
    public AppendBench(BenchPlan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
        SplittableRandom random = new SplittableRandom(plan.seed());
        DatasetDefinition costs = BenchNetwork.shipped("costs");
        network = new BenchNetwork(plan.members(), List.of(costs), random);
        node = network.nodes().get(0);
        logKey = BenchNetwork.key(node + "/log", KeyType.ED25519, random);
        BenchReleases made = new BenchReleases(network.root(), random);
        Period period = costs.period().first();
        for (int i = 0; i < RELEASES; i++) {
            byte[] body = made.tableBody(costs, node, period, i);
            SummaryStatement statement = made.statement(costs, node, period, body, Optional.empty());
            releases.add(new Release(SignedStatement.sign(statement, network.publisher(node)), body));
        }
    }

    /** Measures. */
    public BenchReport run() throws InterruptedException {
        List<Double> appends = new ArrayList<>();
        List<Double> bares = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> batchSizes = new ArrayList<>();
        StoreIdentity identity = new StoreIdentity(node, network.root().hash());
        try (Store store = Store.create(directory.resolve("store"), identity);
                BareDatabase bare = BareDatabase.create(directory.resolve("bare"))) {
            StoredLog log = new StoredLog(store, node);
            try (Sequencer sequencer = new Sequencer(store, log, List.of(logKey), note -> {})) {
                sequencer.allowSigning();
                sequencer.start();
                replay(bare, append(sequencer, log.head().size())); // until it is compiled
                for (int round = 0; round < plan.rounds(); round++) {
                    Appended appended = append(sequencer, log.head().size());
                    long bareNanos = replay(bare, appended);
                    appends.add(appended.entries() * NANOS / appended.nanos());
                    bares.add(appended.entries() * NANOS / bareNanos);
                    ratios.add((double) bareNanos / appended.nanos());
                    batchSizes.add(
                            (double) appended.entries() / appended.batches().size());
                }
            }
        }
        String setting = String.format(
                Locale.ROOT,
                "%d releases on their way at a time; entry %d bytes, body %d bytes; in %s",
                plan.underWay(),
                releases.get(0).entry().length,
                releases.get(0).body().length,
                directory);
        return new BenchReport(
                "append",
                setting,
                List.of(
                        Measured.of("log appends", Measured.PER_SECOND, Spread.of(appends)),
                        Measured.of("same batches in bare RocksDB", Measured.PER_SECOND, Spread.of(bares)),
                        Measured.of("entries in a batch", "mean", Spread.of(batchSizes)),
                        Measured.of("log / bare RocksDB", Measured.RATIO, Spread.of(ratios))
                                .withGoal("at least 0.6")),
                Optional.empty());
    }

    /**
     * Appends for the planned time with as many on their way as planned, from this one thread: what is measured is the log, and not how
     * fast the platform wakes threads. The heads that it is told of show what was one batch.
     */
    private Appended append(Sequencer sequencer, long sizeBefore) throws InterruptedException {
        SortedSet<Long> sizes = new TreeSet<>();
        Queue<CompletableFuture<TreeHead>> underWay = new ArrayDeque<>();
        long start = System.nanoTime();
        while (System.nanoTime() - start < plan.nanos()) {
            while (underWay.size() < plan.underWay()) {
                Release release = releases.get((int) (next++ % RELEASES));
                underWay.add(sequencer.append(List.of(release.toAppend())));
            }
            sizes.add(size(underWay.remove()));
        }
        for (CompletableFuture<TreeHead> rest : underWay) {
            sizes.add(size(rest));
        }
        long nanos = System.nanoTime() - start;
        List<Integer> batches = new ArrayList<>();
        long before = sizeBefore;
        for (long size : sizes) {
            batches.add((int) (size - before));
            before = size;
        }
        return new Appended(nanos, batches);
    }

    /** Writes the same bytes in the same batches; gives the nanoseconds that it took. */
    private long replay(BareDatabase bare, Appended appended) {
        long index = next - appended.entries();
        long start = System.nanoTime();
        for (int size : appended.batches()) {
            List<byte[]> values = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Release release = releases.get((int) (index++ % RELEASES));
                values.add(release.entry());
                values.add(release.body());
            }
            bare.write(values);
        }
        return System.nanoTime() - start;
    }

    private static long size(CompletableFuture<TreeHead> written) throws InterruptedException {
        try {
            return written.get().size();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an append failed: " + e.getCause(), e);
        }
    }
}
