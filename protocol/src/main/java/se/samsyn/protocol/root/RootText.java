package se.samsyn.protocol.root;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.witness.KeyEnd;
import se.samsyn.protocol.witness.Quorum;

/** A federation root in the making: its parts, from which its text is written in the usual order of lines. */
public final class RootText {
    private final String network;
    private long version = 1;
    private Optional<Hash> previous = Optional.empty();
    private Optional<Instant> issued = Optional.empty();
    private Optional<Instant> expires = Optional.empty();
    private int threshold = 1;
    private OptionalInt quorum = OptionalInt.empty();
    private final List<VerifierKey> rootKeys = new ArrayList<>();
    private final List<MemberLines> members = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>();
    private final List<AuthorisedDataset> datasets = new ArrayList<>();
    private final List<KeyEnd> ends = new ArrayList<>();
    private final List<String> extras = new ArrayList<>();

    /** Begins version 1 of a network's root, with threshold 1 until told otherwise. */
    public RootText(String network) {
        this.network = network;
    }

    /** All parts of a root, so that the same is written in the usual order. */
    static RootText of(FederationRoot root) {
        RootText text = new RootText(root.network()).threshold(root.threshold()).quorum(root.quorum());
        text.version = root.version();
        text.previous = root.previous();
        text.issued = root.issued();
        text.expires = root.expires();
        text.rootKeys.addAll(root.rootKeys());
        root.members().forEach(member -> text.members.add(new MemberLines(List.of(), member, may(root, member))));
        text.observers.addAll(root.observers());
        text.datasets.addAll(root.datasets());
        text.ends.addAll(root.ends());
        text.extras.addAll(root.extras());
        return text;
    }

    private static Map<String, Set<String>> may(FederationRoot root, Member member) {
        return root.may().entrySet().stream()
                .filter(may ->
                        member.publishers().stream().anyMatch(key -> key.ref().equals(may.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Makes it a later version. */
    public RootText follows(FederationRoot before) {
        version = before.version() + 1;
        previous = Optional.of(before.hash());
        return this;
    }

    /** When it was issued and when it expires, to the second. */
    public RootText valid(Instant from, Instant until) {
        issued = Optional.of(from);
        expires = Optional.of(until);
        return this;
    }

    /** How many root keys must sign. */
    public RootText threshold(int keys) {
        threshold = keys;
        return this;
    }

    /** Another quorum than ⌊2n/3⌋+1; it can be higher, not lower. */
    public RootText quorum(int votes) {
        quorum = OptionalInt.of(votes);
        return this;
    }

    /** Adds a root key that comes with no member. */
    public RootText rootKey(VerifierKey key) {
        rootKeys.add(key);
        return this;
    }

    /** Adds a member with its root keys. */
    public RootText member(MemberLines lines) {
        rootKeys.addAll(lines.rootKeys());
        members.add(lines);
        return this;
    }

    public RootText observer(Observer observer) {
        observers.add(observer);
        return this;
    }

    /** Adds a definition that summaries may be made under. */
    public RootText dataset(String name, Hash definition) {
        datasets.add(new AuthorisedDataset(name, definition));
        return this;
    }

    /** Adds a position at which a key ends. */
    public RootText end(KeyEnd end) {
        ends.add(end);
        return this;
    }

    /**
     * Writes the text and reads it again.
     *
     * @throws se.samsyn.protocol.MalformedException with all mistakes in the parts
     */
    public FederationRoot build() {
        return FederationRoot.parse(encode());
    }

    private String encode() {
        StringBuilder text = new StringBuilder();
        line(text, network + FederationRoot.HEADER);
        line(text, "version", version);
        line(text, "previous", previous.map(Hash::toHex).orElse(FederationRoot.NO_PREVIOUS));
        issued.ifPresent(instant -> line(text, "issued", RootDate.encode(instant)));
        expires.ifPresent(instant -> line(text, "expires", RootDate.encode(instant)));
        line(text, "threshold", threshold);
        appendKeys(text, KeyUse.ROOT, rootKeys);
        members.forEach(member -> appendMember(text, member));
        observers.forEach(observer -> appendObserver(text, observer));
        datasets.forEach(dataset -> line(text, "dataset", dataset.name(), dataset.definition()));
        ends.forEach(end -> line(text, endLine(end)));
        extras.forEach(extra -> line(text, extra));
        line(text, "quorum", quorum.orElse(Quorum.thresholdFor(members.size() - 1)));
        return text.toString();
    }

    static void appendMember(StringBuilder text, MemberLines lines) {
        Member member = lines.member();
        line(text, "member", member.node(), member.url(), member.scope().encode());
        appendTls(text, member.node(), member.tlsPins());
        appendKeys(text, KeyUse.LOG, member.logKeys());
        appendKeys(text, KeyUse.PUBLISHER, member.publishers());
        for (Map.Entry<String, Set<String>> may : lines.may().entrySet()) {
            line(text, "may", may.getKey(), String.join(",", may.getValue()));
        }
        appendKeys(text, KeyUse.WITNESS, member.witnesses());
    }

    static void appendObserver(StringBuilder text, Observer observer) {
        line(text, "observer", observer.node(), observer.url());
        appendTls(text, observer.node(), observer.tlsPins());
    }

    static void appendKeys(StringBuilder text, KeyUse use, List<VerifierKey> keys) {
        keys.forEach(key -> line(text, use.word(), key.encode()));
    }

    private static void appendTls(StringBuilder text, String node, Set<Hash> pins) {
        pins.forEach(pin -> line(text, "tls", node, pin.toBase64()));
    }

    static String endLine(KeyEnd end) {
        return "end " + end.key() + " " + end.origin() + " size " + end.last().size() + " root "
                + end.last().root().toBase64();
    }

    private static void line(StringBuilder text, Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : " ").append(words[i]);
        }
        text.append('\n');
    }
}
