package se.samsyn.protocol.root;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.witness.CosignedCheckpoint;
import se.samsyn.protocol.witness.KeyEnd;
import se.samsyn.protocol.witness.Quorum;

/**
 * One version of the list of who belongs to a network, with which keys and places, and what the network agreed on.
 *
 * <p>It keeps the bytes that it was parsed from. Who signed it is another question: see {@link VerifiedRoot}.
 */
public final class FederationRoot {
    /** The most members and observers: with a spare key for some of them, a checkpoint still has at most 100 lines. */
    public static final int MAX_NODES = 64;

    static final String HEADER = "/federation-root/v1";
    static final String NO_PREVIOUS = "none";

    private final String text;
    private final String network;
    private final RootLines lines;
    private final List<Member> members;
    private final List<Observer> observers;
    private final Map<String, Set<String>> may;

    private FederationRoot(String text, String network, RootLines lines) {
        this.text = text;
        this.network = network;
        this.lines = lines;
        this.members = lines.nodes.values().stream()
                .flatMap(node -> member(lines, node).stream())
                .toList();
        this.observers = lines.nodes.values().stream()
                .filter(node -> node.scope().isEmpty())
                .map(node -> new Observer(node.name(), node.url(), tlsPins(lines, node.name())))
                .toList();
        this.may = may(lines);
    }

    /**
     * Reads the text of a root: the first line, below it lines in any order, unknown words refused unless they begin
     * with {@code x-}.
     *
     * @throws MalformedException with all mistakes, each with its line and what was expected
     */
    public static FederationRoot parse(String text) {
        if (Utf8.encode(text).length > SignedNote.MAX_LENGTH || !text.endsWith("\n")) {
            throw new MalformedException(
                    "a federation root has at most " + SignedNote.MAX_LENGTH + " bytes and ends in a line feed");
        }
        Mistakes mistakes = new Mistakes("federation root");
        List<String> all = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        String network = network(all.get(0), mistakes);
        RootLines lines = RootLines.read(all.subList(1, all.size()), 2, EnumSet.allOf(RootWord.class), mistakes);
        new RootRules(lines).checkRoot();
        mistakes.refuseAny();
        return new FederationRoot(text, network, lines);
    }

    private static String network(String first, Mistakes mistakes) {
        String network = first.endsWith(HEADER) ? first.substring(0, first.length() - HEADER.length()) : "";
        try {
            return NodeName.check(network);
        } catch (MalformedException e) {
            mistakes.add(1, "expected <network>" + HEADER + ", the network's name of a-z, 0-9, . and -");
            return "";
        }
    }

    static Optional<Member> member(RootLines lines, RootLines.Node node) {
        return node.scope()
                .map(scope -> new Member(
                        node.name(),
                        node.url(),
                        scope,
                        tlsPins(lines, node.name()),
                        keys(lines, KeyUse.LOG, node.name()),
                        keys(lines, KeyUse.PUBLISHER, node.name()),
                        keys(lines, KeyUse.WITNESS, node.name())));
    }

    static Map<String, Set<String>> may(RootLines lines) {
        TreeMap<String, Set<String>> may = new TreeMap<>();
        lines.may.forEach((key, value) -> may.put(key, Collections.unmodifiableSet(value.kinds())));
        return Collections.unmodifiableSortedMap(may);
    }

    private static List<VerifierKey> keys(RootLines lines, KeyUse use, String node) {
        return lines.keys(use).stream()
                .filter(key -> use.node(key).equals(node))
                .toList();
    }

    private static Set<Hash> tlsPins(RootLines lines, String node) {
        return lines.tlsPins.stream()
                .filter(pin -> pin.node().equals(node))
                .map(RootLines.TlsPin::pin)
                .collect(Collectors.toSet());
    }

    /** The text as it was read. */
    public String text() {
        return text;
    }

    /** The SHA-256 of the text, by which this version is known on other channels and to the next version. */
    public Hash hash() {
        return Hash.sha256(Utf8.encode(text));
    }

    /** The network's name, for example {@code swetrial.example}. */
    public String network() {
        return network;
    }

    /** Counts from 1. */
    public long version() {
        return lines.version;
    }

    /** The hash of the version before; none in version 1. */
    public Optional<Hash> previous() {
        return lines.previous.filter(previous -> !previous.equals(NO_PREVIOUS)).map(Hash::parseHex);
    }

    public Optional<Instant> issued() {
        return lines.issued;
    }

    public Optional<Instant> expires() {
        return lines.expires;
    }

    /** How many root keys must sign. */
    public int threshold() {
        return Math.toIntExact(lines.threshold); // at most the number of root keys
    }

    public List<VerifierKey> rootKeys() {
        return lines.keys(KeyUse.ROOT);
    }

    /** The members in the order of their lines. */
    public List<Member> members() {
        return members;
    }

    public List<Observer> observers() {
        return observers;
    }

    /** What summaries may be made of; none means that the root does not say. */
    public List<AuthorisedDataset> datasets() {
        return Collections.unmodifiableList(lines.datasets);
    }

    /** How many of the other members' witnesses make a checkpoint count. */
    public int quorum() {
        return Math.toIntExact(lines.quorum); // at most the number of members
    }

    /** What some publisher keys may sign, by {@link VerifierKey#ref()}; a key that is not here may sign any kind. */
    public Map<String, Set<String>> may() {
        return may;
    }

    /** The positions at which keys were revoked. */
    public List<KeyEnd> ends() {
        return Collections.unmodifiableList(lines.ends);
    }

    /** Lines that begin with {@code x-}, as they are. */
    List<String> extras() {
        return Collections.unmodifiableList(lines.extras);
    }

    public Optional<Member> member(String node) {
        return members.stream().filter(member -> member.node().equals(node)).findFirst();
    }

    /** The member or observer that uses this TLS key. */
    public Optional<String> nodeWithTlsPin(Hash pin) {
        return lines.tlsPins.stream()
                .filter(each -> each.pin().equals(pin))
                .map(RootLines.TlsPin::node)
                .findFirst();
    }

    /**
     * Whose cosignatures make a checkpoint of a member's log count: those of all other members' witnesses.
     *
     * @throws RefutedException if the node is no member
     */
    public Quorum quorumFor(String node) {
        requireMember(node);
        return new Quorum(
                quorum(),
                members.stream()
                        .filter(member -> !member.node().equals(node))
                        .collect(Collectors.toMap(Member::node, Member::witnesses)));
    }

    /**
     * Verifies a checkpoint of a member's log under this root's keys, ended ones not counted.
     *
     * @param nowSeconds the verifier's clock, seconds since 1970
     * @throws RefutedException if the node is no member, or as {@link CosignedCheckpoint#verify} says
     */
    public CosignedCheckpoint verifyCheckpoint(SignedNote note, String node, long nowSeconds) {
        return RootInForce.newest(this).verifyCheckpoint(note, node, nowSeconds);
    }

    /** True if summaries of the dataset may be made under this definition; of any, if the root lists no datasets. */
    public boolean authorises(String dataset, Hash definition) {
        return lines.datasets.isEmpty() || lines.datasets.contains(new AuthorisedDataset(dataset, definition));
    }

    /** True if the key is a member's publisher key and may sign statements of this kind. */
    public boolean maySign(VerifierKey publisher, String kind) {
        Set<String> kinds = may.get(publisher.ref());
        return lines.keys(KeyUse.PUBLISHER).contains(publisher) && (kinds == null || kinds.contains(kind));
    }

    /**
     * The member of this name.
     *
     * @throws RefutedException if there is none
     */
    public Member requireMember(String node) {
        return member(node)
                .orElseThrow(() ->
                        new RefutedException("version " + version() + " of the federation root has no member " + node));
    }

    /** All keys and lines are in the text. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FederationRoot root && text.equals(root.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
