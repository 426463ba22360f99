package se.samsyn.protocol.root;

import java.net.URI;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import se.samsyn.protocol.Hash;

/**
 * A node that mirrors and reads without belonging: it has no log, no publisher and no witness.
 *
 * @param node its name
 * @param url where it is reached
 * @param tlsPins SHA-256 of the SubjectPublicKeyInfo of each key that it uses for TLS
 */
public record Observer(String node, URI url, Set<Hash> tlsPins) {
    public Observer {
        tlsPins = Collections.unmodifiableSortedSet(new TreeSet<>(tlsPins));
    }

    /** Its lines in a federation root. */
    public String encode() {
        StringBuilder text = new StringBuilder();
        RootText.appendObserver(text, this);
        return text.toString();
    }
}
