package se.samsyn.node.log;

import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.tlog.MerkleTree;

/**
 * A signed entry on its way into a log, with what it does to the bodies beside the log. What can be hashed before its place in the log is
 * known is hashed by whoever appends: the log's one writer has enough to do.
 */
public final class LogEntry {
    private final byte[] entry;
    private final Hash leaf;
    private final Optional<Body> body;
    private final Optional<Hash> withdrawnBody;

    /**
     * A body under its hash.
     *
     * @param sha256 of the bytes
     */
    public record Body(Hash sha256, byte[] bytes) {}

    private LogEntry(byte[] entry, Optional<Body> body, Optional<Hash> withdrawnBody) {
        if (entry.length > EntryBundle.MAX_ENTRY_LENGTH) {
            throw new IllegalArgumentException(
                    "entry has " + entry.length + " bytes, expected at most " + EntryBundle.MAX_ENTRY_LENGTH);
        }
        this.entry = entry.clone();
        this.leaf = MerkleTree.leafHash(this.entry);
        this.body = body;
        this.withdrawnBody = withdrawnBody;
    }

    /**
     * An entry that is all there is.
     *
     * @throws IllegalArgumentException if no entry bundle can hold it: one such would stop the whole log
     */
    public static LogEntry inline(byte[] entry) {
        return new LogEntry(entry, Optional.empty(), Optional.empty());
    }

    /**
     * The release of a body.
     *
     * @throws IllegalArgumentException if no entry bundle can hold the entry
     */
    public static LogEntry release(byte[] entry, byte[] body) {
        return new LogEntry(entry, Optional.of(new Body(Hash.sha256(body), body)), Optional.empty());
    }

    /**
     * The retraction of a body.
     *
     * @throws IllegalArgumentException if no entry bundle can hold the entry
     */
    public static LogEntry retraction(byte[] entry, Hash body) {
        return new LogEntry(entry, Optional.empty(), Optional.of(body));
    }

    /** The bytes of the log's entry. */
    public byte[] entry() {
        return entry;
    }

    /** The entry's hash as a leaf of the log. */
    Hash leaf() {
        return leaf;
    }

    /** Of the summary that the entry releases, if it does. */
    public Optional<Body> body() {
        return body;
    }

    /** SHA-256 of the body that the entry retracts, if it does. */
    Optional<Hash> withdrawnBody() {
        return withdrawnBody;
    }
}
