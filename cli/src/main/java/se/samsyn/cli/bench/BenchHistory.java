package se.samsyn.cli.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.dataset.RegisterRule;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;

/** All members' logs folded into a national picture, after each summary was released a number of times. */
final class BenchHistory {
    private static final int MAX_GROUPED = 2;
    private static final double NANOS_A_MILLI = 1e6;

    private final int revisions;
    private final List<Period> periods;
    private final BenchNetwork network;
    private final BenchReleases releases;
    private final NationalPicture picture;
    private final SplittableRandom random;
    private final Map<Hash, byte[]> bodies = new HashMap<>();
    private final Map<Subject, Head> heads = new HashMap<>();
    private final long atSeconds;

    /** What a chain of releases is about. */
    private record Subject(String node, String dataset, Period period) {}

    /** The newest release of a chain. */
    private record Head(Hash leafHash, int revision) {}

    BenchHistory(BenchPlan plan, int revisions, List<Period> periods, List<DatasetDefinition> definitions) {
        this.revisions = revisions;
        this.periods = List.copyOf(periods);
        random = new SplittableRandom(plan.seed());
        network = new BenchNetwork(plan.members(), definitions, random);
        releases = new BenchReleases(network.root(), random);
        picture = new NationalPicture(network.root(), definitions);
        Period last = periods.get(periods.size() - 1);
        atSeconds = last.next().next().firstDay().toEpochDay() * 86_400;
        for (String node : network.nodes()) {
            List<VerifiedStatement> log = new ArrayList<>();
            for (int revision = 0; revision < revisions; revision++) {
                for (DatasetDefinition definition : definitions) {
                    periods.forEach(period -> log.add(release(definition, node, period)));
                }
            }
            picture.advance(node, 0, log, this::body);
        }
    }

    /** How often each summary was released before the first query. */
    int revisions() {
        return revisions;
    }

    /** Entries in all logs together. */
    long entries() {
        return network.nodes().stream().mapToLong(picture::size).sum();
    }

    /** Lets a random member release a summary anew, and folds it in. */
    void update(DatasetDefinition definition) {
        String node = any(network.nodes());
        VerifiedStatement entry = release(definition, node, any(periods));
        picture.advance(node, picture.size(node), List.of(entry), this::body);
    }

    /** A query with a random range of periods and, to a register, random attributes and regions or not. */
    ViewQuery query(DatasetDefinition definition) {
        int first = random.nextInt(periods.size());
        int last = first + random.nextInt(periods.size() - first);
        List<String> group = new ArrayList<>();
        Optional<String> table = definition.tables().isEmpty()
                ? Optional.empty()
                : Optional.of(any(definition.tables()).name());
        Optional<RegisterRule> register = definition.register();
        if (register.isPresent()) {
            for (int i = random.nextInt(MAX_GROUPED + 1); i > 0; i--) {
                String attribute = any(register.get().attributes()).name();
                if (!group.contains(attribute)) {
                    group.add(attribute);
                }
            }
        }
        boolean byRegion = register.isPresent() && random.nextBoolean();
        return new ViewQuery(
                definition.dataset(),
                table,
                group,
                Optional.of(periods.get(first)),
                Optional.of(periods.get(last)),
                byRegion);
    }

    /** Lets a random member release a summary anew, and asks a random query: how long the view took, in milliseconds. */
    double millisOfView(DatasetDefinition definition) {
        update(definition);
        ViewQuery query = query(definition);
        Basis basis = basis();
        long asked = System.nanoTime();
        NationalView view = picture.view(query, basis);
        long answered = System.nanoTime();
        if (view.encode().length == 0) {
            throw new IllegalStateException("a view without bytes");
        }
        return (answered - asked) / NANOS_A_MILLI;
    }

    /** The state that the picture is in. */
    Basis basis() {
        List<LogBasis> logs = network.nodes().stream()
                .sorted()
                .map(node -> new LogBasis(node, head(node), atSeconds))
                .toList();
        return new Basis(network.root().version(), network.root().hash(), logs, atSeconds);
    }

    NationalPicture picture() {
        return picture;
    }

    /** The picture checks the size of a log; its root is for whoever recomputes the view, which nobody does here. */
    private TreeHead head(String node) {
        return new TreeHead(picture.size(node), Hash.sha256(node.getBytes(StandardCharsets.UTF_8)));
    }

    private VerifiedStatement release(DatasetDefinition definition, String node, Period period) {
        Subject subject = new Subject(node, definition.dataset(), period);
        Head before = heads.get(subject);
        int revision = before == null ? 0 : before.revision() + 1;
        byte[] body = definition.register().isPresent()
                ? releases.registerBody(definition, node, network.place(node), period)
                : releases.tableBody(definition, node, period, revision);
        bodies.put(Hash.sha256(body), body);
        SummaryStatement statement = releases.statement(
                definition, node, period, body, Optional.ofNullable(before).map(Head::leafHash));
        Hash leafHash = MerkleTree.leafHash(statement.encode());
        heads.put(subject, new Head(leafHash, revision));
        return new VerifiedStatement(statement, network.publisher(node).verifierKey(), leafHash);
    }

    private Optional<byte[]> body(Hash sha256) {
        return Optional.ofNullable(bodies.get(sha256));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
