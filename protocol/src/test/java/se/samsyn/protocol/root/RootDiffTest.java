package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.TreeHead;

class RootDiffTest {
    private static final String SKANE = TestNetwork.SKANE;
    private static final String HALLAND = TestNetwork.HALLAND;
    private static final TreeHead HEAD = new TreeHead(812, Hash.sha256(new byte[] {8}));

    private final FederationRoot first = TestNetwork.root(4);

    @Test
    void ofAVersionAndItselfIsEmpty() {
        assertThat(RootDiff.between(first, first).changes()).isEmpty();
        assertThat(RootDiff.between(first, new RootProposal(first).build()).text())
                .as("the number of the version is no change")
                .isEmpty();
    }

    @Test
    void tellsOfAMemberThatJoins() {
        FederationRoot after =
                new RootProposal(first).addMember(TestNetwork.member(4)).build();
        String node = "vgr.swetrial.example";
        VerifierKey rootKey = TestNetwork.rootKey(node).verifierKey();

        assertThat(lines(after))
                .containsExactly(
                        "~ threshold of root signatures: 2 of 4 root keys → 2 of 5 root keys",
                        "~ quorum: 3 of 3 other members → 3 of 4 other members",
                        "+ root key: " + rootKey.ref() + ", fingerprint " + Fingerprint.ofKey(rootKey),
                        "+ " + node + ": member at https://vgr.swetrial.example:8443 with scope 14",
                        "+ " + node + ": log key "
                                + named(TestNetwork.logKey(node).verifierKey()),
                        "+ " + node + ": publisher key "
                                + named(TestNetwork.publisher(node).verifierKey()),
                        "+ " + node + ": witness key "
                                + named(TestNetwork.witness(node).verifierKey()),
                        "+ " + node + ": TLS key with hash "
                                + TestNetwork.tlsPin(node).toBase64());
    }

    @Test
    void tellsOfAMemberThatLeavesAndWhereItsLogEnds() {
        FederationRoot after =
                new RootProposal(first).removeMember(HALLAND, HEAD).build();
        VerifierKey log = TestNetwork.logKey(HALLAND).verifierKey();

        assertThat(lines(after))
                .contains(
                        "- " + HALLAND + ": member at https://" + HALLAND + ":8443 with scope 1315,1380,1381",
                        "- " + HALLAND + ": log key " + log.ref(),
                        "+ end: " + log.ref() + " counts for " + HALLAND + "/log up to size 812 with root "
                                + HEAD.root().toBase64(),
                        "- root key: "
                                + TestNetwork.rootKey(HALLAND).verifierKey().ref() + ", fingerprint "
                                + Fingerprint.ofKey(TestNetwork.rootKey(HALLAND).verifierKey()));
    }

    @Test
    void tellsOfAKeyThatIsInForceBesideAnother() {
        VerifierKey second =
                TestKeys.key(SKANE + "/witness", KeyType.COSIGNATURE, "second").verifierKey();
        VerifierKey first2 = TestNetwork.witness(SKANE).verifierKey();
        FederationRoot both =
                new RootProposal(first).addLine("witness " + second.encode()).build();
        FederationRoot after =
                new RootProposal(both).removeLine("witness " + first2.ref()).build();

        assertThat(lines(both)).containsExactly("+ " + SKANE + ": witness key " + named(second) + " (of 2 in force)");
        assertThat(RootDiff.between(both, after).text())
                .isEqualTo("- " + SKANE + ": witness key " + first2.ref() + "\n");
    }

    @Test
    void tellsWhatElseIsAnother() {
        VerifierKey officer =
                TestKeys.key(SKANE + "/publisher", KeyType.ED25519, "officer").verifierKey();
        VerifierKey own = TestNetwork.publisher(SKANE).verifierKey();
        Hash definition = Hash.sha256(new byte[] {2});
        FederationRoot after = new RootProposal(first)
                .valid(Instant.parse("2027-03-01T00:00:00Z"), Instant.parse("2028-03-01T00:00:00Z"))
                .threshold(3)
                .scope(SKANE, Scope.parse("10,12"))
                .addLine("publisher " + officer.encode())
                .addLine("may " + officer.ref() + " summary,retraction")
                .addLine("may " + own.ref() + " root-accepted,evidence")
                .addLine("dataset costs " + definition)
                .addLine("x-note by hand")
                .removeLine("dataset costs " + TestNetwork.COSTS)
                .build();

        assertThat(lines(after))
                .containsExactlyInAnyOrder(
                        "~ expires: 2027-05-01T00:00:00Z → 2028-03-01T00:00:00Z",
                        "~ threshold of root signatures: 2 of 4 root keys → 3 of 4 root keys",
                        "+ dataset: costs by definition " + definition,
                        "- dataset: costs by definition " + TestNetwork.COSTS,
                        "+ line that verifiers need not understand: x-note by hand",
                        "~ " + SKANE + ": scope 12 → 10,12",
                        "+ " + SKANE + ": publisher key " + named(officer)
                                + ", may sign retraction, summary (of 2 in force)",
                        "~ " + SKANE + ": what " + own.ref() + " may sign everything → evidence, root-accepted");
    }

    @Test
    void tellsOfAnObserverThatBecomesAMember() {
        MemberLines vgr = TestNetwork.member(4);
        FederationRoot observing = new RootProposal(first)
                .addLine("observer vgr.swetrial.example https://vgr.swetrial.example:8443")
                .build();
        FederationRoot after = new RootProposal(observing)
                .removeLine("observer vgr.swetrial.example https://vgr.swetrial.example:8443")
                .addMember(vgr)
                .build();

        assertThat(RootDiff.between(observing, after).text())
                .contains("~ vgr.swetrial.example: observer at https://vgr.swetrial.example:8443 → member at "
                        + "https://vgr.swetrial.example:8443 with scope 14");
        assertThat(RootDiff.between(after, observing).changes())
                .anyMatch(change -> change.sort() == RootDiff.Sort.REMOVED
                        && change.subject().equals("vgr.swetrial.example")
                        && change.words().startsWith("log key"));
    }

    private List<String> lines(FederationRoot after) {
        return RootDiff.between(first, after).text().lines().toList();
    }

    private static String named(VerifierKey key) {
        return key.ref() + ", fingerprint " + Fingerprint.ofKey(key);
    }
}
