package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.cli.audit.AuditFiles;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.config.Role;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.PeerTls;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.TrustPolicy;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.AddCheckpointRequest;

/** Four members' folders and processes. Every one of them is needed for a quorum. */
final class CrashNetwork {
    static final String VICTIM = "norra";
    static final String PEER = "vastra";
    static final List<String> NODES = List.of(VICTIM, PEER, "sodra", "sydostra");

    private static final Map<String, String> SCOPES = Map.of(VICTIM, "24", PEER, "14", "sodra", "12", "sydostra", "08");
    private static final String DOMAIN = ".test.example";
    private static final int ANSWER_LENGTH = 1 << 20;

    private final SamsynProcesses samsyn;
    private final Path folder;
    private final Map<String, ApiClient> clients = new TreeMap<>();
    private final FederationRoot root;
    private int exports;
    private int forged;

    /** Sets up all members, and starts all but the victim. */
    CrashNetwork(SamsynProcesses samsyn, Path folder) throws IOException, InterruptedException {
        this.samsyn = samsyn;
        this.folder = folder;
        List<Integer> ports = SamsynProcesses.freePorts(2 * NODES.size());
        for (String node : NODES) {
            int peerPort = ports.remove(0);
            int userPort = ports.remove(0);
            done(CommandRun.of(
                    "init",
                    "--node",
                    fullName(node),
                    "--url",
                    "https://127.0.0.1:" + peerPort,
                    "--peer-host",
                    "127.0.0.1",
                    "--user-port",
                    Integer.toString(userPort),
                    "--scope",
                    SCOPES.get(node),
                    "--poll-millis",
                    "200",
                    "--dir",
                    folder.resolve(node).toString()));
            String token = PrivateFiles.readSecret(NodeSetup.tokenFile(config(node), Role.OPERATOR));
            clients.put(node, new ApiClient(URI.create("http://127.0.0.1:" + userPort), token));
        }
        makeRoot();
        root = FederationRoot.parse(
                SignedNote.parse(Files.readAllBytes(rootFile())).text());
        samsyn.rehearse(
                () -> isLive(PEER),
                "run",
                "--config",
                config(PEER).toString(),
                "--root",
                rootFile().toString(),
                "--root-hash",
                root.hash().toHex());
        start(PEER, CrashingNode.NEVER);
        NODES.stream()
                .filter(node -> !node.equals(VICTIM) && !node.equals(PEER))
                .forEach(node -> join(node, CrashingNode.NEVER));
    }

    private void makeRoot() {
        List<String> create = new ArrayList<>(List.of(
                "root",
                "create",
                "--network",
                "test.example",
                "--key",
                rootKey(VICTIM),
                "--out",
                rootFile().toString()));
        NODES.forEach(
                node -> create.add(folder.resolve(node).resolve("member.txt").toString()));
        done(CommandRun.of(create.toArray(String[]::new)));
        done(CommandRun.of(
                "root",
                "sign",
                "--key",
                rootKey(PEER),
                "--key",
                rootKey("sodra"),
                rootFile().toString()));
    }

    static String fullName(String node) {
        return node + DOMAIN;
    }

    /** The county that a member speaks for. */
    static String scope(String node) {
        return SCOPES.get(node);
    }

    FederationRoot root() {
        return root;
    }

    ApiClient client(String node) {
        return clients.get(node);
    }

    Path config(String node) {
        return folder.resolve(node).resolve(NodeSetup.CONFIG_FILE);
    }

    NodeConfig configuration(String node) {
        return ConfigFile.read(config(node));
    }

    /** Starts a member that has not joined yet, to end at a fail point. */
    void join(String node, String crash) {
        samsyn.start(
                CrashingNode.class,
                node,
                config(node).toString(),
                crash,
                rootFile().toString(),
                root.hash().toHex());
    }

    /** Starts a member that has joined, to end at a fail point. */
    void start(String node, String crash) {
        samsyn.start(CrashingNode.class, node, config(node).toString(), crash);
    }

    boolean isLive(String node) {
        try {
            client(node).get("/health/live");
            return true;
        } catch (ApiException e) {
            return false;
        }
    }

    /** Brings the victim checkpoints of the peer's log that the peer's key signed and that are not of its log. */
    final class Forger implements AutoCloseable {
        private final NodeKeys keys;
        private final Vertx vertx = Vertx.vertx();
        private final Peers peers;

        Forger() {
            NodeConfig peer = configuration(PEER);
            keys = KeyFile.open(
                            peer.keyFile(),
                            PrivateFiles.readSecret(peer.passwordFile()).toCharArray(),
                            peer.node())
                    .newest();
            peers = new Peers(vertx, new PeerTls(keys.tls()), root, peer.node());
        }

        void offer() {
            TreeHead other = new TreeHead(1, Hash.sha256(new byte[] {(byte) forged++}));
            String text = new Checkpoint(fullName(PEER) + "/log", other).encode();
            SignedNote note = SignedNote.of(
                    text, keys.logKeys().stream().map(key -> key.signNote(text)).toList());
            byte[] request = new AddCheckpointRequest(0, List.of(), note).encode();
            try {
                peers.of(fullName(VICTIM)).orElseThrow().post("/add-checkpoint", request, ANSWER_LENGTH);
            } catch (PeerException e) {
                // it is starting, or has just crashed
            }
        }

        @Override
        public void close() {
            peers.close();
            vertx.close().await();
        }
    }

    /** Leaves all logs as the victim serves them, the root and the policies, as the demo does. */
    Path export() throws IOException, InterruptedException {
        exports++;
        Path target = Files.createDirectories(folder.resolve("export-" + exports));
        Files.writeString(target.resolve("policy.txt"), TrustPolicy.forAllLogs(root));
        Files.createDirectories(target.resolve("policy"));
        for (String node : NODES) {
            String name = fullName(node);
            Files.writeString(target.resolve("policy").resolve(name + ".txt"), TrustPolicy.forLog(root, name));
        }
        AuditFiles.write(new BundleCollector(client(VICTIM)).collect(Map.of(), Optional.empty()), target);
        return target;
    }

    /** The published checkpoint of a log as a node serves it. */
    Optional<SignedNote> published(String servedBy, String log) {
        return client(servedBy).find("/log/" + fullName(log) + "/checkpoint").map(SignedNote::parse);
    }

    private Path rootFile() {
        return folder.resolve("root.note");
    }

    private String rootKey(String node) {
        return folder.resolve(node)
                .resolve(NodeSetup.ROOT_KEY_FOLDER)
                .resolve(NodeSetup.ROOT_KEY_FILE)
                .toString();
    }

    private static void done(CommandRun run) {
        assertThat(run.exitCode()).as("%s%n%s", run.out(), run.err()).isZero();
    }
}
