package se.samsyn.protocol.root;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import se.samsyn.protocol.note.VerifierKey;

/** The keys whose lines in evidence are verified: those of every log and witness that some version of the root lists. */
public final class EvidenceKeys {
    private EvidenceKeys() {}

    /** The keys of these versions, each once. */
    public static List<VerifierKey> of(Collection<FederationRoot> versions) {
        return versions.stream()
                .flatMap(root -> root.members().stream())
                .flatMap(member -> Stream.concat(member.logKeys().stream(), member.witnesses().stream()))
                .distinct()
                .toList();
    }
}
