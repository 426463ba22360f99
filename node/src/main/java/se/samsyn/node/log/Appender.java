package se.samsyn.node.log;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import se.samsyn.protocol.tlog.TreeHead;

/** The way into the node's own log. */
@FunctionalInterface
public interface Appender {
    /**
     * Appends entries, together and in order.
     *
     * @return the head that has them, once it is on the disk; fails if it cannot be written
     */
    CompletableFuture<TreeHead> append(List<LogEntry> entries);
}
