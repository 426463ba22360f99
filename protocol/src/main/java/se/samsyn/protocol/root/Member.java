package se.samsyn.protocol.root;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.VerifierKey;

/**
 * A member of the network: it has a log, publishes, and votes.
 *
 * @param node its name, for example {@code skane.swetrial.example}
 * @param url where its peers reach it
 * @param scope the places that it speaks for
 * @param tlsPins SHA-256 of the SubjectPublicKeyInfo of each key that it uses for TLS
 * @param logKeys named {@code <node>/log}, at least one of type 0x01; those of type 0x06 sign beside it
 * @param publishers named {@code <node>/publisher}, type 0x01
 * @param witnesses named {@code <node>/witness}, type 0x04
 */
public record Member(
        String node,
        URI url,
        Scope scope,
        Set<Hash> tlsPins,
        List<VerifierKey> logKeys,
        List<VerifierKey> publishers,
        List<VerifierKey> witnesses) {
    public Member {
        tlsPins = Collections.unmodifiableSortedSet(new TreeSet<>(tlsPins));
        logKeys = List.copyOf(logKeys);
        publishers = List.copyOf(publishers);
        witnesses = List.copyOf(witnesses);
    }

    /** The origin of its log. */
    public String origin() {
        return node + KeyUse.LOG.suffix();
    }

    /** Its keys of every use but TLS. */
    Stream<VerifierKey> keys() {
        return Stream.of(logKeys, publishers, witnesses).flatMap(List::stream);
    }
}
