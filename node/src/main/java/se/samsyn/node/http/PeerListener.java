package se.samsyn.node.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.config.Address;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.peer.Refusals;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.settlement.Settlements;
import se.samsyn.node.witness.AddCheckpointResult;
import se.samsyn.node.witness.Witness;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.witness.AddCheckpointRequest;

/**
 * What other nodes may ask: every log held (C2SP tlog-tiles), this node's witness (C2SP tlog-witness), the federation root, and an answer
 * to what they say that this member owes them. TLS lets in only the holders of keys that the root pins.
 */
public final class PeerListener {
    /** Checkpoints that one peer may have waiting at a time; an honest one brings those of its own log, one after the other. */
    static final int MAX_CHECKPOINTS_PER_PEER = 16;

    private static final String NAMELESS = "a peer without a name";
    private static final Set<Integer> REFUSED = Set.of(400, 403, 405, 413, 422);
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Vertx vertx;
    private final WorkerExecutor readers;
    private final WorkerExecutor witnesses;
    private final RootKeeper roots;
    private final Optional<Witness> witness;
    private final Map<String, StoredLog> logs;
    private final Peers peers;
    private final Refusals refusals;
    private final Optional<Settlements> settlements;
    private final WorkerExecutor settlers;
    private final Consumer<String> onHeard;
    private final Map<String, Crowd> crowds = new ConcurrentHashMap<>();
    private @Nullable HttpServer server;

    /**
     * Makes the listener; it binds with {@link #start}.
     *
     * @param readers run reads of the store
     * @param witnesses run add-checkpoint, which waits for peers and must not keep readers waiting
     * @param roots the versions of the federation root
     * @param witness of a member; others cosign nothing
     * @param peers tell whose a TLS key is
     * @param refusals is told what peers sent that was refused
     * @param settlements of a member; others owe nobody
     * @param settlers run what answers proposals, one at a time
     * @param onHeard is told which peer sends a request
     */
    public PeerListener(
            Vertx vertx,
            WorkerExecutor readers,
            WorkerExecutor witnesses,
            RootKeeper roots,
            Optional<Witness> witness,
            Map<String, StoredLog> logs,
            Peers peers,
            Refusals refusals,
            Optional<Settlements> settlements,
            WorkerExecutor settlers,
            Consumer<String> onHeard) {
        this.vertx = vertx;
        this.readers = readers;
        this.witnesses = witnesses;
        this.roots = roots;
        this.witness = witness;
        this.logs = logs;
        this.peers = peers;
        this.refusals = refusals;
        this.settlements = settlements;
        this.settlers = settlers;
        this.onHeard = onHeard;
    }

    /** Binds; the future fails if the address is taken. */
    public Future<Address> start(HttpServerOptions options, Address address) {
        Router router = Router.router(vertx);
        Problem.mount(router);
        router.route().handler(this::hear);
        new LogRoutes(logs, readers).mount(router);
        router.post("/add-checkpoint")
                .handler(BodyHandler.create(false).setBodyLimit(AddCheckpointRequest.MAX_LENGTH))
                .handler(this::addCheckpoint);
        router.getWithRegex("/(?<origin>[0-9a-f]{64})/checkpoint").handler(this::newestCosigned);
        new RootRoutes(roots).mount(router, "/root");
        new PeerSettlementRoute(settlements, settlers, this::sender).mount(router);
        server = vertx.createHttpServer(options).requestHandler(router);
        return server.listen(address.port(), address.host())
                .map(bound -> new Address(address.host(), bound.actualPort()));
    }

    /** Stops taking requests. */
    public Future<Void> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** Tells who speaks, and counts requests whose sender is at fault: none for what is not here, and none that may succeed later. */
    private void hear(RoutingContext request) {
        Optional<String> sender = sender(request);
        sender.ifPresent(onHeard);
        request.addEndHandler(end -> {
            int status = request.response().getStatusCode();
            if (REFUSED.contains(status)) {
                refusals.count(
                        sender.orElse(NAMELESS),
                        request.request().method() + " " + request.normalizedPath() + ": "
                                + Problem.explanation(request));
            }
        });
        request.next();
    }

    private Optional<String> sender(RoutingContext request) {
        try {
            return request.request().connection().peerCertificates().stream()
                    .findFirst()
                    .flatMap(certificate -> peers.nodeOf((X509Certificate) certificate));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    private void addCheckpoint(RoutingContext request) {
        if (witness.isEmpty()) {
            Problem.answer(request, 404, "Not found", "no log is witnessed here: this node is no member");
            return;
        }
        Witness asked = witness.get();
        byte[] body = request.body().buffer() == null
                ? new byte[0]
                : request.body().buffer().getBytes();
        Crowd ofPeer =
                crowds.computeIfAbsent(sender(request).orElse(NAMELESS), peer -> new Crowd(MAX_CHECKPOINTS_PER_PEER));
        Future<AddCheckpointResult> result =
                ofPeer.admit(() -> witnesses.executeBlocking(() -> asked.addCheckpoint(body), false));
        result.onSuccess(answer -> answer(request, answer)).onFailure(failure -> Problem.answer(request, failure));
    }

    private static void answer(RoutingContext request, AddCheckpointResult result) {
        Problem.explain(request, result.body());
        HttpServerResponse response = request.response().setStatusCode(result.status());
        if (result instanceof AddCheckpointResult.TryLater) {
            response.putHeader(
                    HttpHeaders.RETRY_AFTER, Integer.toString(AddCheckpointResult.TryLater.RETRY_AFTER_SECONDS));
        }
        String mediaType =
                result instanceof AddCheckpointResult.Conflict ? AddCheckpointResult.Conflict.MEDIA_TYPE : TEXT;
        response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType).end(result.body());
    }

    private void newestCosigned(RoutingContext request) {
        Hash origin = Hash.parseHex(request.pathParam("origin"));
        Future<Optional<SignedNote>> note =
                readers.executeBlocking(() -> witness.flatMap(asked -> asked.newest(origin)), false);
        note.onSuccess(found -> RootRoutes.answerNote(request, found))
                .onFailure(failure -> Problem.answer(request, failure));
    }
}
