package se.samsyn.node.store;

/** The copies that a node makes of its store: what is erased from the store has to leave them too. */
public interface Copies {
    /** Those of a store that no copies are made of. */
    Copies NONE = store -> {};

    /**
     * Is told, on the thread that erases, that deleted bodies have left the files of the store.
     *
     * @throws RuntimeException if a copy may still have them; then it is told again later, also after a restart
     */
    void erased(Store store);
}
