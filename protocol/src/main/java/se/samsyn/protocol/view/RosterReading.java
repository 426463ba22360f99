package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;

/**
 * A roster that a view of another dataset reads beside its own, at the same basis.
 *
 * @param newest of each thing its newest row
 * @param told by member the newest period that it told; empty for one that told none
 */
record RosterReading(
        DatasetDefinition definition, Hash hash, List<ListedRow> newest, SortedMap<String, Optional<Period>> told)
        implements Reading {
    /** What was read: which definition, and up to when each member told it. */
    void write(ObjectNode json) {
        json.put("dataset", definition.dataset()).put("definition", hash.toHex());
        ObjectNode periods = json.putObject("told");
        told.forEach((node, period) -> period.ifPresent(newest -> periods.put(node, newest.toString())));
        ArrayNode silent = json.putArray("silent");
        told.forEach((node, period) -> {
            if (period.isEmpty()) {
                silent.add(node);
            }
        });
    }
}
