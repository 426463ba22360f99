package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import se.samsyn.node.config.Address;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.setup.FirstRoot;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.OfficerKey;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootProposal;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.root.Scope;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;

/**
 * A network of real nodes in this process, over real TLS on loopback ports, set up and joined as an operator does it. Each has its own
 * folder and a clock that the test moves. As an instance field it lives for one test, as a static one for a class; when it ends, every
 * store is verified as {@code samsyn fsck} does it.
 *
 * <p>A {@linkplain HostileMember hostile} member is one of the root without a node: the test has its keys and can sign anything with them.
 */
public final class TestFederation
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    /** Where every clock begins. */
    public static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    private static final List<String> COUNTIES = List.of("24", "14", "12", "05", "03", "07", "08");
    private static final int POLL_MILLIS = 100;
    private static final int PORTS_PER_NODE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NETWORK = "test.samsyn.example";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String ROOT_FILE = "root.note";
    private static final Map<List<List<String>>, Path> MADE = new ConcurrentHashMap<>();

    private final List<String> names;
    private final Set<String> late = new HashSet<>();
    private final Set<String> hostile = new HashSet<>();
    private final List<String> officers = new ArrayList<>();
    private final Map<String, RegionNode> nodes = new TreeMap<>();
    private final Map<String, HostileMember> hostileMembers = new TreeMap<>();
    private boolean ofClass;
    private @Nullable Path folder;
    private @Nullable FederationRoot root;

    private TestFederation(List<String> names) {
        this.names = names;
    }

    /** A network of these members; the first is for county 24, the next for 14, 12, 05, … */
    public static TestFederation of(String... names) {
        return new TestFederation(List.of(names));
    }

    /** These are members too, and their nodes are started by the test. */
    public TestFederation late(String... members) {
        late.addAll(Arrays.asList(members));
        return this;
    }

    /** These are members without a node, whose keys the test has. */
    public TestFederation hostile(String... members) {
        hostile.addAll(Arrays.asList(members));
        return this;
    }

    /** At these an officer's key signs summaries, and the node's own key may not. */
    public TestFederation officer(String... members) {
        officers.addAll(Arrays.asList(members));
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        ofClass = true;
        setUp();
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        if (!ofClass) {
            setUp();
        }
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        if (!ofClass) {
            tearDown();
        }
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        tearDown();
    }

    public FederationRoot root() {
        if (root == null) {
            throw new IllegalStateException("the federation is not set up");
        }
        return root;
    }

    /** The root as the chain that begins with it. */
    public RootChain chain() {
        try {
            return RootChain.begin(SignedNote.parse(Files.readAllBytes(rootFile())), root().hash());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next version after the newest that a node knows, signed by the root keys of these members. */
    public SignedNote propose(RegionNode knows, List<String> signers, Consumer<RootProposal> change) {
        FederationRoot newest = knows.node().roots().chain().newest();
        RootProposal proposal = new RootProposal(newest);
        change.accept(proposal);
        return RootSignatures.sign(proposal.build(), Optional.of(newest), List.of(), rootKeys(folder(), signers));
    }

    /** As {@link #propose(RegionNode, List, Consumer)}, signed by all. */
    public SignedNote propose(RegionNode knows, Consumer<RootProposal> change) {
        return propose(knows, names, change);
    }

    /** Waits until all running nodes work under a version of the root, and their logs say so. */
    public void awaitRoot(long version) {
        soon().ignoreExceptionsInstanceOf(UncheckedIOException.class).untilAsserted(() -> {
            for (RegionNode node : running()) {
                assertThat(node.network().path("root").path("version").asLong())
                        .as("version at " + node.name())
                        .isEqualTo(version);
                node.network()
                        .path("members")
                        .forEach(member -> assertThat(member.path("rootVersion").asLong())
                                .as(member.path("node") + " as " + node.name() + " holds it")
                                .isEqualTo(version));
            }
        });
    }

    /** The file with the signed root. */
    public Path rootFile() {
        return folder().resolve(ROOT_FILE);
    }

    public RegionNode node(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow();
    }

    public HostileMember hostileMember(String name) {
        return Optional.ofNullable(hostileMembers.get(name)).orElseThrow();
    }

    /** All nodes, running or not. */
    public List<RegionNode> nodes() {
        return List.copyOf(nodes.values());
    }

    public static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO);
    }

    /** Waits until all running nodes hold the newest entry of every running node's log under as many cosignatures as there can be. */
    public TestFederation awaitAgreement() {
        soon().untilAsserted(() -> {
            Set<Basis> bases = new HashSet<>();
            running().forEach(node -> bases.add(node.node().picture().basis(0)));
            assertThat(bases).as("bases of the running nodes").hasSize(1);
            List<LogBasis> logs = bases.iterator().next().logs();
            for (RegionNode node : running()) {
                assertThat(logs)
                        .as("logs in the basis")
                        .anyMatch(log -> log.node().equals(node.name())
                                && log.head().size() == node.node().logSize());
            }
        });
        return this;
    }

    private List<RegionNode> running() {
        return nodes.values().stream().filter(RegionNode::isRunning).toList();
    }

    private void setUp() throws IOException {
        Path original = MADE.computeIfAbsent(List.of(names, officers), made -> make(names, officers));
        folder = Files.createTempDirectory("samsyn-federation");
        copy(original, folder());
        SignedNote note = SignedNote.parse(Files.readAllBytes(rootFile()));
        root = FederationRoot.parse(note.text());
        Launch.Invitation invitation = new Launch.Invitation(rootFile(), root().hash());
        for (String name : names) {
            SettableClock clock = new SettableClock(START);
            RegionNode node = new RegionNode(fullName(name), folder().resolve(name), root(), invitation, clock);
            if (hostile.contains(name)) {
                hostileMembers.put(name, new HostileMember(node, root()));
            } else {
                nodes.put(name, node);
            }
        }
        nodes.entrySet().parallelStream()
                .filter(entry -> !late.contains(entry.getKey()))
                .forEach(entry -> entry.getValue().start());
    }

    /** Makes what each test gets a copy of: making keys takes longer than most tests. */
    private static Path make(List<String> names, List<String> officers) {
        try {
            Path folder = Files.createTempDirectory("samsyn-federation-made");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> StoreFiles.delete(folder)));
            List<Integer> ports = FreePorts.find(PORTS_PER_NODE * names.size());
            List<MemberLines> lines = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                Path own = folder.resolve(names.get(i));
                MemberLines made = setup(names, i, ports).create(own, new SettableClock(START));
                lines.add(officers.contains(names.get(i)) ? withOfficer(made, own) : made);
            }
            FederationRoot root = FirstRoot.of(
                    NETWORK,
                    lines,
                    names.size() / 2 + 1,
                    NetworkFiles.shipped().definitions(),
                    START,
                    START.plus(Duration.ofDays(365)));
            SignedNote note = RootSignatures.sign(root, Optional.empty(), List.of(), rootKeys(folder, names));
            Files.write(folder.resolve(ROOT_FILE), note.encode());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MemberLines withOfficer(MemberLines lines, Path folder) {
        Member member = lines.member();
        VerifierKey officer =
                OfficerKey.create(folder.resolve(RegionNode.OFFICER_FOLDER), member.node(), new SettableClock(START));
        VerifierKey own = member.publishers().get(0);
        Member both = new Member(
                member.node(),
                member.url(),
                member.scope(),
                member.tlsPins(),
                member.logKeys(),
                List.of(own, officer),
                member.witnesses());
        Map<String, Set<String>> may =
                Map.of(own.ref(), Set.of("evidence", "retraction", "root-accepted"), officer.ref(), Set.of("summary"));
        return new MemberLines(lines.rootKeys(), both, may);
    }

    private static NodeSetup setup(List<String> names, int index, List<Integer> ports) {
        Address peer = new Address(LOOPBACK, ports.get(PORTS_PER_NODE * index));
        Address user = new Address(LOOPBACK, ports.get(PORTS_PER_NODE * index + 1));
        return new NodeSetup(
                fullName(names.get(index)),
                URI.create("https://" + peer),
                Optional.of(Scope.parse(COUNTIES.get(index))),
                peer,
                user,
                List.of("trials", "costs"),
                Map.of(),
                POLL_MILLIS);
    }

    private static String fullName(String name) {
        return name + "." + NETWORK;
    }

    /** A member that is not in the first version, with its folder and clock; it joins when the test lets it. */
    public RegionNode newcomer(String name, int county) {
        return outsider(name, Optional.of(Scope.parse(COUNTIES.get(county))), setup -> {
            MemberLines lines = setup.create(folder().resolve(name), new SettableClock(START));
            assertThat(lines.member().node()).isEqualTo(fullName(name));
        });
    }

    /** An observer that is not in the first version. */
    public RegionNode observer(String name) {
        return outsider(
                name,
                Optional.empty(),
                setup -> assertThat(setup.createObserver(folder().resolve(name), new SettableClock(START)))
                        .isNotNull());
    }

    private RegionNode outsider(String name, Optional<Scope> scope, Consumer<NodeSetup> make) {
        try {
            List<Integer> ports = FreePorts.find(PORTS_PER_NODE);
            Address peer = new Address(LOOPBACK, ports.get(0));
            make.accept(new NodeSetup(
                    fullName(name),
                    URI.create("https://" + peer),
                    scope,
                    peer,
                    new Address(LOOPBACK, ports.get(1)),
                    scope.isPresent() ? List.of("trials", "costs") : List.of(),
                    Map.of(),
                    POLL_MILLIS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Launch.Invitation invitation = new Launch.Invitation(rootFile(), root().hash(), true);
        RegionNode node =
                new RegionNode(fullName(name), folder().resolve(name), root(), invitation, new SettableClock(START));
        nodes.put(name, node);
        return node;
    }

    private static List<SigningKey> rootKeys(Path folder, List<String> names) {
        return names.stream()
                .map(name -> folder.resolve(name).resolve(NodeSetup.ROOT_KEY_FOLDER))
                .map(keys -> KeyFile.openRootKey(
                        keys.resolve(NodeSetup.ROOT_KEY_FILE),
                        PrivateFiles.readSecret(keys.resolve(NodeSetup.PASSWORD_FILE))
                                .toCharArray()))
                .toList();
    }

    private void tearDown() throws IOException {
        hostileMembers.values().forEach(HostileMember::close);
        nodes.values().parallelStream().forEach(RegionNode::stop);
        for (RegionNode node : nodes()) {
            if (Store.exists(node.config().dataDirectory())) {
                assertThat(Fsck.stoppedNode(node.configFile()).faults())
                        .as("faults in the store of " + node.name())
                        .isEmpty();
            }
        }
        nodes.clear();
        hostileMembers.clear();
        StoreFiles.delete(folder());
    }

    private Path folder() {
        if (folder == null) {
            throw new IllegalStateException("the federation is not set up");
        }
        return folder;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
