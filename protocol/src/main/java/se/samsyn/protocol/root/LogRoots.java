package se.samsyn.protocol.root;

import java.util.ArrayList;
import java.util.Comparator;
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
     * Takes the acceptances of one log, judged by a chain that is given as the whole one.
     *
     * @param acceptances in the order of the log
     * @throws RefutedException as {@link #with} says
     * @throws IllegalArgumentException if they are not in the order of the log
     */
    public static LogRoots of(RootChain chain, List<Acceptance> acceptances) {
        LogRoots roots = none(chain);
        try {
            for (Acceptance each : acceptances) {
                roots = roots.with(each);
            }
        } catch (LaterRootException e) {
            // here the chain is given as the whole one
            throw new RefutedException(String.valueOf(e.getMessage()));
        }
        return roots;
    }

    /** Of a log that has accepted no version yet. */
    public static LogRoots none(RootChain chain) {
        return new LogRoots(chain, List.of());
    }

    /**
     * These and the next acceptance of the log.
     *
     * @throws LaterRootException if it is of a version that the chain does not reach
     * @throws RefutedException if it is of a text that is not in the chain, or of an older version than the one before
     * @throws IllegalArgumentException if it is not in the order of the log
     */
    public LogRoots with(Acceptance next) {
        long index = acceptances.isEmpty() ? -1 : last().index();
        if (next.index() <= index) {
            throw new IllegalArgumentException("entry " + next.index() + " comes after entry " + index);
        }
        String what = "entry " + next.index() + " accepts version " + next.version() + " of the federation root";
        if (next.version() < newestAccepted()) {
            throw new RefutedException(what + ", after version " + newestAccepted());
        }
        if (next.version() > chain.newest().version()) {
            throw new LaterRootException(
                    what + ", which is at version " + chain.newest().version() + " here");
        }
        Hash expected = chain.version(next.version()).hash();
        if (!next.hash().equals(expected)) {
            throw new RefutedException(what + " with SHA-256 " + next.hash() + ", expected " + expected);
        }
        if (next.version() == newestAccepted()) {
            return this; // said again: nothing changes, and nobody shall make a list grow for it
        }
        List<Acceptance> more = new ArrayList<>(acceptances);
        more.add(next);
        return new LogRoots(chain, List.copyOf(more));
    }

    /** The newest version that the log has accepted, 0 if none. */
    public long newestAccepted() {
        return acceptances.isEmpty() ? 0 : last().version();
    }

    private Acceptance last() {
        return acceptances.get(acceptances.size() - 1);
    }

    /**
     * What may count for a tree that goes on from the entries known so far: whatever the log has accepted, or will have
     * accepted by then; the newest version first.
     */
    public List<RootInForce> candidates() {
        return chain.roots().stream()
                .filter(root -> root.version() >= newestAccepted())
                .sorted(Comparator.comparingLong(FederationRoot::version).reversed())
                .map(root -> new RootInForce(root, chain.newest().ends()))
                .toList();
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
