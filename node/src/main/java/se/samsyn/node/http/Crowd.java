package se.samsyn.node.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many requests in at a time; the others are told to come again, so that no queue behind a route grows without bound. */
final class Crowd implements Handler<RoutingContext> {
    private final int max;
    private final int retryAfterSeconds;
    private final AtomicInteger underWay = new AtomicInteger();

    Crowd(int max, int retryAfterSeconds) {
        this.max = max;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    @Override
    public void handle(RoutingContext request) {
        if (underWay.incrementAndGet() > max) {
            underWay.decrementAndGet();
            request.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfterSeconds));
            Problem.answer(request, 503, "Try again later", "more than " + max + " requests are being answered");
            return;
        }
        request.addEndHandler(end -> underWay.decrementAndGet());
        request.next();
    }
}
