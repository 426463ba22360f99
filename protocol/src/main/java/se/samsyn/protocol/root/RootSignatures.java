package se.samsyn.protocol.root;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;

/**
 * Who has signed a version of the root, and whose signature it waits for.
 *
 * @param version of the root
 * @param parts for version 1 its own keys; for a later version those of the version before, then its own
 */
public record RootSignatures(long version, List<Part> parts) {
    /**
     * The root keys of one version, of which a threshold signs.
     *
     * @param version whose keys these are
     * @param threshold how many must sign
     * @param signed those that have
     * @param missing those that have not
     */
    public record Part(long version, int threshold, List<VerifierKey> signed, List<VerifierKey> missing) {
        public Part {
            signed = List.copyOf(signed);
            missing = List.copyOf(missing);
        }

        /** True if enough have signed. */
        public boolean isComplete() {
            return signed.size() >= threshold;
        }

        /** How many more must sign, 0 if enough have. */
        public int needed() {
            return Math.max(0, threshold - signed.size());
        }
    }

    public RootSignatures {
        parts = List.copyOf(parts);
    }

    /**
     * Verifies the signatures of a version's own root keys and of those of the version before.
     *
     * @param previous the version before, which a later version than the first needs
     * @throws RefutedException if a line by one of these keys fails
     * @throws IllegalArgumentException if {@code previous} is not the version before
     */
    public static RootSignatures of(SignedNote note, FederationRoot root, Optional<FederationRoot> previous) {
        long before = previous.map(FederationRoot::version).orElse(0L);
        if (before != root.version() - 1) {
            throw new IllegalArgumentException(
                    "signatures of version " + root.version() + " are judged beside version " + before);
        }
        List<Part> parts = Stream.concat(previous.stream(), Stream.of(root))
                .map(each -> part(note, each))
                .toList();
        return new RootSignatures(root.version(), parts);
    }

    /**
     * Adds signatures to a version.
     *
     * @param signed the lines that there are; one of a key that signs now is replaced
     * @param keys each one of the version's root keys or of those of the version before
     * @throws RefutedException if one is not
     */
    public static SignedNote sign(
            FederationRoot root, Optional<FederationRoot> previous, List<SignatureLine> signed, List<SigningKey> keys) {
        List<SignatureLine> lines = new ArrayList<>(signed);
        for (SigningKey key : keys) {
            VerifierKey verifier = key.verifierKey();
            if (Stream.concat(previous.stream(), Stream.of(root))
                    .noneMatch(each -> each.rootKeys().contains(verifier))) {
                throw new RefutedException(
                        "root key " + verifier.ref() + " is none of those that sign version " + root.version());
            }
            SignatureLine line = key.signNote(root.text());
            lines.removeIf(other -> other.ref().equals(line.ref()));
            lines.add(line);
        }
        return SignedNote.of(root.text(), lines);
    }

    private static Part part(SignedNote note, FederationRoot root) {
        List<VerifierKey> signed = new ArrayList<>();
        List<VerifierKey> missing = new ArrayList<>();
        for (VerifierKey key : root.rootKeys()) {
            List<SignatureLine> lines = note.signatures().stream()
                    .filter(line -> line.ref().equals(key.ref()))
                    .toList();
            lines.forEach(line -> NoteVerifier.verifyLine(line, note.text(), key));
            (lines.isEmpty() ? missing : signed).add(key);
        }
        return new Part(root.version(), root.threshold(), signed, missing);
    }

    /** True if enough keys of every part have signed. */
    public boolean areComplete() {
        return parts.stream().allMatch(Part::isComplete);
    }

    /**
     * Insists on them.
     *
     * @throws RefutedException with how many are missing, and of which keys
     */
    public void requireComplete() {
        if (areComplete()) {
            return;
        }
        String lacking = parts.stream()
                .filter(part -> !part.isComplete())
                .map(RootSignatures::lacking)
                .collect(Collectors.joining("; "));
        throw new RefutedException(
                "version " + version + " of the federation root is not signed by enough: " + lacking);
    }

    private static String lacking(Part part) {
        return "signed by " + part.signed().size() + " of the root keys of version " + part.version() + ", expected "
                + part.threshold() + "; " + part.needed() + " more of "
                + part.missing().stream().map(VerifierKey::ref).collect(Collectors.joining(", "));
    }
}
