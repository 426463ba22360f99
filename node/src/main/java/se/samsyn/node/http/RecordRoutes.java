package se.samsyn.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import se.samsyn.node.Json;
import se.samsyn.node.record.DeletionReport;
import se.samsyn.node.record.DocumentReport;
import se.samsyn.node.record.FindingReport;
import se.samsyn.node.record.ImportRefusal;
import se.samsyn.node.record.ImportReport;
import se.samsyn.node.record.RecordImport;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.Intake;
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.protocol.MalformedException;

/** Takes records in and deletes them, and names those that something is wrong with; nothing else of them goes out here. */
final class RecordRoutes {
    private static final String KIND = "kind";
    private static final String NAME = "name";
    private static final int MAX_NAME_LENGTH = 300;
    private static final String KEYS = "keys";
    private static final String BEFORE = "before";
    /** Of a request to delete: as many keys as one may name, each of a few hundred characters. */
    private static final int MAX_DELETION_LENGTH = 8 << 20;

    private final Supplier<Intake> intake;
    private final WorkerExecutor writers;
    private final InstantSource clock;
    private final Uploads uploads = new Uploads(RecordImport.MAX_CSV_LENGTH);

    /**
     * @param writers run imports and deletions, one at a time
     * @param clock says which day is today
     */
    RecordRoutes(Supplier<Intake> intake, WorkerExecutor writers, InstantSource clock) {
        this.intake = intake;
        this.writers = writers;
        this.clock = clock;
    }

    void mount(Router router) {
        router.post("/api/v1/records/:kind").handler(this::receiveRecords);
        router.post("/api/v1/documents")
                .handler(BodyHandler.create(false).setBodyLimit(RecordImport.MAX_DOCUMENTS_LENGTH))
                .handler(request -> run(request, () -> importDocuments(request)));
        router.post("/api/v1/records/:kind/deletions")
                .handler(BodyHandler.create(false).setBodyLimit(MAX_DELETION_LENGTH))
                .handler(request -> run(request, () -> delete(request)));
        router.get("/api/v1/findings").handler(request -> run(request, () -> findings(request)));
    }

    private void receiveRecords(RoutingContext request) {
        uploads.receive(
                request,
                () -> {
                    var unused = kindOf(request);
                    return intake.get().newFolder();
                },
                file -> run(request, () -> importRecords(request, file)));
    }

    private ObjectNode importRecords(RoutingContext request, Path file) {
        ImportReport imported = intake.get().importCsv(kindOf(request), file);
        return answer(
                request,
                imported.toJson(),
                Set.of(imported.kind()),
                "all rows (" + imported.rows() + ") of the " + imported.kind() + " file");
    }

    private ObjectNode importDocuments(RoutingContext request) {
        List<String> names = request.queryParam(NAME);
        String name = names.isEmpty() ? "the file" : names.get(0);
        if (name.length() > MAX_NAME_LENGTH) {
            throw new MalformedException(NAME + " has more than " + MAX_NAME_LENGTH + " characters");
        }
        DocumentReport imported = intake.get().importDocuments(name, body(request));
        return answer(
                request,
                imported.toJson(),
                EnumSet.of(RecordKind.TRIAL, RecordKind.SITE),
                "the documents that were not refused");
    }

    private ObjectNode answer(RoutingContext request, ObjectNode imported, Set<RecordKind> kinds, String kept) {
        boolean later = request.queryParam("release").contains("later");
        ObjectNode answer = Json.object();
        answer.set("imported", imported);
        answer.set("released", ReleaseRoutes.toJson(later ? List.of() : releaseAfter(kinds, kept)));
        answer.set(ReleaseRoutes.WAITING_FOR_APPROVAL, Json.tree(intake.get().waitingForApproval(kinds)));
        return answer;
    }

    private List<ReleaseReport> releaseAfter(Set<RecordKind> kinds, String kept) {
        try {
            return intake.get().releaseByRule(kinds);
        } catch (RuntimeException e) {
            throw new KeptException(
                    kept + " are imported and kept, and nothing that"
                            + " rests on them was released; release it with POST /api/v1/releases?"
                            + kinds.stream()
                                    .map(kind -> "records=" + kind.wireName())
                                    .collect(Collectors.joining("&"))
                            + " or `samsyn release approve DATASET`, without another import. Reason:",
                    e);
        }
    }

    private ObjectNode findings(RoutingContext request) {
        Optional<String> kind = request.queryParam(KIND).stream().findFirst();
        Optional<String> limit = request.queryParam("limit").stream().findFirst();
        return intake.get()
                .findings(kind, limit.map(RecordRoutes::limit).orElse(FindingReport.MAX_LISTED))
                .toJson();
    }

    private static int limit(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new MalformedException("limit must be a number, not \"" + text + "\"", e);
        }
    }

    /** By keys, or by age: {@code {"keys": […]}} or {@code {"before": "2014-01-01"}}; with {@code ?try=true} nothing is. */
    private ObjectNode delete(RoutingContext request) {
        RecordKind kind = kindOf(request);
        JsonNode asked = Json.parse(body(request));
        asked.fieldNames().forEachRemaining(field -> {
            if (!field.equals(KEYS) && !field.equals(BEFORE)) {
                throw new MalformedException("unknown field \"" + field + "\"; a deletion names keys, or before");
            }
        });
        if (asked.has(KEYS) == asked.has(BEFORE)) {
            throw new MalformedException("a deletion names either keys, as a list, or before, as a day");
        }
        if (request.queryParam("try").contains("true")) {
            return asked.has(KEYS)
                    ? intake.get().tryDeleteByKeys(kind, keys(asked.get(KEYS)))
                    : intake.get().tryDeleteBefore(kind, day(asked.get(BEFORE)), today());
        }
        DeletionReport report = asked.has(KEYS)
                ? intake.get().deleteByKeys(kind, keys(asked.get(KEYS)))
                : intake.get().deleteBefore(kind, day(asked.get(BEFORE)), today());
        return report.toJson();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static List<String> keys(JsonNode list) {
        if (!list.isArray()) {
            throw new MalformedException("keys must be a list of texts");
        }
        List<String> keys = new ArrayList<>();
        list.forEach(key -> {
            if (!key.isTextual()) {
                throw new MalformedException("keys must be a list of texts");
            }
            keys.add(key.textValue());
        });
        return keys;
    }

    private static LocalDate day(JsonNode text) {
        try {
            return LocalDate.parse(text.asText());
        } catch (DateTimeParseException e) {
            throw new MalformedException("before must be a day, YYYY-MM-DD, not " + text, e);
        }
    }

    private static RecordKind kindOf(RoutingContext request) {
        try {
            return RecordKind.parse(request.pathParam(KIND));
        } catch (MalformedException e) {
            throw new NotFoundException(String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] body(RoutingContext request) {
        Buffer body = request.body().buffer();
        return body == null ? new byte[0] : body.getBytes();
    }

    /** Answers with what the call gives; the future ends when it is done. */
    private Future<Void> run(RoutingContext request, Callable<ObjectNode> call) {
        return writers.executeBlocking(call, false)
                .onSuccess(answer -> json(request, 200, answer))
                .onFailure(failure -> {
                    if (failure instanceof ImportRefusal refusal) {
                        json(
                                request,
                                422,
                                refusal.toJson().put("title", "Refused").put("detail", refusal.toText()));
                    } else {
                        Problem.answer(request, failure);
                    }
                })
                .otherwiseEmpty()
                .mapEmpty();
    }

    private static void json(RoutingContext request, int status, ObjectNode answer) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(Json.encode(answer)));
    }
}
