package se.samsyn.protocol.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.CosignedCheckpoint;
import se.samsyn.protocol.witness.Evidence;

/**
 * Verifies that a view's basis is the very state that the checkpoints sign: no log less, none older, and no evidence less than is in those
 * logs.
 */
final class BasisAudit {
    private final AuditBundle bundle;
    private final RootChain chain;
    private final Map<String, AuditedLog> logs;
    private final long nowSeconds;

    /** Takes the logs in which nothing was refuted. */
    BasisAudit(AuditBundle bundle, RootChain chain, Map<String, AuditedLog> logs, long nowSeconds) {
        this.bundle = bundle;
        this.chain = chain;
        this.logs = logs;
        this.nowSeconds = nowSeconds;
    }

    /**
     * Verifies a basis.
     *
     * @return what its evidence proves
     * @throws RefutedException if it is another state than the bundle's
     */
    Accusations verify(Basis basis) {
        FederationRoot root = chain.version(basis.rootVersion());
        if (!root.hash().equals(basis.rootHash())) {
            throw new RefutedException("it is under version " + basis.rootVersion()
                    + " of a federation root with SHA-256 " + basis.rootHash() + ", expected " + root.hash());
        }
        if (CosignedCheckpoint.isAhead(basis.atSeconds(), nowSeconds)) {
            throw new RefutedException(
                    "it is of " + Instant.ofEpochSecond(basis.atSeconds()) + ", ahead of the auditor's clock");
        }
        Accusations accusations = accusations(basis);
        for (AuditedLog log : logs.values()) {
            if (root.member(log.node()).isPresent()
                    && basis.log(log.node()).isEmpty()
                    && log.basis(accusations).isPresent()) {
                throw new RefutedException("it leaves out the log of " + log.node() + ", whose checkpoint of size "
                        + log.head().size() + " is under a quorum");
            }
        }
        for (LogBasis claimed : basis.logs()) {
            compare(claimed, root, basis.atSeconds(), accusations);
        }
        return accusations;
    }

    private void compare(LogBasis claimed, FederationRoot root, long atSeconds, Accusations accusations) {
        root.requireMember(claimed.node());
        if (CosignedCheckpoint.isAhead(claimed.timeSeconds(), atSeconds)) {
            throw new RefutedException("the log of " + claimed.node() + " has time "
                    + Instant.ofEpochSecond(claimed.timeSeconds()) + ", ahead of the view's instant");
        }
        AuditedLog log = logs.get(claimed.node());
        if (log == null) {
            return; // what is wrong with that log is told where it is
        }
        LogBasis expected = log.basis(accusations)
                .orElseThrow(() -> new RefutedException("it has the log of " + claimed.node()
                        + ", whose checkpoint is under no quorum without the witnesses that its evidence accuses"));
        if (!claimed.equals(expected)) {
            throw new RefutedException("the log of " + claimed.node() + " is taken at " + text(claimed)
                    + ", its checkpoint here gives " + text(expected));
        }
    }

    /** What the basis names must be here and prove something, and must prove all that the basis' own logs prove. */
    private Accusations accusations(Basis basis) {
        List<VerifierKey> keys = EvidenceKeys.of(chain.roots().subList(0, Math.toIntExact(basis.rootVersion())));
        List<Evidence> logged = logged(basis);
        Accusations named = Accusations.NONE;
        for (Hash sha256 : basis.evidence()) {
            try {
                named = named.with(find(sha256, logged), keys);
            } catch (RefutedException | MalformedException e) {
                throw new RefutedException("its evidence " + sha256 + ": " + e.getMessage());
            }
        }
        Accusations all = named;
        for (Evidence one : logged) {
            try {
                all = all.with(one, keys);
            } catch (RefutedException e) {
                // false evidence harms nobody; that it is false is told where the log is
            }
        }
        for (Hash sha256 : all.evidence()) {
            if (!basis.evidence().contains(sha256)) {
                throw new RefutedException(
                        "it leaves out evidence " + sha256 + ", which is in one of its logs: " + proven(all, sha256));
            }
        }
        for (Hash sha256 : basis.evidence()) {
            if (!all.evidence().contains(sha256)) {
                throw new RefutedException(
                        "its evidence " + sha256 + " proves nothing beyond the other evidence in it");
            }
        }
        return all;
    }

    private List<Evidence> logged(Basis basis) {
        List<Evidence> logged = new ArrayList<>();
        for (LogBasis log : basis.logs()) {
            Optional.ofNullable(logs.get(log.node())).ifPresent(audited -> logged.addAll(audited.evidence()));
        }
        return logged;
    }

    private Evidence find(Hash sha256, List<Evidence> logged) {
        return bundle.file("evidence/" + sha256.toHex() + ".json")
                .filter(bytes -> Hash.sha256(bytes).equals(sha256))
                .map(Evidence::parse)
                .or(() -> logged.stream()
                        .filter(one -> Hash.sha256(one.encode()).equals(sha256))
                        .findFirst())
                .orElseThrow(() -> new RefutedException("it is neither in a log of the basis nor in the bundle"));
    }

    private static String proven(Accusations accusations, Hash sha256) {
        return accusations.all().stream()
                .filter(proven -> proven.sha256().equals(sha256))
                .map(proven -> proven.accusation().text())
                .findFirst()
                .orElseThrow();
    }

    private static String text(LogBasis log) {
        return "size " + log.head().size() + ", root " + log.head().root() + ", time "
                + Instant.ofEpochSecond(log.timeSeconds());
    }
}
