package se.samsyn.protocol.root;

import java.util.ArrayList;
import java.util.List;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

/**
 * A federation root's keys and quorum as a C2SP tlog-policy, for other people's tools; the root is what counts.
 *
 * <p>Log keys of type 0x06 are left out: a tool that does not know the type would refuse the whole policy, and one that
 * does not list them checks the 0x01 signature that every checkpoint has.
 */
public final class TrustPolicy {
    private static final String QUORUM = "members"; // no key is called so: their names have a slash

    private TrustPolicy() {}

    /**
     * The policy for all logs, with all witnesses.
     *
     * <p>A log's own witness is among them, since a policy cannot name others for each log; a node never cosigns its
     * own log.
     */
    public static String forAllLogs(FederationRoot root) {
        return policy(root, root.members(), root.members());
    }

    /**
     * The policy for one member's log, with all witnesses but its own.
     *
     * @throws se.samsyn.protocol.RefutedException if the node is no member
     */
    public static String forLog(FederationRoot root, String node) {
        Member log = root.requireMember(node);
        List<Member> others =
                root.members().stream().filter(member -> !member.equals(log)).toList();
        return policy(root, List.of(log), others);
    }

    private static String policy(FederationRoot root, List<Member> logs, List<Member> voters) {
        StringBuilder text = new StringBuilder("# version " + root.version() + " of the federation root of "
                + root.network() + ", SHA-256 " + root.hash() + "\n");
        for (Member log : logs) {
            log.logKeys().stream()
                    .filter(key -> key.type() == KeyType.ED25519)
                    .forEach(key -> text.append("log ").append(key.encode()).append('\n'));
        }
        List<String> names = new ArrayList<>();
        for (Member voter : voters) {
            names.add(appendVoter(text, voter));
        }
        text.append("group " + QUORUM + " ").append(root.quorum());
        names.forEach(name -> text.append(' ').append(name));
        return text.append("\nquorum " + QUORUM + "\n").toString();
    }

    /** Lists a member's witness keys and returns the one name under which it votes. */
    private static String appendVoter(StringBuilder text, Member voter) {
        String name = voter.node() + KeyUse.WITNESS.suffix();
        if (voter.witnesses().size() == 1) {
            appendWitness(text, name, voter.witnesses().get(0));
            return name;
        }
        StringBuilder group = new StringBuilder("group " + name + " any"); // a member keeps one vote
        for (VerifierKey key : voter.witnesses()) {
            appendWitness(text, key.ref(), key);
            group.append(' ').append(key.ref());
        }
        text.append(group).append('\n');
        return name;
    }

    private static void appendWitness(StringBuilder text, String name, VerifierKey key) {
        text.append("witness ").append(name).append(' ').append(key.encode()).append('\n');
    }
}
