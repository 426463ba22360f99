package se.samsyn.protocol.audit;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;

/** Holds the policies, which nobody signed, against the newest federation root, which counts. */
final class PolicyAudit {
    private final AuditBundle bundle;
    private final FederationRoot root;
    private final Findings findings;

    PolicyAudit(AuditBundle bundle, FederationRoot root, Findings findings) {
        this.bundle = bundle;
        this.root = root;
        this.findings = findings;
    }

    void run() {
        if (bundle.file("policy.txt").isPresent()) {
            check("policy.txt", root.members(), root.members());
        }
        for (BundlePath path : bundle.ofKind(BundlePath.Kind.NODE_POLICY)) {
            String where = "policy/" + path.owner() + ".txt";
            if (root.member(path.owner()).isEmpty()) {
                findings.refuted(CheckKind.POLICY, where, "the federation root has no member " + path.owner());
                continue;
            }
            Member log = root.requireMember(path.owner());
            List<Member> others = root.members().stream()
                    .filter(member -> !member.equals(log))
                    .toList();
            check(where, List.of(log), others);
        }
    }

    private void check(String where, List<Member> logs, List<Member> voters) {
        int before = findings.refutations();
        findings.holds(CheckKind.POLICY, where, () -> {
            PolicyFile policy = PolicyFile.parse(Utf8.decode(bundle.file(where).orElseThrow()));
            compareKeys(where, "log", policy.logs(), keys(logs, Member::logKeys));
            compareKeys(where, "witness", policy.witnesses(), keys(voters, Member::witnesses));
            requireQuorum(policy.voters(), voters);
        });
        if (findings.refutations() == before) {
            findings.verified(CheckKind.POLICY, where, "the keys and the quorum of version " + root.version());
        }
    }

    private void requireQuorum(PolicyFile.Voters voters, List<Member> members) {
        Set<String> expected = members.stream()
                .map(member -> member.witnesses().get(0).name())
                .collect(Collectors.toCollection(TreeSet::new));
        if (voters.threshold() != root.quorum() || !voters.names().equals(expected)) {
            throw new RefutedException("the quorum is " + voters.threshold() + " of " + voters.names() + ", expected "
                    + root.quorum() + " of " + expected + " with one vote each");
        }
    }

    private void compareKeys(String where, String what, List<VerifierKey> policy, List<VerifierKey> listed) {
        for (VerifierKey key : policy) {
            if (!listed.contains(key)) {
                findings.refuted(
                        CheckKind.POLICY,
                        where,
                        what + " " + key.ref() + " is none of those that the root gives for it");
            }
        }
        for (VerifierKey key : listed) {
            if (key.type() != KeyType.ML_DSA_44 && !policy.contains(key)) {
                findings.refuted(CheckKind.POLICY, where, what + " " + key.ref() + " of the root is missing");
            }
        }
    }

    private static List<VerifierKey> keys(List<Member> members, Function<Member, List<VerifierKey>> keys) {
        return members.stream().flatMap(member -> keys.apply(member).stream()).toList();
    }
}
