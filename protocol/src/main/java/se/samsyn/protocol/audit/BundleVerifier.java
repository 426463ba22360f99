package se.samsyn.protocol.audit;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.RootChain;

/**
 * Verifies a bundle from nothing but the hash of the federation root's first version: every version of the root, every log with all its
 * entries and bodies, and every claimed view. Nothing in the bundle is believed before it is verified, and there is nothing to switch off.
 */
public final class BundleVerifier {
    private final AuditBundle bundle;
    private final Hash told;
    private final long nowSeconds;

    /**
     * Prepares an audit.
     *
     * @param told the SHA-256 of the text of version 1 of the federation root, obtained on another channel
     * @param nowSeconds the auditor's clock, seconds since 1970: what is dated ahead of it does not count
     */
    public BundleVerifier(AuditBundle bundle, Hash told, long nowSeconds) {
        this.bundle = bundle;
        this.told = told;
        this.nowSeconds = nowSeconds;
    }

    /** Runs every check that can be run, whatever the others find. */
    public VerificationReport verify() {
        Findings findings = new Findings();
        return verify(new RootAudit(bundle, told, findings).run(), findings);
    }

    /** All checks but those of the federation root, given as far as it holds. */
    VerificationReport verify(Optional<RootChain> chain, Findings findings) {
        for (String path : bundle.unknown()) {
            findings.refuted(CheckKind.FILES, path, "an audit bundle has no such file");
        }
        if (chain.isPresent()) {
            verify(chain.get(), findings);
        } else {
            findings.unchecked("logs, policies, definitions and views, as no federation root can be trusted");
        }
        return VerificationReport.of(told, nowSeconds, findings);
    }

    private void verify(RootChain chain, Findings findings) {
        new PolicyAudit(bundle, chain.newest(), findings).run();
        EvidenceAudit evidence = new EvidenceAudit(chain, findings);
        evidence.run(bundle);
        Map<Hash, String> salts = new HashMap<>();
        Map<String, AuditedLog> logs = new TreeMap<>();
        for (String node : nodes(chain, findings)) {
            new LogAudit(bundle, chain, node, nowSeconds, findings)
                    .run(salts, evidence)
                    .ifPresent(log -> logs.put(node, log));
        }
        new ViewAudit(bundle, chain, logs, nowSeconds, findings).run();
    }

    /** All members of the newest version, and former ones whose logs are here. */
    private Set<String> nodes(RootChain chain, Findings findings) {
        Set<String> here = new TreeSet<>();
        for (BundlePath.Kind kind : BundlePath.Kind.values()) {
            if (kind == BundlePath.Kind.CHECKPOINT || kind == BundlePath.Kind.TILE || kind == BundlePath.Kind.SUMMARY) {
                bundle.ofKind(kind).forEach(path -> here.add(path.owner()));
            }
        }
        Set<String> nodes = new LinkedHashSet<>();
        chain.newest().members().forEach(member -> nodes.add(member.node()));
        chain.roots().stream()
                .flatMap(root -> root.members().stream())
                .map(Member::node)
                .filter(here::contains)
                .forEach(nodes::add);
        int before = findings.refutations();
        here.stream()
                .filter(node -> !nodes.contains(node))
                .forEach(node -> findings.refuted(
                        CheckKind.MEMBERS, "log/" + node, "no version of the federation root has such a member"));
        nodes.stream()
                .filter(node -> !here.contains(node))
                .forEach(node ->
                        findings.refuted(CheckKind.MEMBERS, "log/" + node, "the log of this member is missing"));
        if (findings.refutations() == before) {
            findings.verified(CheckKind.MEMBERS, "log", nodes.size() + " logs, one for each member");
        }
        nodes.retainAll(here);
        return nodes;
    }
}
