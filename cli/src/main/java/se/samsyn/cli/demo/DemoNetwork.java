package se.samsyn.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import se.samsyn.node.Json;
import se.samsyn.node.Node;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.Role;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.setup.FirstRoot;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.view.CosignedBasis;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.witness.CosignedCheckpoint;

/**
 * Several nodes in one process. They share nothing but the federation root and the loopback network: each has its own folder with keys,
 * configuration and store, and is set up and joined just as a node of its own is.
 */
public final class DemoNetwork implements AutoCloseable {
    private static final int POLL_MILLIS = 400;
    private static final int VALID_DAYS = 365;
    private static final int PORTS_PER_NODE = 2;
    private static final int SETTLE_POLL_MILLIS = 50;
    private static final Duration SETTLE_TIMEOUT = Duration.ofSeconds(90);
    private static final String LOOPBACK = "127.0.0.1";

    private final FederationRoot root;
    private final SignedNote rootNote;
    private final List<DemoNode> nodes;

    private DemoNetwork(FederationRoot root, SignedNote rootNote, List<DemoNode> nodes) {
        this.root = root;
        this.rootNote = rootNote;
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Sets the network up in an empty directory and starts all its nodes.
     *
     * @param held by member folder: for datasets, the periods that its rule does not release
     */
    public static DemoNetwork start(Path directory, Map<String, Map<String, List<String>>> held, InstantSource clock) {
        return start(directory, DemoMember.ALL, held, clock);
    }

    static DemoNetwork start(
            Path directory,
            List<DemoMember> members,
            Map<String, Map<String, List<String>>> held,
            InstantSource clock) {
        List<Integer> ports = FreePorts.find(PORTS_PER_NODE * members.size());
        // making keys takes a while, so all nodes make theirs at once
        List<MemberLines> lines = IntStream.range(0, members.size())
                .parallel()
                .mapToObj(i -> setUp(
                        directory,
                        members.get(i),
                        ports.subList(PORTS_PER_NODE * i, PORTS_PER_NODE * (i + 1)),
                        held,
                        clock))
                .toList();
        Instant issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        FederationRoot root = FirstRoot.of(
                DemoMember.NETWORK,
                lines,
                lines.size() / 2 + 1,
                NetworkFiles.shipped().definitions(),
                issued,
                issued.plus(VALID_DAYS, ChronoUnit.DAYS));
        SignedNote note = RootSignatures.sign(root, Optional.empty(), List.of(), rootKeys(directory, members));
        Path rootFile = directory.resolve("root.note");
        write(rootFile, note.encode());
        Launch.Invitation invitation = new Launch.Invitation(rootFile, root.hash());
        return new DemoNetwork(root, note, startNodes(directory, members, invitation, clock));
    }

    public FederationRoot root() {
        return root;
    }

    public SignedNote rootNote() {
        return rootNote;
    }

    List<DemoNode> nodes() {
        return nodes;
    }

    DemoNode node(String folder) {
        return nodes.stream()
                .filter(node -> node.member().folder().equals(folder))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Waits until every log's newest entry is under the cosignatures of all other members and every node holds them: from then on all
     * nodes answer from the same basis.
     *
     * @return false if it takes too long
     */
    public boolean awaitAgreement(InstantSource clock) throws InterruptedException {
        return await(this::agree, clock);
    }

    /**
     * Waits until all others have cosigned every log but one anew, from this moment on, and every node knows it.
     *
     * @param left the one whose log nobody is asked to cosign
     * @return false if it takes too long
     */
    boolean awaitRefresh(InstantSource clock, DemoNode left) throws InterruptedException {
        long since = clock.instant().getEpochSecond();
        return await(
                () -> nodes.stream()
                                .filter(node -> !node.equals(left))
                                .allMatch(node -> isCosignedSince(node, since, clock))
                        && agree(),
                clock);
    }

    /**
     * Waits until every settlement that these nodes have proposed is answered.
     *
     * @return false if it takes too long
     */
    boolean awaitSettlements(InstantSource clock, List<DemoNode> settling) throws InterruptedException {
        return await(
                () -> settling.stream().allMatch(node -> {
                    JsonNode list = Json.parse(node.client(Role.OPERATOR).get("/api/v1/settlements"));
                    return list.path("settlements").size() >= 2 * (settling.size() - 1)
                            && list.findValuesAsText("state").stream().noneMatch("waiting"::equals);
                }),
                clock);
    }

    private static boolean await(BooleanSupplier condition, InstantSource clock) throws InterruptedException {
        Instant deadline = clock.instant().plus(SETTLE_TIMEOUT);
        CountDownLatch never = new CountDownLatch(1);
        while (clock.instant().isBefore(deadline)) {
            if (condition.getAsBoolean()) {
                return true;
            }
            never.await(SETTLE_POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    @Override
    public void close() {
        nodes.parallelStream().forEach(node -> node.node().close());
    }

    private boolean agree() {
        Set<CosignedBasis> bases = new HashSet<>();
        for (DemoNode node : nodes) {
            bases.add(node.node().picture().cosignedBasis(0));
        }
        List<LogBasis> logs = bases.iterator().next().basis().logs();
        return bases.size() == 1 && logs.size() == nodes.size() && logs.stream().allMatch(this::isComplete);
    }

    /** Whether all other members have cosigned a node's own log since then, and its picture tells so. */
    private boolean isCosignedSince(DemoNode node, long sinceSeconds, InstantSource clock) {
        String name = node.member().node();
        byte[] served = node.client(Role.COORDINATOR).get("/log/" + name + "/checkpoint");
        CosignedCheckpoint checkpoint = root.verifyCheckpoint(
                SignedNote.parse(served), name, clock.instant().getEpochSecond());
        return checkpoint.votes() == nodes.size() - 1
                && checkpoint.voteTimes().values().stream().allMatch(time -> time >= sinceSeconds)
                && node.node().picture().basis(0).logs().stream()
                        .anyMatch(log -> log.node().equals(name) && log.timeSeconds() == checkpoint.timeSeconds());
    }

    private boolean isComplete(LogBasis log) {
        return nodes.stream()
                .filter(node -> node.member().node().equals(log.node()))
                .allMatch(node -> node.node().isFullyCosigned()
                        && node.node().logSize() == log.head().size());
    }

    private static MemberLines setUp(
            Path directory,
            DemoMember member,
            List<Integer> ports,
            Map<String, Map<String, List<String>>> held,
            InstantSource clock) {
        Address peer = new Address(LOOPBACK, ports.get(0));
        Address user = new Address(LOOPBACK, ports.get(1));
        NodeSetup setup = new NodeSetup(
                member.node(),
                URI.create("https://" + peer),
                Optional.of(Scope.parse(member.scope())),
                peer,
                user,
                List.of("trials", "costs"),
                held.getOrDefault(member.folder(), Map.of()),
                POLL_MILLIS);
        return setup.create(directory.resolve(member.folder()), clock);
    }

    private static List<SigningKey> rootKeys(Path directory, List<DemoMember> members) {
        return members.stream()
                .map(member -> directory.resolve(member.folder()).resolve(NodeSetup.ROOT_KEY_FOLDER))
                .map(folder -> KeyFile.openRootKey(
                        folder.resolve(NodeSetup.ROOT_KEY_FILE),
                        PrivateFiles.readSecret(folder.resolve(NodeSetup.PASSWORD_FILE))
                                .toCharArray()))
                .toList();
    }

    private static List<DemoNode> startNodes(
            Path directory, List<DemoMember> members, Launch.Invitation invitation, InstantSource clock) {
        return members.parallelStream()
                .map(member -> {
                    Path folder = directory.resolve(member.folder());
                    Node node = Launch.open(folder.resolve(NodeSetup.CONFIG_FILE), Optional.of(invitation), clock);
                    node.start();
                    return new DemoNode(member, folder, node);
                })
                .toList();
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
