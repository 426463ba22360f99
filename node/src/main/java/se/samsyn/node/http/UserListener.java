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
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import se.samsyn.node.Json;
import se.samsyn.node.NodeStatus;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.Role;
import se.samsyn.node.config.Token;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.ops.Metrics;
import se.samsyn.node.record.ImportRefusal;
import se.samsyn.node.record.ImportReport;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.node.witness.EvidenceKeeper;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;

/** What the region's own people and programs may ask, each with a token; health answers without one. */
public final class UserListener {
    private static final String JSON = "application/json";
    private static final String AT = "at";
    private static final String RELEASE = "release";

    private final Vertx vertx;
    private final WorkerExecutor readers;
    private final WorkerExecutor writers;
    private final PictureKeeper picture;
    private final Optional<Intake> intake;
    private final NodeStatus status;
    private final Metrics metrics;
    private final RootKeeper roots;
    private final Runnable onNewRoot;
    private final EvidenceKeeper evidence;
    private final Map<String, DatasetDefinition> definitions;
    private final Map<String, StoredLog> logs;
    private final TokenGuard guard;
    private final InstantSource clock;
    private @Nullable HttpServer server;

    /**
     * Makes the listener; it binds with {@link #start}.
     *
     * @param readers run views
     * @param writers run imports and releases
     * @param intake of a member; others take no records
     * @param roots the versions of the federation root
     * @param onNewRoot is told that a version was accepted, after its bringer has the answer
     */
    public UserListener(
            Vertx vertx,
            WorkerExecutor readers,
            WorkerExecutor writers,
            PictureKeeper picture,
            Optional<Intake> intake,
            NodeStatus status,
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
        this.picture = picture;
        this.intake = intake;
        this.status = status;
        this.metrics = status.metrics();
        this.roots = roots;
        this.onNewRoot = onNewRoot;
        this.evidence = evidence;
        this.definitions = definitions.stream()
                .collect(Collectors.toMap(DatasetDefinition::dataset, d -> d, (a, b) -> b, TreeMap::new));
        this.logs = logs;
        this.guard = new TokenGuard(tokens);
        this.clock = clock;
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
        router.route("/api/v1/*")
                .handler(request ->
                        (request.request().method().equals(HttpMethod.GET) ? coordinators : operators).handle(request));
        router.get("/metrics").handler(guard.requires(Role.COORDINATOR)).handler(this::metrics);
        router.get("/api/v1/network")
                .handler(request -> run(request, readers, status::toJson, answer -> json(request, 200, answer)));
        router.route("/log/*").handler(guard.requires(Role.COORDINATOR));
        new LogRoutes(logs, readers).mount(router);
        router.get("/api/v1/evidence/:sha256").handler(this::evidence);
        router.get("/api/v1/views/:dataset").handler(this::view);
        router.get("/api/v1/datasets/:dataset").handler(this::definition);
        router.post("/api/v1/records/:kind")
                .handler(BodyHandler.create(false).setBodyLimit(RecordImport.MAX_FILE_LENGTH))
                .handler(this::importRecords);
        router.post("/api/v1/root")
                .handler(BodyHandler.create(false).setBodyLimit(SignedNote.MAX_LENGTH))
                .handler(this::offerRoot);
        router.post("/api/v1/releases").handler(this::releaseByRule);
        router.post("/api/v1/releases/:dataset").handler(this::release);
        server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(60))
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

    private void view(RoutingContext request) {
        run(
                request,
                readers,
                () -> {
                    DatasetDefinition definition = definitionOf(request);
                    Map<String, String> parameters = new TreeMap<>();
                    request.queryParams().forEach(entry -> putOnce(parameters, entry.getKey(), entry.getValue()));
                    long at = at(Optional.ofNullable(parameters.remove(AT)));
                    return picture.view(ViewQuery.parse(parameters, definition), at);
                },
                view -> answerView(request, view));
    }

    private static void answerView(RoutingContext request, NationalView view) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(view.encode()));
    }

    private static void putOnce(Map<String, String> parameters, String name, String value) {
        if (parameters.put(name, value) != null) {
            throw new MalformedException("the parameter " + name + " is given twice");
        }
    }

    /** The instant from which ages are counted; a later one than now would make everything look older than it is. */
    private long at(Optional<String> text) {
        long now = clock.instant().getEpochSecond();
        if (text.isEmpty()) {
            return now;
        }
        long at;
        try {
            at = Instant.parse(text.get()).getEpochSecond();
        } catch (DateTimeParseException e) {
            throw new MalformedException(
                    "at must be an instant like 2026-11-01T12:00:00Z, not \"" + text.get() + "\"", e);
        }
        if (at > now || at < picture.newestLogTime()) {
            throw new MalformedException("at must be between the newest log time, "
                    + Instant.ofEpochSecond(picture.newestLogTime()) + ", and now, " + Instant.ofEpochSecond(now));
        }
        return at;
    }

    private void definition(RoutingContext request) {
        run(
                request,
                readers,
                () -> definitionOf(request).encode(),
                bytes -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(Buffer.buffer(bytes)));
    }

    private DatasetDefinition definitionOf(RoutingContext request) {
        DatasetDefinition definition = definitions.get(request.pathParam("dataset"));
        if (definition == null) {
            throw new NotFoundException("there is no dataset \"" + request.pathParam("dataset") + "\"; there are "
                    + String.join(", ", definitions.keySet()));
        }
        return definition;
    }

    private void importRecords(RoutingContext request) {
        Buffer body = request.body().buffer();
        run(
                request,
                writers,
                () -> {
                    RecordKind kind = kindOf(request);
                    ImportReport imported = intake().importCsv(kind, body == null ? new byte[0] : body.getBytes());
                    boolean later = request.queryParam(RELEASE).contains("later");
                    ObjectNode answer = Json.object();
                    answer.set("imported", imported.toJson());
                    answer.set("released", toJson(later ? List.of() : releaseAfter(imported)));
                    return answer;
                },
                answer -> json(request, 200, answer));
    }

    private Intake intake() {
        return intake.orElseThrow(
                () -> new RefutedException("this node is no member with keys of its own, and publishes"
                        + " nothing; `samsyn status` says what it is"));
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

    private static RecordKind kindOf(RoutingContext request) {
        try {
            return RecordKind.parse(request.pathParam("kind"));
        } catch (MalformedException e) {
            throw new NotFoundException(String.valueOf(e.getMessage()), e);
        }
    }

    private List<ReleaseReport> releaseAfter(ImportReport imported) {
        try {
            return intake().releaseByRule(Set.of(imported.kind()));
        } catch (RuntimeException e) {
            throw new KeptException(
                    "all rows (" + imported.rows() + ") of the " + imported.kind()
                            + " file are imported and kept, and nothing that"
                            + " rests on them was released; release it with POST /api/v1/releases?records="
                            + imported.kind().wireName()
                            + " or `samsyn release DATASET`, without another import. Reason:",
                    e);
        }
    }

    /** After several imports that left the release for later. */
    private void releaseByRule(RoutingContext request) {
        run(
                request,
                writers,
                () -> {
                    List<RecordKind> kinds = request.queryParam("records").stream()
                            .map(RecordKind::parse)
                            .toList();
                    ObjectNode answer = Json.object();
                    answer.set("released", toJson(intake().releaseByRule(kinds)));
                    return answer;
                },
                answer -> json(request, 200, answer));
    }

    private static ArrayNode toJson(List<ReleaseReport> reports) {
        ArrayNode list = Json.array();
        reports.forEach(report -> list.add(toJson(report)));
        return list;
    }

    private void release(RoutingContext request) {
        run(
                request,
                writers,
                () -> intake().release(definitionOf(request).dataset(), periods(request)),
                report -> json(request, 200, toJson(report)));
    }

    private static Set<Period> periods(RoutingContext request) {
        return request.queryParam("period").stream().map(Period::parse).collect(Collectors.toSet());
    }

    private static ObjectNode toJson(ReleaseReport report) {
        return Json.object()
                .put("dataset", report.dataset())
                .put("unchanged", report.unchanged())
                .put("notYet", report.notYet())
                .<ObjectNode>set("released", Json.tree(report.released()))
                .<ObjectNode>set("waiting", Json.tree(report.waiting()))
                .set("cells", Json.tree(new TreeMap<>(report.cells())));
    }

    private static <T> void run(RoutingContext request, WorkerExecutor worker, Callable<T> call, Consumer<T> answer) {
        worker.executeBlocking(call, false).onSuccess(answer::accept).onFailure(failure -> {
            if (failure instanceof ImportRefusal refusal) {
                json(request, 422, refusal.toJson().put("title", "Refused").put("detail", refusal.toText()));
            } else {
                Problem.answer(request, failure);
            }
        });
    }

    private static Future<Void> json(RoutingContext request, int status, ObjectNode answer) {
        return request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(Buffer.buffer(Json.encode(answer)));
    }
}
