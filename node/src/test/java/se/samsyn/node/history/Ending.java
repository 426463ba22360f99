package se.samsyn.node.history;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;

/**
 * What became of a history.
 *
 * @param operations what was done, in order
 * @param views the hash of each node's views at its end
 * @param faults promises that were broken
 */
record Ending(long seed, Plan plan, List<String> operations, SortedMap<String, String> views, List<String> faults) {
    /** Has the history of a seed unfold, and looks at what is left. */
    static Ending of(long seed, Stores stores) {
        try (GeneratedHistory history = new GeneratedHistory(seed, stores)) {
            List<String> faults;
            SortedMap<String, String> views = new TreeMap<>();
            try {
                history.unfold();
                faults = HistoryChecks.of(history);
                for (GeneratedNode node : history.nodes.values()) {
                    if (node.isUp()) {
                        ToldView view =
                                new ToldView(history.network, node.parts().picture(), history.clock.seconds());
                        views.put(
                                node.name(),
                                Hash.sha256(view.costs(), view.trials()).toHex());
                    }
                }
            } catch (RuntimeException e) {
                faults = List.of(e.getClass().getSimpleName() + ": " + e.getMessage() + " at " + e.getStackTrace()[0]);
            }
            return new Ending(seed, history.plan, List.copyOf(history.operations), views, faults);
        }
    }

    @Override
    public String toString() {
        return "seed " + seed + " (again: -Dsamsyn.histories.seed=" + seed + " -Dsamsyn.histories=1), " + plan + "\n  "
                + String.join("\n  ", operations) + "\nBROKEN:\n  " + String.join("\n  ", faults) + "\n";
    }
}
