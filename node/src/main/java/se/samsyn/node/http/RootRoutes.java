package se.samsyn.node.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.protocol.CanonicalDecimal;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.VerifiedRoot;

/** The federation root as signed notes: the newest version, and each by its number. */
final class RootRoutes {
    private static final String TEXT = "text/plain; charset=utf-8";

    private final RootKeeper roots;

    RootRoutes(RootKeeper roots) {
        this.roots = roots;
    }

    /**
     * Adds the routes.
     *
     * @param path of the newest version; the others are below it
     */
    void mount(Router router, String path) {
        router.get(path)
                .handler(request ->
                        answerNote(request, version(roots.chain().newest().version())));
        router.get(path + "/:version").handler(this::version);
    }

    /** Answers with a note, or that it is not here. */
    static void answerNote(RoutingContext request, Optional<SignedNote> note) {
        if (note.isEmpty()) {
            Problem.answer(request, 404, "Not found", "there is no such note here");
        } else {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, TEXT)
                    .end(Buffer.buffer(note.get().encode()));
        }
    }

    private void version(RoutingContext request) {
        try {
            long number = CanonicalDecimal.parse("the version of the root", request.pathParam("version"));
            answerNote(request, version(number));
        } catch (MalformedException e) {
            Problem.answer(request, e);
        }
    }

    private Optional<SignedNote> version(long number) {
        return roots.chain().versions().stream()
                .filter(version -> version.root().version() == number)
                .map(VerifiedRoot::note)
                .findFirst();
    }
}
