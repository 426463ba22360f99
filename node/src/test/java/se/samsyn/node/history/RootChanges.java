package se.samsyn.node.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import se.samsyn.node.key.Purpose;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootProposal;

/**
 * What the holders of the root keys do: they list a member's next keys of every purpose beside those that it has, take out the old ones in
 * a later version, and bring each version to one node, from which the others have to get it.
 */
final class RootChanges {
    private final GeneratedHistory history;
    private final Map<String, Integer> oldest = new HashMap<>();
    private final Map<String, Integer> newest = new HashMap<>();
    private final List<SignedNote> notes = new ArrayList<>();
    private FederationRoot root;

    RootChanges(GeneratedHistory history) {
        this.history = history;
        this.root = history.network.root();
    }

    /** Makes the next version, unless nobody has taken the last one yet, and brings it to a node. */
    void operate(GeneratedNode node) {
        boolean taken = history.staying().stream()
                .anyMatch(each -> each.isUp() && each.roots().chain().newest().equals(root));
        if (taken) {
            propose(history.pick(List.copyOf(history.nodes.keySet())));
        }
        bring(node);
    }

    /** Brings the versions that there are to a node, in their order. */
    void bring(GeneratedNode node) {
        for (SignedNote note : notes) {
            if (node.isUp()
                    && node.roots().chain().newest().version()
                            == FederationRoot.parse(note.text()).version() - 1) {
                node.offer(note);
            }
        }
    }

    private void propose(String member) {
        int from = oldest.getOrDefault(member, 0);
        int to = newest.getOrDefault(member, 0);
        if (to == from && to + 1 == GeneratedNetwork.KEY_GENERATIONS) {
            return;
        }
        RootProposal proposal = new RootProposal(root);
        if (to == from) {
            lines(member, to + 1).forEach((word, keys) -> keys.forEach(key -> proposal.addLine(word + key.encode())));
            newest.put(member, to + 1);
        } else {
            lines(member, from).forEach((word, keys) -> keys.forEach(key -> proposal.removeLine(word + key.ref())));
            oldest.put(member, from + 1);
        }
        FederationRoot next = proposal.build();
        notes.add(history.network.sign(next, root));
        root = next;
        history.operations.add("version " + root.version() + " of the root "
                + (to == from ? "lists new keys of " : "takes out the old keys of ") + Request.shortName(member));
    }

    private Map<String, List<VerifierKey>> lines(String member, int generation) {
        return Map.of(
                "logkey ", history.network.logKeys(member, generation),
                "publisher ",
                        List.of(history.network
                                .key(member, Purpose.PUBLISHER, generation)
                                .verifierKey()),
                "witness ",
                        List.of(history.network
                                .key(member, Purpose.WITNESS, generation)
                                .verifierKey()));
    }
}
