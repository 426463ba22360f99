package se.samsyn.node.root;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.node.store.StoreReader;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.root.RootSignatures;
import se.samsyn.protocol.root.RootTransition;
import se.samsyn.protocol.root.VerifiedRoot;

/**
 * The federation root's versions in the store. The next one is taken once enough root keys have signed it, whoever brings it: that is what
 * the thresholds are for. One that still waits for signatures is kept in memory, so that signatures can come one by one.
 */
public final class RootKeeper {
    private final Store store;
    private volatile RootChain chain;
    private Optional<SignedNote> waiting = Optional.empty();

    /**
     * What became of a version that was offered.
     *
     * @param version its number
     * @param isNew true if it counts from now on
     * @param signatures who has signed it, if it does not count yet
     */
    public record Answer(long version, boolean isNew, Optional<RootSignatures> signatures) {
        /** True if it counts, now or before. */
        public boolean isAccepted() {
            return signatures.isEmpty();
        }
    }

    private RootKeeper(Store store, RootChain chain) {
        this.store = store;
        this.chain = chain;
    }

    /**
     * Reads and verifies the versions that a store holds.
     *
     * @param told the hash of version 1, as it was told on another channel
     * @throws StoreException if there is none, or a version does not follow from the one before
     */
    public static RootKeeper open(Store store, Hash told) {
        return new RootKeeper(store, read(store, told));
    }

    /**
     * Reads and verifies the versions that a store holds.
     *
     * @throws se.samsyn.protocol.RefutedException if there is none, or one does not follow from those before
     */
    public static RootChain read(StoreReader store, Hash told) {
        List<SignedNote> notes = new ArrayList<>();
        store.forEach(Columns.ROOT, (version, note) -> notes.add(SignedNote.parse(note)));
        return RootChain.verify(notes, told);
    }

    /** All versions, the newest last. */
    public RootChain chain() {
        return chain;
    }

    /** The next version, if one was offered that still waits for signatures, with those that it has. */
    public synchronized Optional<RootSignatures> waiting() {
        return waiting.map(note -> signatures(note, FederationRoot.parse(note.text())));
    }

    /**
     * Takes a version, or the signatures that it brings, from an operator, who can still have it mended.
     *
     * @throws se.samsyn.protocol.RefutedException if it does not follow from the newest one, a signature fails, or it would leave a log
     *     that is held here refuted
     * @throws se.samsyn.protocol.MalformedException if it is no federation root
     */
    public synchronized Answer offer(SignedNote note) {
        FederationRoot root = FederationRoot.parse(note.text());
        if (chain.contains(note)) {
            return new Answer(root.version(), false, Optional.empty());
        }
        RootTransition.check(chain.roots(), root);
        new EndedEntries(chain, node -> new StoredLog(store, node)).refuseBelow(root);
        // a line that fails is refused before it is put beside good ones, and what nobody can verify is left out
        SignedNote signed = known(note, signatures(note, root));
        SignedNote merged = waiting.filter(kept -> kept.text().equals(note.text()))
                .map(kept -> merge(kept, signed))
                .orElse(signed);
        RootSignatures signatures = signatures(merged, root);
        if (!signatures.areComplete()) {
            waiting = Optional.of(merged);
            return new Answer(root.version(), false, Optional.of(signatures));
        }
        take(chain.accept(merged));
        return new Answer(root.version(), true, Optional.empty());
    }

    /**
     * Takes a version that enough have signed, whoever brings it; what still waits for signatures is for operators to bring.
     *
     * @return true if it counts from now on, false if it did before
     * @throws se.samsyn.protocol.RefutedException if it does not follow from the newest one, or too few signed it
     * @throws se.samsyn.protocol.MalformedException if it is no federation root
     */
    public synchronized boolean accept(SignedNote note) {
        if (chain.contains(note)) {
            return false;
        }
        take(chain.accept(note));
        return true;
    }

    private void take(RootChain next) {
        VerifiedRoot newest = next.versions().get(next.versions().size() - 1);
        store.write(
                FailPoint.WRITE_ROOT,
                batch -> batch.put(
                        Columns.ROOT, newest.root().version(), newest.note().encode()));
        chain = next;
        waiting = Optional.empty();
    }

    private RootSignatures signatures(SignedNote note, FederationRoot root) {
        return RootSignatures.of(note, root, Optional.of(chain.newest()));
    }

    /** What nobody can verify is not kept. */
    private static SignedNote known(SignedNote note, RootSignatures signatures) {
        List<SignatureLine> lines = note.signatures().stream()
                .filter(line -> signatures.parts().stream()
                        .flatMap(part -> part.signed().stream())
                        .anyMatch(key -> key.ref().equals(line.ref())))
                .toList();
        if (lines.isEmpty()) {
            throw new RefutedException("version " + signatures.version()
                    + " of the federation root is signed by none of the root keys that may sign it");
        }
        return SignedNote.of(note.text(), lines);
    }

    private static SignedNote merge(SignedNote kept, SignedNote more) {
        List<SignatureLine> lines = new ArrayList<>(kept.signatures());
        more.signatures().stream()
                .filter(line -> lines.stream().noneMatch(other -> other.ref().equals(line.ref())))
                .forEach(lines::add);
        return SignedNote.of(kept.text(), lines);
    }
}
