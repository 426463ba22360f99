package se.samsyn.protocol.root;

import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

/** What a key in the federation root is for; each key has one use, and except for root keys its name says which. */
enum KeyUse {
    ROOT("root", "", KeyType.ED25519),
    LOG("logkey", "/log", KeyType.ED25519),
    PUBLISHER("publisher", "/publisher", KeyType.ED25519),
    WITNESS("witness", "/witness", KeyType.COSIGNATURE);

    private final String word;
    private final String suffix;
    private final KeyType type;

    KeyUse(String word, String suffix, KeyType type) {
        this.word = word;
        this.suffix = suffix;
        this.type = type;
    }

    /** The first word of the lines that list such keys. */
    String word() {
        return word;
    }

    /** What the key's name has after the name of its node. */
    String suffix() {
        return suffix;
    }

    KeyType type() {
        return type;
    }

    /** The node that the key's name says it is of; empty if the name is not that of a key of this use. */
    String node(VerifierKey key) {
        String name = key.name();
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
    }
}
