package se.samsyn.node.http;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import se.samsyn.node.log.BusyException;

/** Lets so much work in at a time and refuses the rest, so that no queue behind a route grows without bound, whoever hangs up meanwhile. */
final class Crowd {
    private final int max;
    private final AtomicInteger underWay = new AtomicInteger();

    Crowd(int max) {
        this.max = max;
    }

    /** Starts work, or fails with {@link BusyException}. */
    <T> Future<T> admit(Supplier<Future<T>> work) {
        if (underWay.incrementAndGet() > max) {
            underWay.decrementAndGet();
            return Future.failedFuture(
                    new BusyException(max + " requests are being answered already; try again in a moment"));
        }
        try {
            return work.get().onComplete(done -> underWay.decrementAndGet());
        } catch (RuntimeException e) {
            underWay.decrementAndGet();
            return Future.failedFuture(e);
        }
    }
}
