package se.samsyn.node.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import se.samsyn.node.Json;
import se.samsyn.node.feasibility.FeasibilityDesk;
import se.samsyn.node.view.EarlierPictures;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.view.Basis;

/** Asking, answering and seeing feasibility requests. */
final class FeasibilityRoutes {
    private static final String PATH = "/api/v1/feasibility";
    private static final Pattern FOR_COORDINATORS = Pattern.compile(PATH + "(/[0-9a-f]{64})?");

    private static final int MAX_BODY_LENGTH = 1 << 16;
    private static final String REQUEST = "request";

    private final Supplier<FeasibilityDesk> desk;
    private final PictureKeeper picture;
    private final EarlierPictures earlier;
    private final WorkerExecutor readers;
    private final WorkerExecutor replayers;
    private final WorkerExecutor writers;
    private final InstantSource clock;
    private final Crowd replays = new Crowd(ViewRoutes.MAX_REPLAYS_WAITING);

    FeasibilityRoutes(
            Supplier<FeasibilityDesk> desk,
            PictureKeeper picture,
            EarlierPictures earlier,
            WorkerExecutor readers,
            WorkerExecutor replayers,
            WorkerExecutor writers,
            InstantSource clock) {
        this.desk = desk;
        this.picture = picture;
        this.earlier = earlier;
        this.readers = readers;
        this.replayers = replayers;
        this.writers = writers;
        this.clock = clock;
    }

    /** Whether a coordinator may post to a path: to ask, or to see the view of a basis; answers are for those who release. */
    static boolean isForCoordinators(String path) {
        return FOR_COORDINATORS.matcher(path).matches();
    }

    void mount(Router router) {
        String one = PATH + "/:" + REQUEST;
        router.get(PATH)
                .handler(request -> answer(
                        request,
                        readers,
                        () -> Json.encode(Json.object()
                                .set(
                                        "requests",
                                        picture.ask(
                                                now(), (pictured, basis) -> pictured.feasibilityRequests(basis))))));
        router.get(one)
                .handler(request -> answer(
                        request,
                        readers,
                        () -> picture.ask(now(), (pictured, basis) -> pictured.feasibility(id(request), basis))
                                .encode()));
        router.post(PATH + "*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_LENGTH));
        router.post(PATH)
                .handler(request ->
                        answer(request, writers, () -> Json.encode(desk.get().ask(body(request)))));
        router.post(one)
                .handler(request -> answer(
                        request,
                        replays.admit(() -> replayers.executeBlocking(
                                () -> earlier.ask(
                                                Basis.parse(body(request)),
                                                now(),
                                                (pictured, basis) -> pictured.feasibility(id(request), basis))
                                        .encode(),
                                false))));
        router.post(one + "/answers")
                .handler(request ->
                        answer(request, writers, () -> Json.encode(desk.get().answer(id(request), body(request)))));
    }

    private static Hash id(RoutingContext request) {
        return Hash.parseHex(request.pathParam(REQUEST));
    }

    private static byte[] body(RoutingContext request) {
        Buffer body = request.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static void answer(RoutingContext request, WorkerExecutor worker, Callable<byte[]> call) {
        answer(request, worker.executeBlocking(call, false));
    }

    private static void answer(RoutingContext request, Future<byte[]> answer) {
        answer.onSuccess(found -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(Buffer.buffer(found)))
                .onFailure(failure -> Problem.answer(request, failure));
    }
}
