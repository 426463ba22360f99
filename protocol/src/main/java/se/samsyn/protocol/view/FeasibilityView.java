package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.statement.FeasibilityAnswer;
import se.samsyn.protocol.statement.FeasibilityAnswer.Interest;
import se.samsyn.protocol.statement.FeasibilityRequest;
import se.samsyn.protocol.statistic.Figure;

/**
 * Who answered a request, what, how fast, and how many patients meet its criteria (SPEC section 8): a function of basis and request. Its
 * JSON is in {@code feasibility-view.schema.json}.
 */
public final class FeasibilityView {
    /** What a member's part in a request is. */
    enum State {
        /** Answered by the deadline. */
        ANSWERED,
        /** Answered after it. */
        LATE,
        /** No answer, and the deadline has not passed. */
        AWAITED,
        /** No answer, and the deadline has passed. */
        SILENT,
        /** The newest answer does not hold. */
        REJECTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is known of the patients of a member. */
    enum EligibleState {
        TOLD,
        WITHHELD,
        WITHDRAWN,
        UNTOLD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A member that was asked, or answered all the same.
     *
     * @param reason why its newest answer is rejected
     * @param days from the question to the first answer
     * @param answers how many there are
     * @param answer the newest
     * @param eligible what the summary that it names gives; empty unless told or withheld
     */
    record Part(
            String node,
            String scope,
            boolean asked,
            Optional<LogBasis> log,
            State state,
            Optional<String> reason,
            Optional<Long> days,
            int answers,
            Optional<FeasibilityAnswer> answer,
            EligibleState eligibleState,
            Optional<Figure> eligible) {
        boolean counts() {
            return asked && (state == State.ANSWERED || state == State.LATE);
        }
    }

    private final Hash id;
    private final FeasibilityRequest request;
    private final Basis basis;
    private final boolean current;
    private final List<Part> parts;
    private final List<String> notMembers;

    FeasibilityView(
            Hash id,
            FeasibilityRequest request,
            Basis basis,
            boolean current,
            List<Part> parts,
            List<String> notMembers) {
        this.id = id;
        this.request = request;
        this.basis = basis;
        this.current = current;
        this.parts = List.copyOf(parts);
        this.notMembers = List.copyOf(notMembers);
    }

    /** Canonical JSON: the same bytes from the same definitions, entries, request and basis. */
    public byte[] encode() {
        return CanonicalJson.encode(json());
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("feasibility", id.toHex())
                .put("definition", request.definition().toHex())
                .put("current", current)
                .put("open", !basis.today().isAfter(request.deadline()));
        request.write(json.putObject("request").put("node", request.node()));
        json.set("basis", basis.json());
        ArrayNode members = json.putArray("members");
        parts.forEach(part -> write(members.addObject(), part));
        ArrayNode others = json.putArray("notMembers");
        notMembers.forEach(others::add);
        writeTotals(json.putObject("totals"));
        return json;
    }

    private void write(ObjectNode json, Part part) {
        json.put("node", part.node())
                .put("scope", part.scope())
                .put("asked", part.asked())
                .put(
                        "stale",
                        part.log()
                                .map(log -> log.ageSeconds(basis.atSeconds()) > NationalView.MAX_AGE_SECONDS)
                                .orElse(true))
                .put("state", part.state().word())
                .put("answers", part.answers());
        part.log().ifPresent(log -> json.put("heardUntil", log.day().toString()));
        part.reason().ifPresent(reason -> json.put("reason", reason));
        part.days().ifPresent(days -> json.put("days", days));
        part.answer().ifPresent(answer -> {
            ObjectNode one = JsonNodeFactory.instance.objectNode();
            answer.write(one);
            one.remove("request");
            json.set("answer", one);
            json.put("eligibleState", part.eligibleState().word());
        });
        part.eligible().ifPresent(figure -> json.set("eligible", figure.json()));
    }

    private void writeTotals(ObjectNode totals) {
        Map<State, Integer> states = new EnumMap<>(State.class);
        Map<Interest, Integer> interests = new EnumMap<>(Interest.class);
        Figure capacity = new Figure.Exact(0);
        Figure eligible = new Figure.Exact(0);
        int asked = 0;
        for (Part part : parts) {
            if (!part.asked()) {
                continue;
            }
            asked++;
            states.merge(part.state(), 1, Integer::sum);
            Optional<FeasibilityAnswer> counted = part.answer().filter(answer -> part.counts());
            counted.ifPresent(answer -> interests.merge(answer.interest(), 1, Integer::sum));
            Figure untold = new Figure.AtLeast(0);
            capacity = capacity.plus(counted.filter(answer -> answer.capacity().isPresent())
                    .<Figure>map(answer -> new Figure.Exact(answer.capacity().getAsLong()))
                    .orElse(untold));
            eligible = eligible.plus(counted.flatMap(answer -> part.eligible()).orElse(untold));
        }
        boolean all = notMembers.isEmpty();
        totals.put("asked", asked + notMembers.size());
        for (State state : State.values()) {
            totals.put(state.word(), states.getOrDefault(state, 0));
        }
        for (Interest interest : Interest.values()) {
            totals.put(interest.word(), interests.getOrDefault(interest, 0));
        }
        totals.set("capacity", (all ? capacity : capacity.plus(new Figure.AtLeast(0))).json());
        totals.set("eligible", (all ? eligible : eligible.plus(new Figure.AtLeast(0))).json());
    }
}
