package se.samsyn.node.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.samsyn.node.log.BusyException;
import se.samsyn.node.store.Scratch;

/**
 * Bodies that are too long for memory. Each is written to a file of its own as fast as the disk takes it, no faster; whatever becomes of
 * the request, the file goes when it was answered, or when its sender went away.
 */
final class Uploads {
    /** So many may be on their way in at once; each may take its longest length on the disk. */
    static final int MAX_AT_ONCE = 4;

    private static final String FILE = "upload";
    private static final Logger logger = LoggerFactory.getLogger(Uploads.class);

    private final long maxLength;
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param maxLength of a body in bytes */
    Uploads(long maxLength) {
        this.maxLength = maxLength;
    }

    /** A body was longer than it may be. */
    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Receives a request's body into a file.
     *
     * @param newFolder makes a folder for it; may block
     * @param whole is given the file once all of it is there, and answers; the file is deleted when its future ends
     */
    void receive(RoutingContext request, Callable<Path> newFolder, Function<Path, Future<Void>> whole) {
        HttpServerRequest in = request.request();
        in.pause();
        if (underWay.incrementAndGet() > MAX_AT_ONCE) {
            underWay.decrementAndGet();
            refuse(request, new BusyException(MAX_AT_ONCE + " files are on their way in already; try again later"));
            return;
        }
        if (declaredLength(in) > maxLength) {
            underWay.decrementAndGet();
            refuse(request, new TooLongException());
            return;
        }
        request.vertx()
                .executeBlocking(newFolder, false)
                .onFailure(failure -> {
                    underWay.decrementAndGet();
                    refuse(request, failure);
                })
                .onSuccess(folder -> write(request, folder.resolve(FILE))
                        .onFailure(failure -> refuse(request, failure))
                        .compose(received -> whole.apply(folder.resolve(FILE)))
                        .eventually(() -> request.vertx().executeBlocking(() -> {
                            Scratch.delete(folder);
                            return folder;
                        }))
                        .onComplete(done -> {
                            underWay.decrementAndGet();
                            if (done.failed()) {
                                logger.warn("an upload was not taken: {}", String.valueOf(done.cause()));
                            }
                        }));
    }

    private Future<Void> write(RoutingContext request, Path file) {
        OpenOptions options =
                new OpenOptions().setWrite(true).setCreateNew(true).setPerms("rw-------");
        return request.vertx()
                .fileSystem()
                .open(file.toString(), options)
                .compose(out -> pump(request.request(), out)
                        // whichever way it ended
                        .eventually(out::close));
    }

    private Future<Void> pump(HttpServerRequest in, AsyncFile out) {
        Promise<Void> all = Promise.promise();
        Handler<Throwable> failed = all::tryFail;
        long[] length = {0};
        in.exceptionHandler(failed);
        out.exceptionHandler(failed);
        in.handler(bytes -> {
            length[0] += bytes.length();
            if (length[0] > maxLength) {
                all.tryFail(new TooLongException());
            } else if (!all.future().isComplete()) {
                out.write(bytes).onFailure(failed);
                if (out.writeQueueFull()) {
                    in.pause();
                    out.drainHandler(empty -> in.resume());
                }
            }
        });
        in.endHandler(end -> all.tryComplete());
        if (in.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            in.response().writeContinue();
        }
        in.resume();
        return all.future();
    }

    private static long declaredLength(HttpServerRequest in) {
        String length = in.getHeader(HttpHeaders.CONTENT_LENGTH);
        // the platform has refused what is no number
        return length == null ? 0 : Long.parseLong(length);
    }

    /** Answers before all of the body came: what is still on its way is passed over, and the connection is not used again. */
    private static void refuse(RoutingContext request, Throwable failure) {
        HttpServerRequest in = request.request();
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        if (!in.isEnded()) {
            in.handler(bytes -> {});
        }
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        if (failure instanceof TooLongException) {
            request.fail(413);
        } else {
            Problem.answer(request, failure);
        }
        in.resume();
    }
}
