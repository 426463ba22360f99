package se.samsyn.cli.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param seed of everything that is random
 * @param rounds in each of which everything is measured once, in turns
 * @param seconds that one measurement of a round takes
 * @param underWay releases that are handed to the log before the first of them is on the disk
 * @param revisions how often each summary was released, one history for each number
 * @param members of the network
 * @param years of summaries that each member released
 */
public record BenchPlan(
        long seed, int rounds, int seconds, int underWay, List<Integer> revisions, int members, int years) {
    public BenchPlan {
        revisions = List.copyOf(revisions);
    }

    long nanos() {
        return seconds * 1_000_000_000L;
    }
}
