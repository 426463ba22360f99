package se.samsyn.protocol.root;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.witness.Quorum;

/** What the lines of a federation root must say of each other, and which must be there. */
final class RootRules {
    private static final List<RootWord> REQUIRED =
            List.of(RootWord.VERSION, RootWord.PREVIOUS, RootWord.THRESHOLD, RootWord.QUORUM, RootWord.ROOT);

    private final RootLines lines;

    RootRules(RootLines lines) {
        this.lines = lines;
    }

    /** Checks a whole root. */
    void checkRoot() {
        REQUIRED.stream()
                .filter(word -> !lines.seen.contains(word))
                .forEach(word -> bad("there is no " + word.word() + " line"));
        checkPrevious();
        if (lines.issued.isPresent()
                && lines.expires.isPresent()
                && !lines.issued.get().isBefore(lines.expires.get())) {
            bad("expires " + lines.expires.get() + " is not after issued " + lines.issued.get());
        }
        int rootKeys = lines.keys(KeyUse.ROOT).size();
        if (lines.threshold > rootKeys) {
            bad("threshold " + lines.threshold + " of " + rootKeys + " root keys cannot be met");
        }
        checkNodes();
        checkQuorum();
    }

    /** Checks what lines say of the nodes and of their keys. */
    void checkNodes() {
        Set<String> members = lines.nodes.values().stream()
                .filter(node -> node.scope().isPresent())
                .map(RootLines.Node::name)
                .collect(Collectors.toSet());
        if (members.isEmpty()) {
            bad("there is no member line");
        }
        for (KeyUse use : List.of(KeyUse.LOG, KeyUse.PUBLISHER, KeyUse.WITNESS)) {
            checkKeys(use, members);
        }
        for (RootLines.TlsPin pin : lines.tlsPins) {
            if (!lines.nodes.containsKey(pin.node())) {
                lines.mistakes.add(pin.line(), "tls names no member and no observer: " + pin.node());
            }
        }
        Set<String> publishers =
                lines.keys(KeyUse.PUBLISHER).stream().map(key -> key.ref()).collect(Collectors.toSet());
        lines.may.forEach((key, may) -> {
            if (!publishers.contains(key)) {
                lines.mistakes.add(may.line(), "may names no publisher key: " + key);
            }
        });
    }

    private void checkKeys(KeyUse use, Set<String> members) {
        for (RootLines.Key key : lines.keys) {
            if (key.use() == use && !members.contains(use.node(key.key()))) {
                lines.mistakes.add(
                        key.line(), use.word() + " " + key.key().ref() + " is not named <member>" + use.suffix());
            }
        }
        KeyType needed = use.types().get(0);
        Set<String> owners = lines.keys(use).stream()
                .filter(key -> key.type() == needed)
                .map(use::node)
                .collect(Collectors.toSet());
        for (RootLines.Node node : lines.nodes.values()) {
            if (node.scope().isPresent() && !owners.contains(node.name())) {
                lines.mistakes.add(
                        node.line(),
                        "member " + node.name() + " has no " + use.word() + " line with a key of type "
                                + needed.hexCode());
            }
        }
    }

    private void checkPrevious() {
        Optional<String> previous = lines.previous;
        if (previous.isEmpty() || lines.version < 1) {
            return; // told already
        }
        if (lines.version == 1 && !previous.get().equals(FederationRoot.NO_PREVIOUS)) {
            bad("version 1 has previous " + previous.get() + ", expected " + FederationRoot.NO_PREVIOUS);
        }
        if (lines.version > 1) {
            try {
                Hash.parseHex(previous.get());
            } catch (MalformedException e) {
                bad("version " + lines.version + " has previous " + previous.get()
                        + ", expected the hex SHA-256 of the previous root's text");
            }
        }
    }

    private void checkQuorum() {
        int others = (int) lines.nodes.values().stream()
                        .filter(node -> node.scope().isPresent())
                        .count()
                - 1;
        if (others < 0 || lines.quorum < 1) {
            return; // told already
        }
        if (lines.quorum < Quorum.thresholdFor(others) || lines.quorum > others) {
            bad("quorum of " + lines.quorum + " with " + others + " other members, expected at least "
                    + Quorum.thresholdFor(others) + " and at most " + others);
        }
    }

    private void bad(String mistake) {
        lines.mistakes.add(mistake);
    }
}
