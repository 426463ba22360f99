package se.samsyn.protocol.root;

import java.util.List;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

/** What a key in the federation root is for; each key has one use, and except for root keys its name says which. */
enum KeyUse {
    ROOT("root", "", KeyType.ED25519, false),
    LOG("logkey", "/log", KeyType.ED25519, true),
    PUBLISHER("publisher", "/publisher", KeyType.ED25519, false),
    WITNESS("witness", "/witness", KeyType.COSIGNATURE, false);

    private final String word;
    private final String suffix;
    private final KeyType type;
    private final boolean mlDsaBeside;

    KeyUse(String word, String suffix, KeyType type, boolean mlDsaBeside) {
        this.word = word;
        this.suffix = suffix;
        this.type = type;
        this.mlDsaBeside = mlDsaBeside;
    }

    /** The first word of the lines that list such keys. */
    String word() {
        return word;
    }

    /** What the key's name has after the name of its node. */
    String suffix() {
        return suffix;
    }

    /** The types that such keys may have. A member has one of the first at least. */
    List<KeyType> types() {
        return mlDsaBeside ? List.of(type, KeyType.ML_DSA_44) : List.of(type);
    }

    /** The node that the key's name says it is of; empty if the name is not that of a key of this use. */
    String node(VerifierKey key) {
        String name = key.name();
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
    }
}
