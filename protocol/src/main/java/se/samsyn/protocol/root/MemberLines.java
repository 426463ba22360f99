package se.samsyn.protocol.root;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;

/**
 * What a member hands over to be taken into a federation root: its root keys and the lines about itself.
 *
 * @param rootKeys its keys that sign roots; a member need not have one
 * @param member itself
 * @param may what some of its publisher keys may sign, by {@link VerifierKey#ref()}
 */
public record MemberLines(List<VerifierKey> rootKeys, Member member, Map<String, Set<String>> may) {
    private static final Set<RootWord> WORDS = EnumSet.of(
            RootWord.ROOT,
            RootWord.MEMBER,
            RootWord.TLS,
            RootWord.LOGKEY,
            RootWord.PUBLISHER,
            RootWord.MAY,
            RootWord.WITNESS);

    public MemberLines {
        rootKeys = List.copyOf(rootKeys);
        TreeMap<String, Set<String>> sorted = new TreeMap<>();
        may.forEach((key, kinds) -> sorted.put(key, Collections.unmodifiableSet(new TreeSet<>(kinds))));
        may = Collections.unmodifiableSortedMap(sorted);
    }

    /**
     * Reads lines of the grammar of a federation root: root, member (exactly one), tls, logkey, publisher, may,
     * witness.
     *
     * @throws MalformedException with all mistakes, each with its line and what was expected
     */
    public static MemberLines parse(String text) {
        if (text.length() > SignedNote.MAX_LENGTH || !text.endsWith("\n")) {
            throw new MalformedException(
                    "member lines have at most " + SignedNote.MAX_LENGTH + " characters and end in a line feed");
        }
        Mistakes mistakes = new Mistakes("file of member lines");
        List<String> all = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        RootLines lines = RootLines.read(all, 1, WORDS, mistakes);
        new RootRules(lines).checkNodes();
        if (lines.nodes.size() > 1) {
            mistakes.add("there are " + lines.nodes.size() + " member lines, expected one");
        }
        mistakes.refuseAny();
        Member member = lines.nodes.values().stream()
                .flatMap(node -> FederationRoot.member(lines, node).stream())
                .findFirst()
                .orElseThrow();
        return new MemberLines(lines.keys(KeyUse.ROOT), member, FederationRoot.may(lines));
    }

    /** The lines in their usual order, the root keys first. */
    public String encode() {
        StringBuilder text = new StringBuilder();
        RootText.appendKeys(text, KeyUse.ROOT, rootKeys);
        RootText.appendMember(text, this);
        return text.toString();
    }
}
