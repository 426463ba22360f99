package se.samsyn.node.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import se.samsyn.node.settlement.Settlements;

/** Where a counterpart brings what it says that this member owes it; the signed answer is the response. */
final class PeerSettlementRoute {
    /** Proposals that one peer may have waiting at a time; an honest one brings them one after the other. */
    static final int MAX_PROPOSALS_PER_PEER = 2;

    private static final String PATH = "/settlement";
    private static final String MEDIA_TYPE = "application/jose";
    private static final String NAMELESS = "a peer without a name";

    private final Optional<Settlements> settlements;
    private final WorkerExecutor settlers;
    private final Function<RoutingContext, Optional<String>> sender;
    private final Map<String, Crowd> crowds = new ConcurrentHashMap<>();

    /**
     * Makes the route.
     *
     * @param settlements of a member
     * @param settlers run what answers, one at a time
     * @param sender tells whose key a connection is opened with
     */
    PeerSettlementRoute(
            Optional<Settlements> settlements,
            WorkerExecutor settlers,
            Function<RoutingContext, Optional<String>> sender) {
        this.settlements = settlements;
        this.settlers = settlers;
        this.sender = sender;
    }

    void mount(Router router) {
        router.post(PATH)
                .handler(BodyHandler.create(false).setBodyLimit(Settlements.MAX_LENGTH))
                .handler(this::answer);
    }

    private void answer(RoutingContext request) {
        if (settlements.isEmpty()) {
            Problem.answer(request, 404, "Not found", "nothing is settled here: this node is no member");
            return;
        }
        Settlements asked = settlements.get();
        Optional<String> from = sender.apply(request);
        Buffer body = request.body().buffer();
        byte[] signed = body == null ? new byte[0] : body.getBytes();
        Crowd ofPeer = crowds.computeIfAbsent(from.orElse(NAMELESS), peer -> new Crowd(MAX_PROPOSALS_PER_PEER));
        Future<byte[]> answer = ofPeer.admit(() -> settlers.executeBlocking(() -> asked.answer(from, signed), false));
        answer.onSuccess(bytes -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                        .end(Buffer.buffer(bytes)))
                .onFailure(failure -> Problem.answer(request, failure));
    }
}
