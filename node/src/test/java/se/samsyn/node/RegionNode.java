package se.samsyn.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.config.Role;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.log.LogEntry;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.OfficerKey;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;

/** A member of a {@link TestFederation} with a folder, a clock, and a real node that can be started and stopped. */
public final class RegionNode {
    static final String OFFICER_FOLDER = "officer";

    private final String name;
    private final Path folder;
    private final FederationRoot root;
    private final Launch.Invitation invitation;
    private final SettableClock clock;
    private final AtomicInteger statements = new AtomicInteger();
    private FailPoints failPoints = FailPoints.NONE;
    private @Nullable NodeKeys keys;
    private @Nullable Node running;

    RegionNode(String name, Path folder, FederationRoot root, Launch.Invitation invitation, SettableClock clock) {
        this.name = name;
        this.folder = folder;
        this.root = root;
        this.invitation = invitation;
        this.clock = clock;
    }

    /** The node's full name. */
    public String name() {
        return name;
    }

    public Path folder() {
        return folder;
    }

    public SettableClock clock() {
        return clock;
    }

    public Path configFile() {
        return folder.resolve(NodeSetup.CONFIG_FILE);
    }

    public NodeConfig config() {
        return ConfigFile.read(configFile());
    }

    /** Has it make backups in a folder beside its own, from its next start on. */
    public RegionNode backUpTo(Path directory) {
        try {
            ObjectNode json = (ObjectNode) Json.parse(Files.readAllBytes(configFile()));
            Files.write(configFile(), Json.encode(json.put("backupDirectory", directory.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Asks the running node for a backup, as {@code samsyn backup} does. */
    public HttpResponse<byte[]> backUp() {
        try {
            return user().post("/api/v1/backups", new byte[0], token(Role.OPERATOR));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public NodeKeys keys() {
        if (keys == null) {
            keys = KeyFile.open(
                            config().keyFile(),
                            PrivateFiles.readSecret(config().passwordFile()).toCharArray(),
                            name)
                    .newest();
        }
        return keys;
    }

    /** The key of the member's release officer, which the node does not have. */
    public SigningKey officer() {
        Path officer = folder.resolve(OFFICER_FOLDER);
        return KeyFile.openOfficerKey(
                officer.resolve(OfficerKey.KEY_FILE),
                PrivateFiles.readSecret(officer.resolve(NodeSetup.PASSWORD_FILE))
                        .toCharArray());
    }

    /** Tells these from its next start on. */
    public RegionNode failPoints(FailPoints told) {
        failPoints = told;
        return this;
    }

    public boolean isRunning() {
        return running != null;
    }

    /** The running node. */
    public Node node() {
        return Objects.requireNonNull(running, () -> name + " is stopped");
    }

    public RegionNode start() {
        Node opened = Launch.open(configFile(), Optional.of(invitation), clock, failPoints);
        running = opened;
        opened.start();
        return this;
    }

    public RegionNode stop() {
        if (running != null) {
            running.close();
            running = null;
        }
        return this;
    }

    public RegionNode restart() {
        return stop().start();
    }

    /** The stopped node's store. */
    public Store openStore() {
        return Store.open(config().dataDirectory(), new StoreIdentity(name, root.hash()));
    }

    /** The running node's store, to look into or to damage. */
    public Store liveStore() {
        return node().store();
    }

    /** What is in the stopped node's store of a member's log. */
    public StoredLog logIn(Store store, String member) {
        return new StoredLog(store, member);
    }

    /** Imports a file and releases by rule what rests on it. */
    public List<ReleaseReport> importRecords(RecordKind kind, String csv) {
        node().intake().importCsv(kind, csv.getBytes(StandardCharsets.UTF_8));
        return node().intake().releaseByRule(List.of(kind));
    }

    public RegionNode retract(String dataset, String period) {
        node().releaser().retract(definition(dataset), Period.parse(period), false);
        return this;
    }

    /** An entry like no other, about a period that no test asks for; its body is no summary, so that nothing is counted. */
    public LogEntry statement() {
        byte[] body = ("body " + statements.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
        DatasetDefinition trials = definition("trials");
        SummaryStatement statement = new SummaryStatement(
                name,
                root.version(),
                trials.dataset(),
                trials.hash(),
                Period.parse("2000"),
                Hash.sha256(body),
                body.length,
                Optional.empty());
        return LogEntry.release(SignedStatement.sign(statement, keys().publisher()), body);
    }

    /** The entry with which the node's log begins. */
    public LogEntry rootAccepted() {
        return LogEntry.inline(
                SignedStatement.sign(new RootAccepted(name, root.version(), root.hash()), keys().publisher()));
    }

    /** Appends that many statements at once. */
    public RegionNode append(int count) {
        node().sequencer()
                .append(Stream.generate(this::statement).limit(count).toList())
                .join();
        return this;
    }

    /** A view from this node's picture, asked like {@code "costs", "from", "2025-Q1"}. */
    public NationalView view(String dataset, String... parameters) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            named.put(parameters[i], parameters[i + 1]);
        }
        return node().picture()
                .view(ViewQuery.parse(named, definition(dataset)), TestFederation.START.getEpochSecond());
    }

    /** The state of a member in a view of one period. */
    public String stateOf(RegionNode member, String dataset, String period) {
        JsonNode json = view(dataset, "from", period, "to", period).json();
        for (JsonNode part : json.path("members")) {
            if (part.path("node").asText().equals(member.name())) {
                return part.path("periods").path(0).path("state").asText();
            }
        }
        throw new AssertionError("no member " + member.name() + " in " + json);
    }

    /** The national total of a measure in one period. */
    public JsonNode total(String dataset, String period, String measure) {
        return view(dataset, "from", period, "to", period)
                .json()
                .path("totals")
                .path(0)
                .path("values")
                .path(measure);
    }

    /** The network as the node describes it over its user listener. */
    public JsonNode network() {
        try {
            return Json.parse(
                    user().get("/api/v1/network", token(Role.COORDINATOR)).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much the node holds of a member's log, published or not. */
    public long heldSize(RegionNode member) {
        return heldSize(member.name());
    }

    public long heldSize(String member) {
        for (JsonNode part : network().path("members")) {
            if (part.path("node").asText().equals(member)) {
                return part.path("heldSize").asLong();
            }
        }
        throw new AssertionError("no member " + member);
    }

    public URI peerUrl() {
        return URI.create("https://" + config().peer());
    }

    public RawClient user() {
        return RawClient.plain(URI.create("http://" + config().user()));
    }

    /** Brings a version of the federation root, or signatures of it, as `samsyn root accept` does, once the node answers. */
    public HttpResponse<byte[]> offerRoot(SignedNote note) {
        AtomicReference<HttpResponse<byte[]>> answer = new AtomicReference<>();
        TestFederation.soon().ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            answer.set(user().post("/api/v1/root", note.encode(), token(Role.OPERATOR)));
            return true;
        });
        return answer.get();
    }

    /** The headers that show the token of a role. */
    public String[] token(Role role) {
        return new String[] {
            "Authorization", "Bearer " + PrivateFiles.readSecret(NodeSetup.tokenFile(configFile(), role))
        };
    }

    private static DatasetDefinition definition(String dataset) {
        return NetworkFiles.shipped().definitions().stream()
                .filter(definition -> definition.dataset().equals(dataset))
                .findFirst()
                .orElseThrow();
    }
}
