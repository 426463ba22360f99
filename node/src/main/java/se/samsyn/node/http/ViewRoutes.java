package se.samsyn.node.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import se.samsyn.node.Json;
import se.samsyn.node.view.CosignedBasis;
import se.samsyn.node.view.EarlierPictures;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.DatasetVersions;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.NationalPicture;
import se.samsyn.protocol.view.NationalView;
import se.samsyn.protocol.view.ViewQuery;

/** National views of the newest basis and of earlier ones, what proves the newest one, and the definitions. */
final class ViewRoutes {
    /** Bytes of a basis: its logs are bounded by its schema. */
    static final int MAX_BASIS_LENGTH = 1 << 16;
    /** Replays of earlier bases that are under way or waiting; more are told to come again. */
    static final int MAX_REPLAYS_WAITING = 8;

    private static final String JSON = "application/json";
    private static final String AT = "at";
    private static final String AS_OF = "asOf";
    private static final String DEFINITION = "definition";

    private final PictureKeeper picture;
    private final EarlierPictures earlier;
    private final Map<String, DatasetVersions> definitions;
    private final WorkerExecutor readers;
    private final WorkerExecutor replayers;
    private final InstantSource clock;
    private final Crowd replays = new Crowd(MAX_REPLAYS_WAITING);

    /**
     * Makes the routes.
     *
     * @param readers run views of the newest basis
     * @param replayers run views of earlier ones, which may take long and must not keep the others waiting
     */
    ViewRoutes(
            PictureKeeper picture,
            EarlierPictures earlier,
            List<DatasetDefinition> definitions,
            WorkerExecutor readers,
            WorkerExecutor replayers,
            InstantSource clock) {
        this.picture = picture;
        this.earlier = earlier;
        this.definitions = DatasetVersions.of(definitions);
        this.readers = readers;
        this.replayers = replayers;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/api/v1/views/:dataset").handler(this::view);
        router.post("/api/v1/views/:dataset")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BASIS_LENGTH))
                .handler(this::viewOfBasis);
        router.get("/api/v1/checkpoints").handler(this::checkpoints);
        router.get("/api/v1/datasets/:dataset").handler(this::definition);
    }

    /** The newest version of the dataset that a request names. */
    DatasetDefinition definitionOf(RoutingContext request) {
        return versionsOf(request).newest();
    }

    private DatasetVersions versionsOf(RoutingContext request) {
        DatasetVersions versions = definitions.get(request.pathParam("dataset"));
        if (versions == null) {
            throw new NotFoundException("there is no dataset \"" + request.pathParam("dataset") + "\"; there are "
                    + String.join(", ", definitions.keySet()));
        }
        return versions;
    }

    private void view(RoutingContext request) {
        if (request.queryParams().contains(AS_OF)) {
            replay(request, () -> {
                Map<String, String> parameters = parameters(request);
                long asOf = instant(AS_OF, parameters.getOrDefault(AS_OF, ""));
                parameters.remove(AS_OF);
                if (parameters.containsKey(AT)) {
                    throw new MalformedException("at and asOf exclude each other: ages are counted from asOf");
                }
                long now = now();
                if (asOf > now) {
                    throw new MalformedException(
                            "asOf must be an instant up to now, " + Instant.ofEpochSecond(now) + ", not a later one");
                }
                return earlier.view(query(request, parameters), earlier.basisAt(asOf), now);
            });
            return;
        }
        answer(
                request,
                readers.executeBlocking(
                        () -> {
                            DatasetDefinition definition = definitionOf(request);
                            Map<String, String> parameters = parameters(request);
                            long at = at(Optional.ofNullable(parameters.remove(AT)));
                            return picture.view(ViewQuery.parse(parameters, definition), at);
                        },
                        false));
    }

    /** The question is in the query, the basis is the body: it is too long for a request's first line. */
    private void viewOfBasis(RoutingContext request) {
        Buffer body = request.body().buffer();
        replay(request, () -> {
            Map<String, String> parameters = parameters(request);
            for (String excluded : List.of(AT, AS_OF)) {
                if (parameters.containsKey(excluded)) {
                    throw new MalformedException("the basis has its own instant, so " + excluded + " cannot be given");
                }
            }
            Basis basis = Basis.parse(body == null ? new byte[0] : body.getBytes());
            return earlier.view(query(request, parameters), basis, now());
        });
    }

    /** A query of what was the newest version at an earlier basis: it may have had what the newest has not. */
    private Function<NationalPicture, ViewQuery> query(RoutingContext request, Map<String, String> parameters) {
        DatasetVersions versions = versionsOf(request);
        String dataset = versions.newest().dataset();
        requireKnown(parameters, versions);
        return then -> ViewQuery.parse(parameters, then.definition(dataset));
    }

    /** Refuses at once, before anything is replayed, what no version of the dataset can answer. */
    private static void requireKnown(Map<String, String> parameters, DatasetVersions versions) {
        for (Hash older : versions.hashes().subList(1, versions.hashes().size())) {
            try {
                ViewQuery.parse(parameters, versions.get(older).orElseThrow());
                return;
            } catch (MalformedException e) {
                // then another version can, or the newest says why it cannot
            }
        }
        ViewQuery.parse(parameters, versions.newest());
    }

    private void checkpoints(RoutingContext request) {
        Future<CosignedBasis> found = readers.executeBlocking(
                () -> picture.cosignedBasis(
                        at(Optional.ofNullable(parameters(request).get(AT)))),
                false);
        found.onSuccess(cosigned -> {
                    ObjectNode answer = Json.object();
                    answer.set("basis", Json.parse(cosigned.basis().encode()));
                    ObjectNode notes = answer.putObject("checkpoints");
                    cosigned.checkpoints()
                            .forEach(
                                    (node, note) -> notes.put(node, new String(note.encode(), StandardCharsets.UTF_8)));
                    json(request, Json.encode(answer));
                })
                .onFailure(failure -> Problem.answer(request, failure));
    }

    /** The newest version of a definition, or the one with a hash. */
    private void definition(RoutingContext request) {
        Future<byte[]> bytes = readers.executeBlocking(
                () -> {
                    DatasetVersions versions = versionsOf(request);
                    String hash = parameters(request)
                            .getOrDefault(DEFINITION, versions.newestHash().toHex());
                    return versions.get(Hash.parseHex(hash))
                            .orElseThrow(() -> new NotFoundException("dataset "
                                    + versions.newest().dataset() + " has no definition " + hash + " here; there is "
                                    + versions.hashes().stream()
                                            .map(Hash::toHex)
                                            .collect(Collectors.joining(", "))))
                            .encode();
                },
                false);
        bytes.onSuccess(found -> json(request, found)).onFailure(failure -> Problem.answer(request, failure));
    }

    private void replay(RoutingContext request, Callable<NationalView> view) {
        answer(request, replays.admit(() -> replayers.executeBlocking(view, false)));
    }

    private static void answer(RoutingContext request, Future<NationalView> view) {
        view.onSuccess(found -> json(request, found.encode())).onFailure(failure -> Problem.answer(request, failure));
    }

    private static void json(RoutingContext request, byte[] answer) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(Buffer.buffer(answer));
    }

    private static Map<String, String> parameters(RoutingContext request) {
        Map<String, String> parameters = new TreeMap<>();
        request.queryParams().forEach(entry -> {
            if (parameters.put(entry.getKey(), entry.getValue()) != null) {
                throw new MalformedException("the parameter " + entry.getKey() + " is given twice");
            }
        });
        return parameters;
    }

    /** The instant from which ages are counted; a later one than now would make everything look older than it is. */
    private long at(Optional<String> text) {
        long now = now();
        if (text.isEmpty()) {
            return now;
        }
        long at = instant(AT, text.get());
        if (at > now || at < picture.newestLogTime()) {
            throw new MalformedException("at must be between the newest log time, "
                    + Instant.ofEpochSecond(picture.newestLogTime()) + ", and now, " + Instant.ofEpochSecond(now)
                    + "; asOf gives the answer of an earlier instant");
        }
        return at;
    }

    private static long instant(String parameter, String text) {
        try {
            return Instant.parse(text).getEpochSecond();
        } catch (DateTimeParseException e) {
            throw new MalformedException(
                    parameter + " must be an instant like 2026-11-01T12:00:00Z, not \"" + text + "\"", e);
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
