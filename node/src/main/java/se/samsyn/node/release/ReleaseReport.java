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
 */
public record ReleaseReport(
        String dataset, List<String> released, int unchanged, Map<String, String> waiting, int notYet) {
    public ReleaseReport {
        released = List.copyOf(released);
        waiting = Map.copyOf(waiting);
    }
}
