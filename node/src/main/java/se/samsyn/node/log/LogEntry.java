package se.samsyn.node.log;

import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.tlog.EntryBundle;

/**
 * A signed entry on its way into a log, with what it does to the bodies beside the log.
 *
 * @param entry the bytes of the log's entry
 * @param body of the summary that the entry releases, if it does
 * @param withdrawnBody SHA-256 of the body that the entry retracts, if it does
 */
public record LogEntry(byte[] entry, Optional<Body> body, Optional<Hash> withdrawnBody) {
    /**
     * A body under its hash, computed by whoever appends: the log's one writer has enough to do.
     *
     * @param sha256 of the bytes
     */
    public record Body(Hash sha256, byte[] bytes) {}

    /**
     * Takes an entry.
     *
     * @throws IllegalArgumentException if no entry bundle can hold it: one such would stop the whole log
     */
    public LogEntry {
        if (entry.length > EntryBundle.MAX_ENTRY_LENGTH) {
            throw new IllegalArgumentException(
                    "entry has " + entry.length + " bytes, expected at most " + EntryBundle.MAX_ENTRY_LENGTH);
        }
    }

    /** An entry that is all there is. */
    public static LogEntry inline(byte[] entry) {
        return new LogEntry(entry, Optional.empty(), Optional.empty());
    }

    /** The release of a body. */
    public static LogEntry release(byte[] entry, byte[] body) {
        return new LogEntry(entry, Optional.of(new Body(Hash.sha256(body), body)), Optional.empty());
    }

    /** The retraction of a body. */
    public static LogEntry retraction(byte[] entry, Hash body) {
        return new LogEntry(entry, Optional.empty(), Optional.of(body));
    }
}
