package se.samsyn.protocol.root;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.KeyEnd;
import se.samsyn.protocol.witness.Quorum;

/** The next version of a root in the making: the lines of the newest one, and what is to change in them. */
public final class RootProposal {
    private final FederationRoot previous;
    private final List<String> lines;
    private boolean quorumIsGiven;

    /** Begins with everything as it is in the newest version. */
    public RootProposal(FederationRoot previous) {
        this.previous = previous;
        this.lines = new ArrayList<>(previous.text().lines().toList());
        replaceSingle(RootWord.VERSION, Long.toString(previous.version() + 1));
        replaceSingle(RootWord.PREVIOUS, previous.hash().toHex());
    }

    /** When it is issued and when it expires, to the second. */
    public RootProposal valid(Instant from, Instant until) {
        replaceSingle(RootWord.ISSUED, RootDate.encode(from));
        replaceSingle(RootWord.EXPIRES, RootDate.encode(until));
        return this;
    }

    /** How many root keys must sign. */
    public RootProposal threshold(int keys) {
        replaceSingle(RootWord.THRESHOLD, Integer.toString(keys));
        return this;
    }

    /** Another quorum; else it stays, or becomes ⌊2n/3⌋+1 where the number of members changes. */
    public RootProposal quorum(int votes) {
        quorumIsGiven = true;
        replaceSingle(RootWord.QUORUM, Integer.toString(votes));
        return this;
    }

    /** Takes in a member with its root keys. */
    public RootProposal addMember(MemberLines member) {
        member.encode().lines().forEach(this::addLine);
        return this;
    }

    /**
     * Lets a member leave: takes out all its lines and its root keys (those named {@code <node>/…}), and ends its log
     * and publisher keys at the final size of its log.
     *
     * @param last of its log
     * @throws RefutedException if there is no such member
     */
    public RootProposal removeMember(String node, TreeHead last) {
        Member member = previous.requireMember(node);
        String owned = node + "/";
        lines.removeIf(line -> {
            String[] words = line.split(" ", -1);
            return switch (words[0]) {
                case "member", "tls" -> words[1].equals(node);
                case "root", "logkey", "publisher", "witness", "may" -> words[1].startsWith(owned);
                default -> false;
            };
        });
        Stream.concat(member.logKeys().stream(), member.publishers().stream())
                .map(key -> new KeyEnd(key.ref(), member.origin(), last))
                .filter(end -> !previous.ends().contains(end))
                .forEach(end -> addLine(RootText.endLine(end)));
        return this;
    }

    /**
     * Gives a member other places.
     *
     * @throws RefutedException if there is no such member
     */
    public RootProposal scope(String node, Scope scope) {
        Member member = previous.requireMember(node);
        replace(
                line -> line.startsWith("member " + node + " "),
                line -> "member " + node + " " + member.url() + " " + scope.encode());
        return this;
    }

    /** Adds a line as it is; {@link #build} refuses what it does not understand. */
    public RootProposal addLine(String line) {
        lines.add(line);
        return this;
    }

    /**
     * Takes out one line; with a publisher key, what it may sign.
     *
     * @param line the whole line, or the word and {@code <name>+<key ID>} of a key
     * @throws RefutedException if there is no such line
     */
    public RootProposal removeLine(String line) {
        List<String> found = lines.stream()
                .filter(each -> each.equals(line) || isKeyLine(each, line))
                .toList();
        if (found.size() != 1) {
            throw new RefutedException("version " + previous.version() + " has " + found.size() + " lines \"" + line
                    + "\", expected one: give it as it is there, of a key the word, name and key ID");
        }
        String[] words = found.get(0).split(" ", -1);
        if (Arrays.stream(RootWord.values())
                .anyMatch(word -> word.isSingle() && word.word().equals(words[0]))) {
            throw new RefutedException("\"" + line + "\" cannot be taken out, every version has such a line");
        }
        lines.remove(found.get(0));
        if (words[0].equals(RootWord.PUBLISHER.word())) {
            String ref = VerifierKey.parse(words[1]).ref();
            lines.removeIf(each -> each.startsWith("may " + ref + " "));
        }
        return this;
    }

    /**
     * Writes the text in the usual order of lines and checks it as a whole and against the version before.
     *
     * @throws MalformedException with all mistakes in it; the numbers of their lines count from the first line of the
     *     version before, what was added standing at the end
     * @throws RefutedException if it may not follow the version before
     */
    public FederationRoot build() {
        if (!quorumIsGiven) {
            long members =
                    lines.stream().filter(line -> line.startsWith("member ")).count();
            if (members != previous.members().size()) {
                replaceSingle(RootWord.QUORUM, Integer.toString(Quorum.thresholdFor((int) members - 1)));
            }
        }
        FederationRoot draft = FederationRoot.parse(String.join("\n", lines) + "\n");
        FederationRoot root = RootText.of(draft).build();
        RootTransition.check(List.of(previous), root);
        return root;
    }

    private static boolean isKeyLine(String line, String reference) {
        return reference.indexOf('+') > 0 && line.startsWith(reference + "+");
    }

    private void replaceSingle(RootWord word, String value) {
        String line = word.word() + " " + value;
        boolean replaced = replace(each -> each.startsWith(word.word() + " "), each -> line);
        if (!replaced) {
            lines.add(line);
        }
    }

    private boolean replace(Predicate<String> which, UnaryOperator<String> by) {
        boolean replaced = false;
        for (int i = 1; i < lines.size(); i++) {
            if (which.test(lines.get(i))) {
                lines.set(i, by.apply(lines.get(i)));
                replaced = true;
            }
        }
        return replaced;
    }
}
