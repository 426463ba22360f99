package se.samsyn.node.witness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.node.log.StoredLog;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.witness.Evidence.Accusation;

/** Of which keys and logs the node's own log has evidence already; read from the log, and only once there is something to tell. */
final class ToldEvidence {
    /** Times that the own log tells of one key in one log: again only of an earlier position, of which there may be very many. */
    static final int MAX_TOLD = 8;

    /** How the payload of an evidence statement begins, since its names are sorted; whole groups of three bytes. */
    private static final String BEGINNING = CanonicalBase64.encodeUrl("{\"evidence\":".getBytes(US_ASCII));

    private final StoredLog own;
    private final Map<String, Told> byAccused = new HashMap<>();
    private long readSize;

    /** How often it was told, and from which position at the earliest. */
    private record Told(int times, long size) {
        Told with(Told other) {
            return new Told(times + other.times, Math.min(size, other.size));
        }
    }

    ToldEvidence(StoredLog own) {
        this.own = own;
    }

    /** Whether the own log says this, or says it of an earlier position, or has said it often enough. */
    synchronized boolean isTold(Accusation accusation, Collection<VerifierKey> keys) {
        read(keys);
        Told told = byAccused.get(accused(accusation));
        return told != null && (told.size() <= accusation.size() || told.times() >= MAX_TOLD);
    }

    /** Whether there is room to tell any of these. */
    synchronized boolean hasRoomFor(List<Accusation> accusations) {
        return accusations.stream().anyMatch(accusation -> {
            Told told = byAccused.get(accused(accusation));
            return told == null || told.times() < MAX_TOLD;
        });
    }

    private void read(Collection<VerifierKey> keys) {
        for (byte[] entry : own.entries(readSize, own.head().size())) {
            readSize++;
            String[] parts = new String(entry, ISO_8859_1).split("\\.", -1);
            if (parts.length > 1
                    && parts[1].startsWith(BEGINNING)
                    && Statement.parse(CanonicalBase64.decodeUrl(parts[1])) instanceof EvidenceStatement one) {
                accusations(one, keys)
                        .forEach(accusation ->
                                byAccused.merge(accused(accusation), new Told(1, accusation.size()), Told::with));
            }
        }
    }

    private static List<Accusation> accusations(EvidenceStatement statement, Collection<VerifierKey> keys) {
        try {
            return statement.evidence().verify(keys);
        } catch (RefutedException | MalformedException e) {
            return List.of();
        }
    }

    private static String accused(Accusation accusation) {
        return accusation.key().ref() + " " + accusation.origin();
    }
}
