package se.samsyn.node.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import se.samsyn.node.Json;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.ReleaseDesk;
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;

/** Releases by rule and by a person, and the drafts that wait; all of it for the member's own people. */
final class ReleaseRoutes {
    /** What begins the paths of drafts, which tell of the records: no question of a coordinator's. */
    static final String DRAFTS = "/api/v1/drafts";

    private static final String JSON = "application/json";
    private static final String PERIOD = "period";

    private final Supplier<Intake> intake;
    private final Supplier<ReleaseDesk> desk;
    private final Function<RoutingContext, String> dataset;
    private final WorkerExecutor writers;

    /**
     * Makes the routes.
     *
     * @param dataset gives the dataset that a request names, if there is such a one
     * @param writers run releases, one at a time
     */
    ReleaseRoutes(
            Supplier<Intake> intake,
            Supplier<ReleaseDesk> desk,
            Function<RoutingContext, String> dataset,
            WorkerExecutor writers) {
        this.intake = intake;
        this.desk = desk;
        this.dataset = dataset;
        this.writers = writers;
    }

    void mount(Router router) {
        String draft = DRAFTS + "/:dataset/:period";
        router.get(DRAFTS).handler(request -> run(request, () -> drafts()));
        router.get(draft)
                .handler(request -> run(request, () -> desk.get().show(dataset.apply(request), period(request))));
        router.get(draft + "/difference")
                .handler(request -> run(request, () -> desk.get().difference(dataset.apply(request), period(request))));
        router.get(draft + "/file")
                .handler(request -> file(request, () -> desk.get().export(dataset.apply(request), period(request))));
        router.post("/api/v1/holds/:dataset").handler(request -> run(request, () -> hold(request)));
        router.post("/api/v1/releases").handler(request -> run(request, () -> releaseByRule(request)));
        router.post("/api/v1/releases/:dataset").handler(request -> run(request, () -> release(request)));
        router.get(draft + "/retraction")
                .handler(request -> file(
                        request,
                        () -> desk.get()
                                .exportRetractions(dataset.apply(request), period(request), isOfReplaced(request))));
        router.post("/api/v1/retractions/:dataset/:period")
                .handler(request -> run(
                        request,
                        () -> desk.get().retract(dataset.apply(request), period(request), isOfReplaced(request))));
        router.post("/api/v1/signed-statements")
                .handler(BodyHandler.create(false).setBodyLimit(CanonicalJson.MAX_LENGTH))
                .handler(this::importSigned);
    }

    /** In answers: the names of datasets that rest on what was imported, and that no rule releases. */
    static final String WAITING_FOR_APPROVAL = "waitingForApproval";

    static ArrayNode toJson(List<ReleaseReport> reports) {
        ArrayNode list = Json.array();
        reports.forEach(report -> list.add(toJson(report)));
        return list;
    }

    private ObjectNode drafts() {
        return Json.object().set("drafts", desk.get().list());
    }

    /** Whether a retraction is to leave the newest release of the period as it is. */
    private static boolean isOfReplaced(RoutingContext request) {
        List<String> which = request.queryParam("which");
        if (!which.isEmpty() && !which.equals(List.of("replaced"))) {
            throw new MalformedException("which must be replaced, or not be there, not \"" + which.get(0) + "\"");
        }
        return !which.isEmpty();
    }

    private void file(RoutingContext request, Callable<byte[]> call) {
        writers.executeBlocking(call, false)
                .onSuccess(file -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(Buffer.buffer(file)))
                .onFailure(failure -> Problem.answer(request, failure));
    }

    private void importSigned(RoutingContext request) {
        Buffer body = request.body().buffer();
        run(request, () -> desk.get().importSigned(body == null ? new byte[0] : body.getBytes()));
    }

    private ObjectNode hold(RoutingContext request) {
        String held = dataset.apply(request);
        Set<Period> periods = periods(request);
        desk.get().hold(held, periods);
        ObjectNode answer = Json.object().put("dataset", held);
        periods.stream().sorted().map(Period::toString).forEach(answer.putArray("held")::add);
        return answer;
    }

    /** After several imports that left the release for later. */
    private ObjectNode releaseByRule(RoutingContext request) {
        List<RecordKind> kinds =
                request.queryParam("records").stream().map(RecordKind::parse).toList();
        ObjectNode answer = Json.object();
        answer.set("released", toJson(intake.get().releaseByRule(kinds)));
        answer.set(WAITING_FOR_APPROVAL, Json.tree(intake.get().waitingForApproval(kinds)));
        return answer;
    }

    /** Of the drafts that a person was shown exactly these, or of the periods that she names what is there now. */
    private ObjectNode release(RoutingContext request) {
        Map<Period, Optional<Hash>> shown = new TreeMap<>();
        for (String draft : request.queryParam("draft")) {
            int colon = draft.indexOf(':');
            if (colon < 0) {
                throw new MalformedException(
                        "draft must be PERIOD:HASH or PERIOD:" + ReleaseDesk.UNCHANGED + ", not \"" + draft + "\"");
            }
            String what = draft.substring(colon + 1);
            shown.put(
                    Period.parse(draft.substring(0, colon)),
                    what.equals(ReleaseDesk.UNCHANGED) ? Optional.empty() : Optional.of(Hash.parseHex(what)));
        }
        if (shown.isEmpty()) {
            return toJson(intake.get().release(dataset.apply(request), periods(request)));
        }
        if (!request.queryParam(PERIOD).isEmpty()) {
            throw new MalformedException("draft and period exclude each other: a draft names its period");
        }
        return toJson(desk.get().approve(dataset.apply(request), shown));
    }

    private static Period period(RoutingContext request) {
        return Period.parse(request.pathParam(PERIOD));
    }

    private static Set<Period> periods(RoutingContext request) {
        return request.queryParam(PERIOD).stream().map(Period::parse).collect(Collectors.toSet());
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

    private void run(RoutingContext request, Callable<ObjectNode> call) {
        writers.executeBlocking(call, false)
                .onSuccess(answer -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(Buffer.buffer(Json.encode(answer))))
                .onFailure(failure -> Problem.answer(request, failure));
    }
}
