package se.samsyn.node.peer;

import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node refused of what its peers sent, counted by the peer that sent it, for the operator to see. A reason is logged when it is
 * new; that a peer says the same bad thing again is counted alone, so that nobody fills a disk.
 */
public final class Refusals {
    /** UTF-16 units of a reason that are kept. */
    static final int MAX_REASON_LENGTH = 300;

    private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

    private final InstantSource clock;
    private final Map<String, Tally> byNode = new TreeMap<>();

    /**
     * How often a peer was refused since the start.
     *
     * @param reason why, the last time
     * @param timeSeconds when, the last time, in seconds since 1970
     */
    public record Tally(long count, String reason, long timeSeconds) {}

    public Refusals(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts one message. */
    public synchronized void count(String node, String reason) {
        String kept = bounded(reason.strip());
        Tally before = byNode.getOrDefault(node, new Tally(0, "", 0));
        byNode.put(node, new Tally(before.count() + 1, kept, clock.instant().getEpochSecond()));
        if (!before.reason().equals(kept)) {
            logger.warn("refused from {}: {}", node, kept);
        }
    }

    /** The counts so far, by node; only of those that were refused something. */
    public synchronized Map<String, Tally> byNode() {
        return new TreeMap<>(byNode);
    }

    private static String bounded(String reason) {
        return reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH) + "…";
    }
}
