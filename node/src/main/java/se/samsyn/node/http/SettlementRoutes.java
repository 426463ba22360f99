package se.samsyn.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import se.samsyn.node.Json;
import se.samsyn.node.settlement.Settlements;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Period;

/** What the member's own people see of its settlements with others, and the word that lets a quarter's invoice lines go to them. */
final class SettlementRoutes {
    /** What begins the paths; they tell of the records: no question of a coordinator's. */
    static final String SETTLEMENTS = "/api/v1/settlements";

    private static final int MAX_REVISION_LENGTH = 2;

    private final Supplier<Settlements> settlements;
    private final WorkerExecutor readers;
    private final WorkerExecutor writers;

    SettlementRoutes(Supplier<Settlements> settlements, WorkerExecutor readers, WorkerExecutor writers) {
        this.settlements = settlements;
        this.readers = readers;
        this.writers = writers;
    }

    void mount(Router router) {
        String ofQuarter = SETTLEMENTS + "/:quarter";
        router.get(SETTLEMENTS)
                .handler(
                        request -> run(request, readers, () -> settlements.get().list()));
        router.get(ofQuarter)
                .handler(request -> run(
                        request, readers, () -> settlements.get().show(quarter(request), parameter(request, "with"))));
        router.post(ofQuarter)
                .handler(request ->
                        run(request, writers, () -> settlements.get().send(quarter(request), revision(request))));
    }

    private static Period quarter(RoutingContext request) {
        return Period.parse(request.pathParam("quarter"));
    }

    private static int revision(RoutingContext request) {
        String text = parameter(request, "revision").orElse("1");
        if (!text.matches("[1-9][0-9]{0," + (MAX_REVISION_LENGTH - 1) + "}")) {
            throw new MalformedException("revision must be 1 to 99, not \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static Optional<String> parameter(RoutingContext request, String name) {
        List<String> values = request.queryParam(name);
        return values.stream().findFirst();
    }

    private static void run(RoutingContext request, WorkerExecutor worker, Callable<ObjectNode> call) {
        worker.executeBlocking(call, false)
                .onSuccess(answer -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(Buffer.buffer(Json.encode(answer))))
                .onFailure(failure -> Problem.answer(request, failure));
    }
}
