package se.samsyn.protocol.witness;

import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * The position in a log at which a key's word ends; revocation goes by position and not by clock.
 *
 * @param key name and key ID, as {@link VerifierKey#ref()} gives them
 * @param origin of the log
 * @param last the largest tree for which the key's word counts
 */
public record KeyEnd(String key, String origin, TreeHead last) {
    /**
     * True if the key's word does not count for a tree of this log: larger than the last one, or another of its size.
     */
    public boolean ends(VerifierKey signer, String log, TreeHead tree) {
        return key.equals(signer.ref())
                && origin.equals(log)
                && (tree.size() > last.size() || (tree.size() == last.size() && !tree.equals(last)));
    }

    /** True if the key's word does not count for any tree of this log with this size. */
    public boolean endsBefore(VerifierKey signer, String log, long size) {
        return key.equals(signer.ref()) && origin.equals(log) && size > last.size();
    }

    /** True if the key's word does not count for an entry at an index of this log. */
    public boolean endsEntry(VerifierKey signer, String log, long index) {
        return key.equals(signer.ref()) && origin.equals(log) && index >= last.size();
    }
}
