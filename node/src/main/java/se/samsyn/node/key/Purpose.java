package se.samsyn.node.key;

import se.samsyn.protocol.note.KeyType;

/** What a signing key of a node is for; a key has one purpose only. */
public enum Purpose {
    LOG("log", "/log", KeyType.ED25519),
    LOG_ML_DSA("log-ml-dsa", "/log", KeyType.ML_DSA_44),
    WITNESS("witness", "/witness", KeyType.COSIGNATURE),
    PUBLISHER("publisher", "/publisher", KeyType.ED25519);

    private final String alias;
    private final String suffix;
    private final KeyType type;

    Purpose(String alias, String suffix, KeyType type) {
        this.alias = alias;
        this.suffix = suffix;
        this.type = type;
    }

    /** The name in the key file of the first such key; later ones have a number behind. */
    public String alias() {
        return alias;
    }

    /** What the key is called in the federation root. */
    String keyName(String node) {
        return node + suffix;
    }

    public KeyType type() {
        return type;
    }
}
