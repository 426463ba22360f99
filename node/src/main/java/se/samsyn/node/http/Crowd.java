package se.samsyn.node.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many requests in at a time; the others are told to come again, so that no queue behind a route grows without bound. */
final class Crowd implements Handler<RoutingContext> {
    private final int max;
    private final AtomicInteger underWay = new AtomicInteger();

    Crowd(int max) {
        this.max = max;
    }

    @Override
    public void handle(RoutingContext request) {
        if (underWay.incrementAndGet() > max) {
            underWay.decrementAndGet();
            Problem.tryLater(request, max + " requests are being answered already");
            return;
        }
        request.addEndHandler(end -> underWay.decrementAndGet());
        request.next();
    }
}
