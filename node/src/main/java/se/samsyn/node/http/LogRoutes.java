package se.samsyn.node.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import se.samsyn.node.log.StoredLog;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Tile;
import se.samsyn.protocol.tlog.TilePath;

/** The read routes of C2SP tlog-tiles for every log held, {@code /log/<node>/…}, and the bodies beside them. */
final class LogRoutes {
    /** Reads that are under way or waiting at a time; more are told to come again. */
    static final int MAX_READS_UNDER_WAY = 256;

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";
    private static final String JSON = "application/json";
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";
    private static final String REVALIDATE = "no-cache";

    private final Map<String, StoredLog> logs;
    private final WorkerExecutor worker;
    private final Crowd readers = new Crowd(MAX_READS_UNDER_WAY);

    LogRoutes(Map<String, StoredLog> logs, WorkerExecutor worker) {
        this.logs = Map.copyOf(logs);
        this.worker = worker;
    }

    void mount(Router router) {
        router.get("/log/:node/checkpoint")
                .handler(request ->
                        serve(request, TEXT, REVALIDATE, log -> log.published().map(SignedNote::encode)));
        router.get("/log/:node/tile/*").handler(request -> serve(request, BYTES, IMMUTABLE, log -> tile(log, request)));
        // a body may be retracted, so no cache may keep it
        router.get("/log/:node/summary/:sha256")
                .handler(request -> serve(request, JSON, REVALIDATE, log -> log.body(bodyName(request))));
    }

    private static Optional<byte[]> tile(StoredLog log, RoutingContext request) {
        String path = request.normalizedPath();
        TilePath tilePath = TilePath.parse(path.substring(path.indexOf("/tile/") + 1));
        Tile tile = tilePath.tile();
        return tilePath.kind() == TilePath.Kind.ENTRIES
                ? log.bundle(tile.index(), tile.width())
                : log.tile(tile.level(), tile.index(), tile.width());
    }

    private static Hash bodyName(RoutingContext request) {
        return Hash.parseHex(request.pathParam("sha256"));
    }

    private void serve(
            RoutingContext request, String mediaType, String caching, Function<StoredLog, Optional<byte[]>> read) {
        StoredLog log = logs.get(request.pathParam("node"));
        if (log == null) {
            Problem.answer(request, 404, "Not found", "no log of " + request.pathParam("node") + " is held here");
            return;
        }
        Future<Optional<byte[]>> answer = readers.admit(() -> worker.executeBlocking(() -> read.apply(log), false));
        answer.onSuccess(bytes -> {
                    if (bytes.isEmpty()) {
                        Problem.answer(request, 404, "Not found", "it is not held here, or not any more");
                    } else {
                        request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                                .putHeader(HttpHeaders.CACHE_CONTROL, caching)
                                .end(Buffer.buffer(bytes.get()));
                    }
                })
                .onFailure(failure -> {
                    if (failure instanceof MalformedException) {
                        Problem.answer(request, 404, "Not found", String.valueOf(failure.getMessage()));
                    } else {
                        Problem.answer(request, failure);
                    }
                });
    }
}
