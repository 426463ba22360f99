package se.samsyn.node.feasibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import se.samsyn.node.Json;
import se.samsyn.node.release.Releaser;
import se.samsyn.node.view.PictureKeeper;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.view.EligibleFigure;

/**
 * Where a coordinator's question and a member's answer become statements in the node's own log. What a person gives is checked as every
 * reader checks it; the number of patients is worked out here from what this member has released, and from nothing else.
 */
public final class FeasibilityDesk {
    /** In the place of a period: tell no number of patients. */
    public static final String NO_COHORTS = "none";

    private static final String COHORTS = "cohorts";
    private static final String MEMBERS = "members";
    private static final String DATASET = "dataset";
    private static final String TABLE = "table";
    private static final String ELIGIBLE = "eligible";

    private final String node;
    private final FederationRoot root;
    private final Releaser releaser;
    private final PictureKeeper picture;
    private final List<DatasetDefinition> definitions;
    private final InstantSource clock;

    public FeasibilityDesk(
            String node,
            FederationRoot root,
            Releaser releaser,
            PictureKeeper picture,
            List<DatasetDefinition> definitions,
            InstantSource clock) {
        this.node = node;
        this.root = root;
        this.releaser = releaser;
        this.picture = picture;
        this.definitions = List.copyOf(definitions);
        this.clock = clock;
    }

    /**
     * Asks; on return the request is in the node's log.
     *
     * @param body the fields of a request; {@code dataset} and its only table unless named, and all members unless some are
     * @return {@code asked}, {@code members}, {@code deadline}
     * @throws MalformedException if a field is not as it must be, or a code is unknown
     * @throws RefutedException if it asks nobody, or the deadline has passed
     */
    public ObjectNode ask(byte[] body) {
        ObjectNode json = object(body);
        DatasetDefinition definition = definition(json.path(DATASET).asText(COHORTS));
        json.put(DATASET, definition.dataset())
                .put("definition", definition.hash().toHex());
        if (!json.has(TABLE)) {
            json.put(
                    TABLE,
                    definition.tables().isEmpty()
                            ? ""
                            : definition.tables().get(0).name());
        }
        if (!json.has(MEMBERS)) {
            root.members().stream().map(member -> member.node()).sorted().forEach(json.putArray(MEMBERS)::add);
        }
        if (!json.has("criteria")) {
            json.putObject("criteria");
        }
        json.put("asked", today().toString());
        FeasibilityRequest request = (FeasibilityRequest) statement(json, FeasibilityRequest.KIND);
        EligibleFigure.check(definition, request.table(), request.criteria());
        for (String member : request.members()) {
            root.requireMember(member);
        }
        releaser.tell(version -> request);
        ObjectNode answer = Json.object()
                .put("asked", request.asked().toString())
                .put("deadline", request.deadline().toString());
        request.members().forEach(answer.putArray(MEMBERS)::add);
        return answer;
    }

    /**
     * Answers; on return the answer is in the node's log.
     *
     * @param request leaf hash of the request's entry
     * @param body the fields of an answer; {@code cohorts} names the period to count patients in, or {@link #NO_COHORTS}
     * @throws MalformedException if a field is not as it must be
     * @throws RefutedException if there is no such request, it does not ask this member, or nothing to count in is released
     */
    public ObjectNode answer(Hash request, byte[] body) {
        ObjectNode json = object(body);
        FeasibilityRequest asked = picture.ask(now(), (pictured, basis) -> pictured.feasibilityRequest(request, basis));
        if (!asked.members().contains(node)) {
            throw new RefutedException("the request asks " + String.join(", ", asked.members()) + " and not " + node
                    + "; whoever asked it can ask again, with this member among those that are asked");
        }
        if (json.has(ELIGIBLE)) {
            throw new MalformedException("/eligible: the number is worked out from what this member has released;"
                    + " cohorts names the period, or \"" + NO_COHORTS + "\"");
        }
        JsonNode cohorts = json.path(COHORTS);
        json.remove(COHORTS);
        if (!cohorts.asText().equals(NO_COHORTS)) {
            Optional<Period> period =
                    cohorts.isMissingNode() ? Optional.empty() : Optional.of(Period.parse(cohorts.asText()));
            FeasibilityAnswer.Eligible eligible = picture.ask(
                            now(), (pictured, basis) -> pictured.eligible(node, asked, period))
                    .orElseThrow(() -> new RefutedException("this member has no released summary of " + asked.dataset()
                            + period.map(one -> " " + one).orElse("")
                            + " that a quorum has seen; import its records and release them (samsyn release approve "
                            + asked.dataset() + "), or answer without a number of patients: --cohorts " + NO_COHORTS));
            json.putObject(ELIGIBLE)
                    .put(DATASET, eligible.dataset())
                    .put("period", eligible.period().toString())
                    .put("sha256", eligible.sha256().toHex())
                    .set("figure", eligible.figure().json());
        }
        if (!json.has("sites")) {
            json.putArray("sites");
        }
        json.put("request", request.toHex()).put("answered", today().toString());
        Statement answer = statement(json, FeasibilityAnswer.KIND);
        releaser.tell(version -> answer);
        return json;
    }

    /** What is to be signed, checked as every reader does. */
    private Statement statement(ObjectNode json, String kind) {
        json.put("kind", kind).put("node", node).put("root", root.version());
        JsonSchema.named("statement-" + kind).check(json);
        return Statement.parse(CanonicalJson.encode(json));
    }

    private DatasetDefinition definition(String name) {
        return definitions.stream()
                .filter(one -> one.dataset().equals(name))
                .findFirst()
                .orElseThrow(() -> new MalformedException("there is no dataset \"" + name + "\""));
    }

    private static ObjectNode object(byte[] body) {
        if (CanonicalJson.parse(body) instanceof ObjectNode json) {
            return json;
        }
        throw new MalformedException("the body must be a JSON object");
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
