package se.samsyn.node;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.config.Address;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.key.TlsIdentity;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.peer.PeerTls;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TilePath;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.AddCheckpointRequest;

/** A member whose keys the test has: it signs whatever it is told to, serves what it wants of its log, and asks nodes anything. */
public final class HostileMember implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final String name;
    private final Address address;
    private final NodeKeys keys;
    private final FederationRoot root;
    private final HostileLog log = new HostileLog();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final Set<String> withheld = ConcurrentHashMap.newKeySet();
    private @Nullable Vertx vertx;
    private final Map<String, History> shown = new ConcurrentHashMap<>();
    private final Queue<String> knownSizes = new ConcurrentLinkedQueue<>();
    private volatile HostileLog served = log;
    private volatile boolean silent;
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    /** What somebody is shown of its log. */
    private record History(HostileLog log, Optional<SignedNote> published) {}

    HostileMember(RegionNode member, FederationRoot root) {
        this.name = member.name();
        this.address = member.config().peer();
        this.keys = member.keys();
        this.root = root;
    }

    public String name() {
        return name;
    }

    public NodeKeys keys() {
        return keys;
    }

    public String origin() {
        return name + "/log";
    }

    /** Its honest log; forks of it are the test's. */
    public HostileLog log() {
        return log;
    }

    /** An entry like no other: the first accepts the root, as every log's must, each later one has a body of its own. */
    public byte[] statement() {
        int count = statements.incrementAndGet();
        return count == 1
                ? SignedStatement.sign(new RootAccepted(name, root.version(), root.hash()), keys.publisher())
                : release("2024-Q1", ("body " + count).getBytes(StandardCharsets.UTF_8));
    }

    /** An entry that releases a body, whatever that is. */
    public byte[] release(String period, byte[] body) {
        DatasetDefinition costs = NetworkFiles.shipped().definitions().stream()
                .filter(definition -> definition.dataset().equals("costs"))
                .findFirst()
                .orElseThrow();
        SummaryStatement statement = new SummaryStatement(
                name,
                root.version(),
                "costs",
                costs.hash(),
                Period.parse(period),
                Hash.sha256(body),
                body.length,
                Optional.empty());
        bodies.put(Hash.sha256(body).toHex(), body);
        return SignedStatement.sign(statement, keys.publisher());
    }

    /** An entry that retracts the body that another entry released. */
    public byte[] retraction(byte[] release, byte[] body) {
        return SignedStatement.sign(
                new Retraction(name, root.version(), Hash.sha256(body), MerkleTree.leafHash(release)),
                keys.publisher());
    }

    /** Appends statements to its honest log. */
    public HostileMember grow(int count) {
        for (int i = 0; i < count; i++) {
            log.append(statement());
        }
        return this;
    }

    public SignedNote checkpoint(long size) {
        return checkpoint(log, size);
    }

    /** A checkpoint of any log, signed with its log key. */
    public SignedNote checkpoint(HostileLog of, long size) {
        return sign(new Checkpoint(origin(), of.head(size)).encode(), keys.logKeys());
    }

    public SignedNote checkpoint(TreeHead head) {
        return sign(new Checkpoint(origin(), head).encode(), keys.logKeys());
    }

    public static SignedNote sign(String text, SigningKey key) {
        return sign(text, List.of(key));
    }

    public static SignedNote sign(String text, List<SigningKey> keys) {
        return SignedNote.of(text, keys.stream().map(key -> key.signNote(text)).toList());
    }

    /** Shows one node a log of its own from now on, whatever it serves to others. */
    public HostileMember show(RegionNode asker, HostileLog history) {
        shown.put(asker.name(), new History(history, Optional.empty()));
        return this;
    }

    /** As {@link #show(RegionNode, HostileLog)}, with a checkpoint that claims to be published. */
    public HostileMember show(RegionNode asker, HostileLog history, SignedNote published) {
        shown.put(asker.name(), new History(history, Optional.of(published)));
        return this;
    }

    /** Answers requests for its cosignature with these sizes as the ones that it knows, one after the other and then all again. */
    public HostileMember knowSizes(String... sizes) {
        knownSizes.addAll(List.of(sizes));
        return this;
    }

    /** Any note with its cosignature, whether it has seen that log or not. */
    public SignedNote cosign(SignedNote note, long timeSeconds) {
        return note.with(keys.witness().cosignNote(timeSeconds, note.text()));
    }

    /** An entry that says what it likes, by its publisher key. */
    public byte[] entry(Statement statement) {
        return SignedStatement.sign(statement, keys.publisher());
    }

    /** Serves another log than its honest one from now on. */
    public void serve(HostileLog other) {
        served = other;
    }

    /** Serves its log at its own address, with its own TLS key. */
    public HostileMember serve() {
        return serveAs(keys.tls(), address);
    }

    /** Serves its log at any address, with any TLS key. */
    public HostileMember serveAs(TlsIdentity identity, Address at) {
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        HttpServer server = vertx.createHttpServer(new PeerTls(identity).serverOptions(this::pins));
        server.requestHandler(this::answer).listen(at.port(), at.host()).await();
        return this;
    }

    /** Does not give a body to anybody until it is told to. */
    public void withhold(byte[] body) {
        withheld.add(Hash.sha256(body).toHex());
    }

    public void giveAll() {
        withheld.clear();
    }

    /** A client that shows this member's TLS key. */
    public RawClient client(RegionNode asked) {
        return RawClient.tls(asked.peerUrl(), "TLSv1.3", Optional.of(keys.tls()));
    }

    /** Brings a checkpoint of its honest log to a node's witness. */
    public HttpResponse<byte[]> offer(RegionNode witness, long oldSize, long size) throws IOException {
        return offer(witness, oldSize, log.proof(oldSize, size), checkpoint(size));
    }

    public HttpResponse<byte[]> offer(RegionNode witness, long oldSize, List<Hash> proof, SignedNote note)
            throws IOException {
        return client(witness).post("/add-checkpoint", new AddCheckpointRequest(oldSize, proof, note).encode());
    }

    @Override
    public void close() {
        if (vertx != null) {
            vertx.close().await();
            vertx = null;
        }
    }

    private Set<Hash> pins() {
        return root.members().stream()
                .flatMap(member -> member.tlsPins().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** How many requests it has got. */
    public int asked() {
        return asked.get();
    }

    /** Takes requests from now on and never answers. */
    public void fallSilent() {
        silent = true;
    }

    private void answer(HttpServerRequest request) {
        asked.incrementAndGet();
        if (silent) {
            return;
        }
        String known = request.path().equals("/add-checkpoint") ? knownSizes.poll() : null;
        if (known != null) {
            knownSizes.add(known);
            request.response()
                    .setStatusCode(CONFLICT)
                    .putHeader("Content-Type", "text/x.tlog.size")
                    .end(known + "\n");
            return;
        }
        History history = asker(request).map(shown::get).orElseGet(() -> new History(served, Optional.empty()));
        Optional<byte[]> found = find(request.path(), history);
        request.response().setStatusCode(found.isPresent() ? 200 : NOT_FOUND);
        request.response().end(Buffer.buffer(found.orElse("not here".getBytes(StandardCharsets.UTF_8))));
    }

    private Optional<String> asker(HttpServerRequest request) {
        try {
            X509Certificate certificate =
                    (X509Certificate) request.connection().peerCertificates().get(0);
            return root.nodeWithTlsPin(TlsIdentity.pinOf(certificate));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> find(String path, History history) {
        String prefix = "/log/" + name + "/";
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = path.substring(prefix.length());
        if (rest.equals("checkpoint")) {
            return history.published().map(SignedNote::encode);
        }
        if (rest.startsWith("tile/")) {
            TilePath tile = TilePath.parse(rest);
            if (!history.log().has(tile.tile())) {
                return Optional.empty();
            }
            return Optional.of(
                    tile.kind() == TilePath.Kind.ENTRIES
                            ? history.log()
                                    .bundle(tile.tile().index(), tile.tile().width())
                            : history.log().tile(tile.tile()));
        }
        if (rest.startsWith("summary/")) {
            String hash = rest.substring("summary/".length());
            return withheld.contains(hash) ? Optional.empty() : Optional.ofNullable(bodies.get(hash));
        }
        return Optional.empty();
    }
}
