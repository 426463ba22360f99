package se.samsyn.protocol.root;

import java.util.List;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;

/**
 * Which version of the root counts at which position of one log: the last one that the log itself says it accepted
 * below that position, together with all ends of the newest version.
 *
 * <p>So an old entry or checkpoint is judged by the keys of its own time, years after those were rotated, and a key
 * that was revoked later counts up to where it ended and no further.
 */
public final class LogRoots {
    /**
     * An entry of the log, which says that its node accepted a version of the root.
     *
     * @param index of the entry, from zero
     * @param version the version
     * @param hash SHA-256 of the version's text
     */
    public record Acceptance(long index, long version, Hash hash) {}

    private final RootChain chain;
    private final List<Acceptance> acceptances;

    private LogRoots(RootChain chain, List<Acceptance> acceptances) {
        this.chain = chain;
        this.acceptances = acceptances;
    }

    /**
     * Takes the acceptances of one log.
     *
     * @param acceptances in the order of the log
     * @throws RefutedException if one is of a text that is not in the chain, or of an older version than one before
     * @throws IllegalArgumentException if they are not in the order of the log
     */
    public static LogRoots of(RootChain chain, List<Acceptance> acceptances) {
        long index = -1;
        long version = 0;
        for (Acceptance each : acceptances) {
            if (each.index() <= index) {
                throw new IllegalArgumentException("entry " + each.index() + " comes after entry " + index);
            }
            String what = "entry " + each.index() + " accepts version " + each.version() + " of the federation root";
            if (each.version() < version) {
                throw new RefutedException(what + ", after version " + version);
            }
            Hash expected = chain.version(each.version()).hash();
            if (!each.hash().equals(expected)) {
                throw new RefutedException(what + " with SHA-256 " + each.hash() + ", expected " + expected);
            }
            index = each.index();
            version = each.version();
        }
        return new LogRoots(chain, List.copyOf(acceptances));
    }

    /**
     * What counts for the log's tree of a size, that is for its checkpoint; for the empty tree the newest version.
     *
     * @throws RefutedException if the log has accepted no version below that size
     */
    public RootInForce forTree(long size) {
        if (size == 0) {
            return RootInForce.newest(chain.newest());
        }
        Acceptance last = acceptances.stream()
                .filter(each -> each.index() < size)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new RefutedException("the log has " + size
                        + " entries, none of which accepts a version of the federation root; its first must"));
        return new RootInForce(chain.version(last.version()), chain.newest().ends());
    }

    /**
     * What counts for the entry at an index; an entry that accepts a version is itself judged by that version.
     *
     * @throws RefutedException if the log has accepted no version up to it
     */
    public RootInForce forEntry(long index) {
        return forTree(index + 1);
    }
}
