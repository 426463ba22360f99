package se.samsyn.protocol.audit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.witness.Evidence;

/** Verifies evidence that a key signed two histories, with every key that any version of the root lists. */
public final class EvidenceAudit {
    private final List<VerifierKey> keys;
    private final Findings findings;
    private final Set<String> told = new LinkedHashSet<>();

    EvidenceAudit(RootChain chain, Findings findings) {
        this.keys = EvidenceKeys.of(chain.roots());
        this.findings = findings;
    }

    /**
     * What evidence proves.
     *
     * @throws RefutedException if it proves nothing, as {@link Evidence#verify} says
     */
    public static List<Evidence.Accusation> verify(Evidence evidence, RootChain chain) {
        return evidence.verify(EvidenceKeys.of(chain.roots()));
    }

    /** Verifies the files of a bundle. */
    void run(AuditBundle bundle) {
        for (BundlePath path : bundle.ofKind(BundlePath.Kind.EVIDENCE)) {
            String where = "evidence/" + path.name() + ".json";
            byte[] bytes = bundle.file(where).orElseThrow();
            boolean proven = findings.holds(CheckKind.EVIDENCE, where, () -> {
                if (!Hash.sha256(bytes).toHex().equals(path.name())) {
                    throw new RefutedException("SHA-256 of its bytes is " + Hash.sha256(bytes));
                }
                accuse(Evidence.parse(bytes).verify(keys));
            });
            if (proven) {
                findings.verified(CheckKind.EVIDENCE, where, "it proves what it says");
            }
        }
    }

    /** Judges evidence in a log: false evidence harms nobody, and is passed over. */
    void logged(String where, Evidence evidence) {
        try {
            accuse(evidence.verify(keys));
        } catch (RefutedException | MalformedException e) {
            findings.unchecked("evidence that proves nothing: " + where + ": " + e.getMessage());
        }
    }

    private void accuse(List<Evidence.Accusation> accusations) {
        for (Evidence.Accusation accusation : accusations) {
            if (told.add(accusation.text())) {
                findings.accusations.add(Findings.shown(accusation.text()));
            }
        }
    }
}
