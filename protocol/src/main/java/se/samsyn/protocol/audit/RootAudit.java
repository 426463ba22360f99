package se.samsyn.protocol.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.RootChain;

/** Verifies every version of the federation root from the hash of the first. */
final class RootAudit {
    private static final String SINGLE = "root.note";

    private final AuditBundle bundle;
    private final Hash told;
    private final Findings findings;

    RootAudit(AuditBundle bundle, Hash told, Findings findings) {
        this.bundle = bundle;
        this.told = told;
        this.findings = findings;
    }

    /** The chain as far as it holds; nothing if its beginning does not. */
    Optional<RootChain> run() {
        List<String> paths = paths();
        if (paths.isEmpty()) {
            findings.notChecked(CheckKind.ROOT, SINGLE, "there is no federation root here, so that no key is known");
            return Optional.empty();
        }
        Optional<RootChain> chain = Optional.empty();
        for (String path : paths) {
            Optional<RootChain> before = chain;
            Optional<RootChain> extended = findings.found(CheckKind.ROOT, path, () -> extend(before, path));
            if (extended.isEmpty()) {
                break;
            }
            chain = extended;
            findings.rootVersions++;
            findings.verified(CheckKind.ROOT, path, describe(extended.get()));
        }
        if (!paths.contains(SINGLE) && bundle.file(SINGLE).isPresent()) {
            chain.ifPresent(whole -> compareNewest(whole, paths.get(paths.size() - 1)));
        }
        return chain;
    }

    /** The versions in order; a version that is missing shows when the next one does not follow. */
    private List<String> paths() {
        TreeMap<Long, String> versions = new TreeMap<>();
        for (BundlePath path : bundle.ofKind(BundlePath.Kind.ROOT_VERSION)) {
            versions.put(Long.parseLong(path.name()), "root/" + path.name() + ".note");
        }
        if (versions.isEmpty() && bundle.file(SINGLE).isPresent()) {
            return List.of(SINGLE);
        }
        return new ArrayList<>(versions.values());
    }

    private RootChain extend(Optional<RootChain> chain, String path) {
        SignedNote note = SignedNote.parse(bundle.file(path).orElseThrow());
        RootChain extended = chain.isPresent() ? chain.get().accept(note) : RootChain.begin(note, told);
        String named = "root/" + extended.newest().version() + ".note";
        if (!path.equals(SINGLE) && !path.equals(named)) {
            throw new RefutedException("it is version " + extended.newest().version() + ", expected in " + named);
        }
        return extended;
    }

    private void compareNewest(RootChain chain, String newest) {
        byte[] single = bundle.file(SINGLE).orElseThrow();
        if (Arrays.equals(single, bundle.file(newest).orElseThrow())) {
            findings.verified(
                    CheckKind.ROOT,
                    SINGLE,
                    "the same as version " + chain.newest().version());
        } else {
            findings.refuted(CheckKind.ROOT, SINGLE, "differs from " + newest + ", expected the newest version again");
        }
    }

    private static String describe(RootChain chain) {
        return "version " + chain.newest().version() + " of " + chain.newest().network() + ": "
                + chain.newest().members().size() + " members, quorum "
                + chain.newest().quorum();
    }
}
