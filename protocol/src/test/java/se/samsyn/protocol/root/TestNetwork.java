package se.samsyn.protocol.root;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;

/** A network for tests: members with all their keys, one observer, two datasets, each member's root key. */
public final class TestNetwork {
    public static final String NETWORK = "swetrial.example";
    public static final String SKANE = "skane.swetrial.example";
    public static final String HALLAND = "halland.swetrial.example";
    public static final String OBSERVER = "audit.swetrial.example";
    public static final Hash TRIALS = definition("trials");
    public static final Hash COSTS = definition("costs");

    /** Node names and scopes; a network of n members has the first n. */
    private static final String[][] MEMBERS = {
        {SKANE, "12"},
        {HALLAND, "1315,1380,1381"},
        {"uppsala.swetrial.example", "03"},
        {"stockholm.swetrial.example", "01,09"},
        {"vgr.swetrial.example", "14"},
        {"dalarna.swetrial.example", "20"},
        {"lakemedelsverket.swetrial.example", "-"}
    };

    private TestNetwork() {}

    /** The parts of a root of the first members, from 2 to 7, with a threshold of two root keys. */
    public static RootText text(int members) {
        RootText text = new RootText(NETWORK)
                .valid(Instant.parse("2026-05-01T00:00:00Z"), Instant.parse("2027-05-01T00:00:00Z"))
                .threshold(2)
                .observer(new Observer(OBSERVER, url(OBSERVER), Set.of(tlsPin(OBSERVER))))
                .dataset("trials", TRIALS)
                .dataset("costs", COSTS);
        for (int i = 0; i < members; i++) {
            text.member(member(i));
        }
        return text;
    }

    public static FederationRoot root(int members) {
        return text(members).build();
    }

    /** A root with the signatures of the given nodes' root keys. */
    public static SignedNote signed(FederationRoot root, String... nodes) {
        return SignedNote.of(
                root.text(),
                List.of(nodes).stream()
                        .map(node -> rootKey(node).signNote(root.text()))
                        .toList());
    }

    public static MemberLines member(int number) {
        String node = MEMBERS[number][0];
        Member member = new Member(
                node,
                url(node),
                Scope.parse(MEMBERS[number][1]),
                Set.of(tlsPin(node)),
                List.of(logKey(node).verifierKey()),
                List.of(publisher(node).verifierKey()),
                List.of(witness(node).verifierKey()));
        return new MemberLines(List.of(rootKey(node).verifierKey()), member, Map.of());
    }

    public static SigningKey rootKey(String node) {
        return TestKeys.signer(node + "/root");
    }

    public static SigningKey logKey(String node) {
        return TestKeys.signer(node + "/log");
    }

    public static SigningKey publisher(String node) {
        return TestKeys.signer(node + "/publisher");
    }

    public static SigningKey witness(String node) {
        return TestKeys.witness(node + "/witness");
    }

    public static Hash tlsPin(String node) {
        return hash("TLS key of " + node);
    }

    private static Hash definition(String dataset) {
        return hash("definition of " + dataset);
    }

    private static URI url(String node) {
        return URI.create("https://" + node + ":8443");
    }

    private static Hash hash(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
