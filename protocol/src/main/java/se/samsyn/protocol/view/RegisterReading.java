package se.samsyn.protocol.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SortedMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.DatasetDefinition;

/**
 * The conflicts of a register that a view of another dataset reads beside its own.
 *
 * @param disputed the trials of all periods on which members disagree
 * @param whole whether every member told its part of every period that is expected
 * @param rejected by member, how many of its newest releases of any dataset do not count
 */
record RegisterReading(
        DatasetDefinition definition,
        Hash hash,
        List<MergedTrial> disputed,
        boolean whole,
        SortedMap<String, Integer> rejected)
        implements Reading {
    /** What was read: which definition. */
    void write(ObjectNode json) {
        json.put("dataset", definition.dataset()).put("definition", hash.toHex());
    }
}
