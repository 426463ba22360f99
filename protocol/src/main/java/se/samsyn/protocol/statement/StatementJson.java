package se.samsyn.protocol.statement;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.witness.Evidence;

/** The JSON of statements: the names of their fields, and the reading of a payload by the schema of its kind. */
final class StatementJson {
    static final String KIND = "kind";
    static final String NODE = "node";
    static final String ROOT = "root";
    static final String DATASET = "dataset";
    static final String DEFINITION = "definition";
    static final String PERIOD = "period";
    static final String SHA256 = "sha256";
    static final String LENGTH = "length";
    static final String SUPERSEDES = "supersedes";
    static final String HASH = "hash";
    static final String EVIDENCE = "evidence";
    static final String ASKED = "asked";
    static final String TITLE = "title";
    static final String PRODUCT = "product";
    static final String TABLE = "table";
    static final String CRITERIA = "criteria";
    static final String START = "start";
    static final String DEADLINE = "deadline";
    static final String MEMBERS = "members";
    static final String REQUEST = "request";
    static final String ANSWERED = "answered";
    static final String INTEREST = "interest";
    static final String CAPACITY = "capacity";
    static final String SITES = "sites";
    static final String NOTE = "note";
    static final String ELIGIBLE = "eligible";
    static final String FIGURE = "figure";

    /** All kinds of statements. */
    static final List<String> KINDS = List.of(
            SummaryStatement.KIND,
            Retraction.KIND,
            RootAccepted.KIND,
            EvidenceStatement.KIND,
            FeasibilityRequest.KIND,
            FeasibilityAnswer.KIND);

    private static final int FIRST_YEAR = 1970;
    private static final int END_YEAR = 3000;
    private static final Pattern NODE_NAME = Pattern.compile("[a-z0-9.-]{1,245}");
    private static final Pattern DATASET_NAME = Pattern.compile("[a-z0-9-]{1,100}");

    private StatementJson() {}

    static Statement parse(byte[] payload) {
        JsonNode json = CanonicalJson.parseCanonical(payload);
        String kind = json.path(KIND).asText();
        return switch (kind) {
            case SummaryStatement.KIND -> summary(checked(json, kind));
            case Retraction.KIND -> retraction(checked(json, kind));
            case RootAccepted.KIND -> rootAccepted(checked(json, kind));
            case EvidenceStatement.KIND -> evidence(checked(json, kind));
            case FeasibilityRequest.KIND -> FeasibilityJson.request(checked(json, kind));
            case FeasibilityAnswer.KIND -> FeasibilityJson.answer(checked(json, kind));
            default ->
                throw new MalformedException(
                        "/kind: \"" + kind + "\" is no kind of statement, expected " + String.join(", ", KINDS));
        };
    }

    private static JsonNode checked(JsonNode json, String kind) {
        JsonSchema.named("statement-" + kind).check(json);
        return json;
    }

    private static SummaryStatement summary(JsonNode json) {
        return new SummaryStatement(
                json.path(NODE).asText(),
                json.path(ROOT).asLong(),
                json.path(DATASET).asText(),
                hash(json, DEFINITION),
                Period.parse(json.path(PERIOD).asText()),
                hash(json, SHA256),
                json.path(LENGTH).asLong(),
                json.has(SUPERSEDES) ? Optional.of(hash(json, SUPERSEDES)) : Optional.empty());
    }

    private static Retraction retraction(JsonNode json) {
        return new Retraction(
                json.path(NODE).asText(), json.path(ROOT).asLong(), hash(json, SHA256), hash(json, SUPERSEDES));
    }

    private static RootAccepted rootAccepted(JsonNode json) {
        return new RootAccepted(json.path(NODE).asText(), json.path(ROOT).asLong(), hash(json, HASH));
    }

    private static EvidenceStatement evidence(JsonNode json) {
        return new EvidenceStatement(
                json.path(NODE).asText(), json.path(ROOT).asLong(), Evidence.of(json.path(EVIDENCE)));
    }

    private static Hash hash(JsonNode json, String field) {
        return Hash.parseHex(json.path(field).asText());
    }

    /** Checks what statements of every kind have. */
    static void checkHead(String node, long root) {
        checkNode(node);
        if (root < 1 || root > CanonicalJson.MAX_INTEGER) {
            throw new MalformedException("the version of the federation root is 1 to 2^53-1, not " + root);
        }
    }

    static void checkDataset(String dataset) {
        if (!DATASET_NAME.matcher(dataset).matches()) {
            throw new MalformedException("\"" + dataset + "\" is no name of a dataset: expected a-z, 0-9 and -");
        }
    }

    static void checkNode(String node) {
        if (!NODE_NAME.matcher(node).matches()) {
            throw new MalformedException("\"" + node + "\" is no name of a node: expected a-z, 0-9, . and -");
        }
    }

    static void checkDay(String what, LocalDate day) {
        checkYear(what, day.getYear());
    }

    static void checkMonth(String what, YearMonth month) {
        checkYear(what, month.getYear());
    }

    private static void checkYear(String what, int year) {
        if (year < FIRST_YEAR || year >= END_YEAR) {
            throw new MalformedException(what + " is within the years 1970 to 2999, not in " + year);
        }
    }

    /** Refuses a list that is not in its one order, each once. */
    static void checkAscending(String what, List<String> texts) {
        for (int i = 1; i < texts.size(); i++) {
            if (texts.get(i - 1).compareTo(texts.get(i)) >= 0) {
                throw new MalformedException(what + " are sorted, each once; " + texts.get(i) + " is out of place");
            }
        }
    }
}
