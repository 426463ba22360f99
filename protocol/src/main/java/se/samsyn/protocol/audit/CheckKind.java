package se.samsyn.protocol.audit;

/** What the checks of an audit are about; {@code SPEC.md} says of each what it holds against what. */
public enum CheckKind {
    /** Every file is one that a bundle has. */
    FILES("files"),
    /** Every version of the federation root, from the first, whose hash was told. */
    ROOT("root"),
    /** Policies for other people's tools say what the root says. */
    POLICY("policy"),
    /** Every member has a log here, and nobody else. */
    MEMBERS("members"),
    /** A log's checkpoint: form, origin, signatures. */
    CHECKPOINT("checkpoint"),
    /** Enough other members cosigned. */
    QUORUM("quorum"),
    /** All entries are here and make the signed root, and the roots at which keys ended. */
    TREE("tree"),
    /** Every tile and bundle that is here is what the entries give. */
    TILES("tiles"),
    /** Each entry's envelope, key, form, claims, and place among the others. */
    STATEMENTS("statements"),
    /** Each released body is here unless it was retracted, and then it is not. */
    BODIES("bodies"),
    /** Each definition is the one that a root authorises. */
    DEFINITION("definition"),
    /** Evidence proves what it says. */
    EVIDENCE("evidence"),
    /** The state that a view claims to be of is the one that the checkpoints sign. */
    BASIS("basis"),
    /** The claimed view is, byte for byte, what the logs give. */
    VIEW("view");

    private final String word;

    CheckKind(String word) {
        this.word = word;
    }

    /** As reports write it. */
    public String word() {
        return word;
    }
}
