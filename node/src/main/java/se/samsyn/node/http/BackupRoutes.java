package se.samsyn.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import se.samsyn.node.Json;
import se.samsyn.node.ops.Backup;
import se.samsyn.node.ops.BackupWorker;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.MalformedException;

/**
 * Backups that an operator asks for. One that takes longer than a connection may be idle is answered with its number, by which it is asked
 * for again until it is done.
 */
final class BackupRoutes {
    private static final long WAIT_SECONDS = 30;
    private static final int ACCEPTED = 202;
    private static final String JOB = "job";

    private final Vertx vertx;
    private final BackupWorker worker;

    BackupRoutes(Vertx vertx, BackupWorker worker) {
        this.vertx = vertx;
        this.worker = worker;
    }

    void mount(Router router) {
        router.post("/api/v1/backups").handler(request -> {
            try {
                answer(request, worker.ask(number(request)));
            } catch (RuntimeException e) {
                Problem.answer(request, e);
            }
        });
    }

    private void answer(RoutingContext request, BackupWorker.Job job) {
        CompletableFuture<Optional<Backup>> made = job.result()
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), WAIT_SECONDS, TimeUnit.SECONDS);
        Future.fromCompletionStage(made, vertx.getOrCreateContext())
                .onSuccess(backup -> json(
                        request,
                        backup.isPresent() ? 200 : ACCEPTED,
                        backup.map(Backup::toJson).orElseGet(() -> Json.object().put(JOB, job.number()))))
                .onFailure(failure -> Problem.answer(request, cause(failure)));
    }

    private static OptionalLong number(RoutingContext request) {
        List<String> numbers = request.queryParam(JOB);
        if (numbers.size() > 1) {
            throw new MalformedException(JOB + " is given twice");
        }
        return numbers.stream()
                .mapToLong(number -> CanonicalDecimal.parse(JOB, number))
                .findFirst();
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static void json(RoutingContext request, int status, ObjectNode answer) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(Json.encode(answer)));
    }
}
