package se.samsyn.node.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.MalformedException;

/** The federation root as signed notes: the newest version, and each by its number. */
final class RootRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final Store store;
    private final WorkerExecutor worker;

    RootRoutes(Store store, WorkerExecutor worker) {
        this.store = store;
        this.worker = worker;
    }

    /**
     * Adds the routes.
     *
     * @param path of the newest version; the others are below it
     */
    void mount(Router router, String path) {
        router.get(path).handler(request -> answer(request, newest()));
        router.get(path + "/:version").handler(this::version);
    }

    /** Answers with a note, or that it is not here. */
    static void answerNote(RoutingContext request, Optional<byte[]> note) {
        if (note.isEmpty()) {
            Problem.answer(request, 404, "Not found", "there is no such note here");
        } else {
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, TEXT).end(Buffer.buffer(note.get()));
        }
    }

    private void version(RoutingContext request) {
        try {
            long version = CanonicalDecimal.parse("the version of the root", request.pathParam("version"));
            answer(request, worker.executeBlocking(() -> store.get(Columns.ROOT, version), false));
        } catch (MalformedException e) {
            Problem.answer(request, e);
        }
    }

    private Future<Optional<byte[]>> newest() {
        return worker.executeBlocking(
                () -> {
                    byte[][] newest = {null};
                    store.forEach(Columns.ROOT, (version, note) -> newest[0] = note);
                    return Optional.ofNullable(newest[0]);
                },
                false);
    }

    private static void answer(RoutingContext request, Future<Optional<byte[]>> note) {
        note.onSuccess(found -> answerNote(request, found)).onFailure(failure -> Problem.answer(request, failure));
    }
}
