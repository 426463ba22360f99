package se.samsyn.node.key;

import se.samsyn.protocol.note.KeyType;

/** What an Ed25519 key of a node is for; a key has one purpose only. */
enum Purpose {
    LOG("log", KeyType.ED25519),
    WITNESS("witness", KeyType.COSIGNATURE),
    PUBLISHER("publisher", KeyType.ED25519);

    private final String alias;
    private final KeyType type;

    Purpose(String alias, KeyType type) {
        this.alias = alias;
        this.type = type;
    }

    /** The key's name in the key file. */
    String alias() {
        return alias;
    }

    /** What follows the node's name in the name of the key. */
    String suffix() {
        return "/" + alias;
    }

    KeyType type() {
        return type;
    }
}
