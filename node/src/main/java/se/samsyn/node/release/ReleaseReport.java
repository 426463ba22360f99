package se.samsyn.node.release;

import java.util.List;
import java.util.Map;

/**
 * What a release did with the periods of one dataset.
 *
 * @param released the periods that have a new summary
 * @param unchanged how many are as they were released before
 * @param waiting by period: why a correction is not released yet
 * @param notYet how many have records but cannot be released before they have ended
 * @param cells of the new summaries: how many cells that hold records are published, and how many are not, by the reason in words; for the
 *     member's own people, as a reason tells of its records
 */
public record ReleaseReport(
        String dataset,
        List<String> released,
        int unchanged,
        Map<String, String> waiting,
        int notYet,
        Map<String, Integer> cells) {
    public ReleaseReport {
        released = List.copyOf(released);
        waiting = Map.copyOf(waiting);
        cells = Map.copyOf(cells);
    }
}
