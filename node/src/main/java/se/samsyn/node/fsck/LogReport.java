package se.samsyn.node.fsck;

import java.util.List;

/**
 * What was checked of one log, and what was found.
 *
 * @param node whose log it is
 * @param entries how many there are by the stored tree head
 * @param tiles hash tiles that were held against the entries
 * @param bodies bodies of summaries that stand
 * @param retracted summaries whose bodies must be gone
 * @param ahead bodies that came before the entries that name them, as an interrupted pull leaves them
 * @param checkpoints stored notes: signed, published, cosigned by this node
 * @param refused notes that were kept because they contradict the log
 */
public record LogReport(
        String node,
        long entries,
        int tiles,
        int bodies,
        int retracted,
        int ahead,
        int checkpoints,
        int refused,
        List<FsckFault> faults) {
    public LogReport {
        faults = List.copyOf(faults);
    }
}
