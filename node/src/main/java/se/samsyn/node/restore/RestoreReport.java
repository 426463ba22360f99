package se.samsyn.node.restore;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.protocol.dataset.Period;

/**
 * What a restore from peers did.
 *
 * @param node whose store it is
 * @param size entries of the own log
 * @param bodies of summaries that stand, each verified
 * @param checkpointFrom the peer that had the newest checkpoint
 * @param unreachable peers that could not be asked, with the reason; the node signs nothing until they have answered
 * @param records how many of each kind were taken over from the store before; empty if there was none
 * @param held periods by dataset whose last release is newer than these records, or that were held before: no rule releases them
 * @param mirrors logs of other members that were taken over from the store before; the others are pulled when the node runs
 * @param kept where the store before is kept, if there was one
 * @param warnings what else the operator must know, a sentence each
 */
public record RestoreReport(
        String node,
        long size,
        int bodies,
        String checkpointFrom,
        Map<String, String> unreachable,
        Map<String, Long> records,
        SortedMap<String, SortedSet<Period>> held,
        List<String> mirrors,
        Optional<Path> kept,
        List<String> warnings) {
    public RestoreReport {
        unreachable = Map.copyOf(unreachable);
        records = Map.copyOf(records);
        SortedMap<String, SortedSet<Period>> copied = new TreeMap<>();
        held.forEach(
                (dataset, periods) -> copied.put(dataset, Collections.unmodifiableSortedSet(new TreeSet<>(periods))));
        held = Collections.unmodifiableSortedMap(copied);
        mirrors = List.copyOf(mirrors);
        warnings = List.copyOf(warnings);
    }
}
