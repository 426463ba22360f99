package se.samsyn.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.Json;
import se.samsyn.node.NodeStatus;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.Role;
import se.samsyn.node.config.Token;
import se.samsyn.node.feasibility.FeasibilityDesk;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.ops.BackupWorker;
import se.samsyn.node.ops.Metrics;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.ReleaseDesk;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.settlement.Settlements;
import se.samsyn.node.view.EarlierPictures;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.node.witness.EvidenceKeeper;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.note.SignedNote;

/** What the region's own people and programs may ask, each with a token; health answers without one. */
public final class UserListener {
    /** While a large release is protected nothing moves on its connection. */
    private static final int IDLE_TIMEOUT_SECONDS = 900;

    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final WorkerExecutor readers;
    private final WorkerExecutor writers;
    private final ViewRoutes views;
    private final ReleaseRoutes releases;
    private final RecordRoutes records;
    private final FeasibilityRoutes feasibility;
    private final BackupRoutes backups;
    private final SettlementRoutes settlements;
    private final NodeStatus status;
    private final Metrics metrics;
    private final RootKeeper roots;
    private final Runnable onNewRoot;
    private final EvidenceKeeper evidence;
    private final Map<String, StoredLog> logs;
    private final TokenGuard guard;
    private @Nullable HttpServer server;

    /**
     * Makes the listener; it binds with {@link #start}.
     *
     * @param readers run views of the newest basis
     * @param replayers run views of earlier ones
     * @param writers run imports and releases
     * @param intake of a member; others take no records
     * @param backups makes those that an operator asks for
     * @param roots the versions of the federation root
     * @param onNewRoot is told that a version was accepted, after its bringer has the answer
     */
    public UserListener(
            Vertx vertx,
            WorkerExecutor readers,
            WorkerExecutor replayers,
            WorkerExecutor writers,
            PictureKeeper picture,
            EarlierPictures earlier,
            Optional<Intake> intake,
            Optional<ReleaseDesk> desk,
            Optional<FeasibilityDesk> feasibilityDesk,
            Optional<Settlements> settlements,
            NodeStatus status,
            BackupWorker backups,
            RootKeeper roots,
            Runnable onNewRoot,
            EvidenceKeeper evidence,
            List<DatasetDefinition> definitions,
            Map<String, StoredLog> logs,
            List<Token> tokens,
            InstantSource clock) {
        this.vertx = vertx;
        this.readers = readers;
        this.writers = writers;
        this.views = new ViewRoutes(picture, earlier, definitions, readers, replayers, clock);
        Supplier<Intake> members = () -> intake.orElseThrow(UserListener::noMember);
        this.records = new RecordRoutes(members, writers, clock);
        this.releases = new ReleaseRoutes(
                members,
                () -> desk.orElseThrow(UserListener::noMember),
                request -> views.definitionOf(request).dataset(),
                writers);
        this.feasibility = new FeasibilityRoutes(
                () -> feasibilityDesk.orElseThrow(UserListener::noMember),
                picture,
                earlier,
                readers,
                replayers,
                writers,
                clock);
        this.settlements =
                new SettlementRoutes(() -> settlements.orElseThrow(UserListener::noMember), readers, writers);
        this.status = status;
        this.backups = new BackupRoutes(vertx, backups);
        this.metrics = status.metrics();
        this.roots = roots;
        this.onNewRoot = onNewRoot;
        this.evidence = evidence;
        this.logs = logs;
        this.guard = new TokenGuard(tokens);
    }

    /** Binds; the future fails if the address is taken. */
    public Future<Address> start(Address address) {
        Router router = Router.router(vertx);
        Problem.mount(router);
        router.get("/health/live")
                .handler(request -> json(request, 200, Json.object().put("status", "live")));
        router.get("/health/ready").handler(this::ready);
        // a route of its own: what guards a route must come before the route reads a body
        Handler<RoutingContext> operators = guard.requires(Role.OPERATOR);
        Handler<RoutingContext> coordinators = guard.requires(Role.COORDINATOR);
        router.route("/api/v1/*").handler(request -> (asksOnly(request) ? coordinators : operators).handle(request));
        router.get("/metrics").handler(guard.requires(Role.COORDINATOR)).handler(this::metrics);
        router.get("/api/v1/network")
                .handler(request -> run(request, readers, status::toJson, answer -> json(request, 200, answer)));
        router.route("/log/*").handler(guard.requires(Role.COORDINATOR));
        new LogRoutes(logs, readers).mount(router);
        router.get("/api/v1/evidence/:sha256").handler(this::evidence);
        new RootRoutes(roots).mount(router, "/api/v1/root");
        // which records something is wrong with is for those who can mend them
        router.get("/api/v1/findings").handler(operators);
        views.mount(router);
        records.mount(router);
        router.post("/api/v1/root")
                .handler(BodyHandler.create(false).setBodyLimit(SignedNote.MAX_LENGTH))
                .handler(this::offerRoot);
        releases.mount(router);
        feasibility.mount(router);
        backups.mount(router);
        settlements.mount(router);
        server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_TIMEOUT_SECONDS))
                .requestHandler(router);
        return server.listen(address.port(), address.host())
                .map(bound -> new Address(address.host(), bound.actualPort()));
    }

    /** Stops taking requests. */
    public Future<Void> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    private void ready(RoutingContext request) {
        List<String> reasons = status.notReady();
        ObjectNode answer = Json.object().put("status", reasons.isEmpty() ? "ready" : "not ready");
        ArrayNode list = answer.putArray("reasons");
        reasons.forEach(list::add);
        answer.set("warnings", Json.tree(status.warnings()));
        json(request, reasons.isEmpty() ? 200 : 503, answer);
    }

    private void metrics(RoutingContext request) {
        run(
                request,
                readers,
                metrics::scrape,
                text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, Metrics.MEDIA_TYPE)
                        .end(text));
    }

    /** The file that {@code samsyn audit evidence} verifies. */
    private void evidence(RoutingContext request) {
        run(
                request,
                readers,
                () -> evidence.bytes(Hash.parseHex(request.pathParam("sha256")))
                        .orElseThrow(() -> new NotFoundException(
                                "there is no such evidence here; GET /api/v1/network lists what there is")),
                bytes -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(Buffer.buffer(bytes)));
    }

    /** What a coordinator may ask; a view of a basis is asked for with a body, and drafts and settlements tell of the records. */
    private static boolean asksOnly(RoutingContext request) {
        String path = request.normalizedPath();
        return request.request().method().equals(HttpMethod.GET)
                ? !path.startsWith(ReleaseRoutes.DRAFTS) && !path.startsWith(SettlementRoutes.SETTLEMENTS)
                : path.startsWith("/api/v1/views/") || FeasibilityRoutes.isForCoordinators(path);
    }

    private static RefutedException noMember() {
        return new RefutedException("this node is no member with keys of its own, and publishes nothing;"
                + " `samsyn status` says what it is");
    }

    /** A version of the federation root, or more signatures of it. */
    private void offerRoot(RoutingContext request) {
        Buffer body = request.body().buffer();
        run(
                request,
                writers,
                () -> roots.offer(SignedNote.parse(body == null ? new byte[0] : body.getBytes())),
                answer -> {
                    ObjectNode json =
                            Json.object().put("version", answer.version()).put("accepted", answer.isAccepted());
                    answer.signatures().ifPresent(signatures -> json.set("next", NodeStatus.toJson(signatures)));
                    json(request, 200, json).onComplete(sent -> {
                        if (answer.isNew()) {
                            onNewRoot.run();
                        }
                    });
                });
    }

    private static <T> void run(RoutingContext request, WorkerExecutor worker, Callable<T> call, Consumer<T> answer) {
        worker.executeBlocking(call, false)
                .onSuccess(answer::accept)
                .onFailure(failure -> Problem.answer(request, failure));
    }

    private static Future<Void> json(RoutingContext request, int status, ObjectNode answer) {
        return request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Buffer.buffer(Json.encode(answer)));
    }
}
