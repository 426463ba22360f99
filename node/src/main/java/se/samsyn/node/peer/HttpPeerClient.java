package se.samsyn.node.peer;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A peer over HTTP, with Vert.x. */
final class HttpPeerClient implements PeerClient {
    private static final long REQUEST_TIMEOUT_MILLIS = 30_000;

    private final String node;
    private final URI url;
    private final HttpClientAgent client;

    HttpPeerClient(String node, URI url, HttpClientAgent client) {
        this.node = node;
        this.url = url;
        this.client = client;
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public PeerResponse get(String path, int maxLength) {
        return await(HttpMethod.GET, path, send(HttpMethod.GET, path, Buffer.buffer(), maxLength));
    }

    @Override
    public PeerResponse post(String path, byte[] body, int maxLength) {
        return await(HttpMethod.POST, path, send(HttpMethod.POST, path, Buffer.buffer(body), maxLength));
    }

    @Override
    public void close() {
        client.close();
    }

    private Future<PeerResponse> send(HttpMethod method, String path, Buffer body, int maxLength) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(url.getHost())
                .setPort(url.getPort() < 0 ? 443 : url.getPort())
                .setURI(url.getPath().replaceAll("/$", "") + path)
                .setTimeout(REQUEST_TIMEOUT_MILLIS);
        return client.request(options).compose(request -> {
            // Before the request is sent: an answer that comes before anybody listens would be lost.
            Future<PeerResponse> answer = request.response().compose(response -> read(response, maxLength));
            request.end(body);
            return answer;
        });
    }

    private Future<PeerResponse> read(HttpClientResponse response, int maxLength) {
        Promise<PeerResponse> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > maxLength) {
                answer.tryFail(new PeerException("the answer is longer than " + maxLength + " bytes"));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(end -> answer.tryComplete(new PeerResponse(response.statusCode(), body.getBytes())));
        return answer.future();
    }

    private PeerResponse await(HttpMethod method, String path, Future<PeerResponse> answer) {
        String what = method + " " + path + " of " + node + " at " + url;
        try {
            return answer.toCompletionStage().toCompletableFuture().get(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new PeerException(what + ": " + reason(cause), cause);
        } catch (TimeoutException e) {
            throw new PeerException(what + ": no answer within " + REQUEST_TIMEOUT_MILLIS + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(what + ": interrupted", e);
        }
    }

    private static String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }
}
