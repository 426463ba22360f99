package se.samsyn.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.Json;
import se.samsyn.node.log.BusyException;
import se.samsyn.node.ops.BackupException;
import se.samsyn.node.peer.PeerException;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;

/** How a route says that it cannot answer: a problem document (RFC 9457) whose detail says what to do. */
final class Problem {
    private static final String MEDIA_TYPE = "application/problem+json";
    private static final String REASON = "reason";
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final String STOPPING = "the node is stopping";
    private static final Logger logger = LoggerFactory.getLogger(Problem.class);

    private Problem() {}

    /** Lets a router say so too where no route of it was reached, or a body was too long to be read. */
    static void mount(Router router) {
        router.errorHandler(
                404, request -> answer(request, 404, "Not found", "there is nothing at " + request.normalizedPath()));
        router.errorHandler(
                405,
                request -> answer(
                        request,
                        405,
                        "Not allowed",
                        request.request().method() + " is not what " + request.normalizedPath() + " takes"));
        router.errorHandler(
                413,
                request -> answer(
                        request, 413, "Too large", "the body is longer than " + request.normalizedPath() + " takes"));
    }

    /** Keeps why a request was answered as it was, for whoever counts refusals. */
    static void explain(RoutingContext request, String reason) {
        request.put(REASON, reason);
    }

    /** Why a request was answered as it was. */
    static String explanation(RoutingContext request) {
        return request.get(REASON, "answered " + request.response().getStatusCode());
    }

    static void answer(RoutingContext request, int status, String title, String detail) {
        explain(request, detail);
        ObjectNode problem = Json.object();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .end(Buffer.buffer(Json.encode(problem)));
    }

    /** Answers that the same request may succeed in a moment. */
    static void tryLater(RoutingContext request, String detail) {
        request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        answer(request, 503, "Try again later", detail);
    }

    /** Answers for a call that failed: bad input is the caller's, everything else is ours and is logged. */
    static void answer(RoutingContext request, Throwable failure) {
        answer(request, failure, "");
    }

    /**
     * Answers for a call that failed.
     *
     * @param before what the detail begins with: what has been done all the same
     */
    static void answer(RoutingContext request, Throwable failure, String before) {
        if (failure instanceof KeptException kept) {
            answer(request, kept.reason(), kept.getMessage() + " ");
            return;
        }
        String detail = before + failure.getMessage();
        if (failure instanceof MalformedException) {
            answer(request, 400, "Bad request", detail);
        } else if (failure instanceof NotFoundException) {
            answer(request, 404, "Not found", detail);
        } else if (failure instanceof BusyException || failure instanceof RejectedExecutionException) {
            tryLater(request, failure instanceof BusyException ? detail : before + STOPPING);
        } else if (failure instanceof RefutedException) {
            answer(request, 422, "Refused", detail);
        } else if (failure instanceof BackupException) {
            logger.error("{}", detail);
            answer(request, 500, "No backup was made", detail);
        } else if (failure instanceof PeerException) {
            tryLater(request, detail);
        } else {
            logger.error(
                    "{} {} failed",
                    request.request().method(),
                    request.request().path(),
                    failure);
            answer(request, 500, "Internal error", before + "This is a fault of the node; its log has the details");
        }
    }
}
