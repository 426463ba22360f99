package se.samsyn.protocol.root;

/** A word that may begin a line of a federation root, and how many words follow it. */
enum RootWord {
    VERSION("version", 1, true),
    PREVIOUS("previous", 1, true),
    ISSUED("issued", 1, true),
    EXPIRES("expires", 1, true),
    THRESHOLD("threshold", 1, true),
    ROOT("root", 1, false),
    MEMBER("member", 3, false),
    TLS("tls", 2, false),
    LOGKEY("logkey", 1, false),
    PUBLISHER("publisher", 1, false),
    MAY("may", 2, false),
    WITNESS("witness", 1, false),
    OBSERVER("observer", 2, false),
    DATASET("dataset", 2, false),
    QUORUM("quorum", 1, true),
    END("end", 6, false);

    private final String word;
    private final int arguments;
    private final boolean single;

    RootWord(String word, int arguments, boolean single) {
        this.word = word;
        this.arguments = arguments;
        this.single = single;
    }

    String word() {
        return word;
    }

    /** How many words follow. */
    int arguments() {
        return arguments;
    }

    /** True if there may be one such line only. */
    boolean isSingle() {
        return single;
    }
}
