package se.samsyn.node.store;

/** What a store remembers of itself over restarts, each with a text that says why. */
public enum StoreMark {
    /** It was put back from a backup or from peers: all other members are asked before anything is signed. */
    RESTORED("restored"),
    /** Something in it was found damaged and not all is verified again: nothing is signed. */
    DAMAGED("damaged"),
    /** Values were deleted that may still be in the files of the database or of its backups. */
    ERASING("erasing"),
    /** When values were last erased, as an instant: a backup that was made before may have them. */
    ERASED("erased");

    private final String key;

    StoreMark(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
