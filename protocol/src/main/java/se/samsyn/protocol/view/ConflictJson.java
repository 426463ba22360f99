package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The conflicts of a register: how many trials disagree on each fact, and the first of these trials with who says what.
 */
final class ConflictJson {
    /** Trials that are listed; all are counted. */
    static final int MAX_TRIALS_LISTED = 100;
    /** Values of one fact that are listed. */
    static final int MAX_VALUES_LISTED = 16;

    private ConflictJson() {}

    static void write(ObjectNode json, List<MergedTrial> disputed) {
        Map<String, Integer> counts = new TreeMap<>();
        for (MergedTrial trial : disputed) {
            trial.conflicts().forEach(conflict -> counts.merge(conflict.attribute(), 1, Integer::sum));
        }
        json.put("count", disputed.size());
        ObjectNode byAttribute = json.putObject("byAttribute");
        counts.forEach(byAttribute::put);
        ArrayNode trials = json.putArray("trials");
        disputed.stream().limit(MAX_TRIALS_LISTED).forEach(trial -> writeTrial(trials.addObject(), trial));
    }

    private static void writeTrial(ObjectNode json, MergedTrial trial) {
        trial.writeIds(json);
        json.put("period", trial.year().period().toString());
        ArrayNode conflicts = json.putArray("conflicts");
        for (Conflict conflict : trial.conflicts()) {
            ObjectNode one =
                    conflicts.addObject().put("attribute", conflict.attribute()).put("taken", conflict.taken());
            ArrayNode values = one.putArray("values");
            conflict.nodesByValue().entrySet().stream().limit(MAX_VALUES_LISTED).forEach(said -> {
                ObjectNode value = values.addObject().put("value", said.getKey());
                said.getValue().forEach(value.putArray("nodes")::add);
            });
        }
    }
}
