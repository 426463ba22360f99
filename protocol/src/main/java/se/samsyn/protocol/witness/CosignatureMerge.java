package se.samsyn.protocol.witness;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifiedSignature;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;

/** The rule by which a log puts its checkpoint and the cosignatures that it has collected into one note. */
final class CosignatureMerge {
    private record Dated(SignatureLine line, long timeSeconds) {}

    private final String text;
    private final Map<String, VerifierKey> witnesses = new HashMap<>();
    private final long nowSeconds;

    CosignatureMerge(String text, Quorum quorum, long nowSeconds) {
        this.text = text;
        this.nowSeconds = nowSeconds;
        quorum.keys().forEach(key -> witnesses.put(key.ref(), key));
    }

    SignedNote merge(SignedNote signed, Collection<SignatureLine> collected) {
        String origin = Checkpoint.parse(text).origin();
        List<SignatureLine> logLines = signed.signatures().stream()
                .filter(line -> line.name().equals(origin))
                .distinct()
                .toList();
        List<Dated> verified = Stream.concat(signed.signatures().stream(), collected.stream())
                .filter(line -> !line.name().equals(CosignedCheckpoint.ownWitness(origin)))
                .flatMap(line -> dated(line).stream())
                .toList();
        List<SignatureLine> cosignatures = newest(verified, SignatureLine::ref);
        if (logLines.size() + cosignatures.size() > SignedNote.MAX_SIGNATURES) {
            cosignatures = newest(verified, SignatureLine::name); // still a vote of every member
        }
        return SignedNote.of(
                text, Stream.concat(logLines.stream(), cosignatures.stream()).toList());
    }

    /** The newest line for each key or name, sorted by it. */
    private static List<SignatureLine> newest(List<Dated> lines, Function<SignatureLine, String> by) {
        Map<String, Dated> newest = new TreeMap<>();
        lines.forEach(dated -> newest.merge(by.apply(dated.line()), dated, CosignatureMerge::newer));
        return newest.values().stream().map(Dated::line).toList();
    }

    /** The line with its time, if it is a known witness's, holds, and is not dated ahead. */
    private Optional<Dated> dated(SignatureLine line) {
        VerifierKey witness = witnesses.get(line.ref());
        if (witness == null) {
            return Optional.empty();
        }
        try {
            VerifiedSignature signature = NoteVerifier.verifyLine(line, text, witness);
            return CosignedCheckpoint.isAhead(signature.timeSeconds(), nowSeconds)
                    ? Optional.empty()
                    : Optional.of(new Dated(line, signature.timeSeconds()));
        } catch (RefutedException e) { // published, it would make every reader refuse the whole note
            return Optional.empty();
        }
    }

    private static Dated newer(Dated a, Dated b) {
        return b.timeSeconds() > a.timeSeconds() ? b : a;
    }
}
