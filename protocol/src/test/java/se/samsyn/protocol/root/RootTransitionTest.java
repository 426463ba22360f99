package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.TreeHead;

class RootTransitionTest {
    private static final String SKANE = TestNetwork.SKANE;
    private static final String HALLAND = TestNetwork.HALLAND;
    private static final TreeHead HEAD = new TreeHead(7, Hash.sha256(new byte[] {7}));

    private final FederationRoot first = TestNetwork.root(4);
    private final VerifierKey log = TestNetwork.logKey(SKANE).verifierKey();
    private final VerifierKey publisher = TestNetwork.publisher(SKANE).verifierKey();
    private final VerifierKey witness = TestNetwork.witness(SKANE).verifierKey();

    @Test
    void refusesAnEndThatIsNoLongerThere() {
        FederationRoot ended =
                new RootProposal(first).addLine(end(log, SKANE, HEAD)).build();

        assertThatThrownBy(() -> new RootProposal(ended)
                        .removeLine(end(log, SKANE, HEAD))
                        .build())
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("the end of " + log.ref() + " at size 7 of " + SKANE
                        + "/log is no longer there, and an end is for ever");
        assertThatThrownBy(() -> new RootProposal(ended)
                        .removeLine(end(log, SKANE, HEAD))
                        .addLine(end(log, SKANE, new TreeHead(8, HEAD.root())))
                        .build())
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("is no longer there");
    }

    @Test
    void keepsAnEndThatIsWrittenInAnotherWay() {
        FederationRoot ended =
                new RootProposal(first).addLine(end(log, SKANE, HEAD)).build();
        String hex = end(log, SKANE, HEAD)
                .replace(HEAD.root().toBase64(), HEAD.root().toHex());

        assertThatCode(() -> new RootProposal(ended)
                        .removeLine(end(log, SKANE, HEAD))
                        .addLine(hex)
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnEndOfAKeyThatHasNoWordThere() {
        VerifierKey stranger =
                TestKeys.key(SKANE + "/log", KeyType.ED25519, "stranger").verifierKey();
        VerifierKey rootKey = TestNetwork.rootKey(SKANE).verifierKey();
        for (String line : List.of(
                end(stranger, SKANE, HEAD),
                end(rootKey, SKANE, HEAD),
                end(log, HALLAND, HEAD),
                end(witness, SKANE, HEAD),
                end(witness, "nobody.swetrial.example", HEAD))) {
            assertThatThrownBy(() -> new RootProposal(first).addLine(line).build())
                    .as(line)
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("but no version lists such a key");
        }
        for (String line : List.of(end(publisher, SKANE, HEAD), end(witness, HALLAND, HEAD))) {
            assertThatCode(() -> new RootProposal(first).addLine(line).build())
                    .as(line)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aMemberLeavesWithAnEndOfEachOfItsKeysThatSignItsLog() {
        List<String> lines =
                first.text().lines().filter(line -> !line.contains(SKANE)).toList();
        String text = String.join("\n", lines) + "\n";
        FederationRoot gone = FederationRoot.parse(text.replace("version 1\n", "version 2\n")
                .replace("previous none", "previous " + first.hash())
                .replace("quorum 3", "quorum 2"));
        FederationRoot logOnly = FederationRoot.parse(gone.text() + end(log, SKANE, HEAD) + "\n");
        FederationRoot both = FederationRoot.parse(logOnly.text() + end(publisher, SKANE, HEAD) + "\n");

        assertThatThrownBy(() -> RootTransition.check(List.of(first), gone))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(SKANE + " leaves without an end, at its final checkpoint, of " + log.ref() + ", "
                        + publisher.ref());
        assertThatThrownBy(() -> RootTransition.check(List.of(first), logOnly))
                .hasMessageContaining("final checkpoint, of " + publisher.ref());
        assertThatCode(() -> RootTransition.check(List.of(first), both)).doesNotThrowAnyException();
    }

    @Test
    void refusesAPublicKeyThatHadAnotherNameInAnyEarlierVersion() {
        VerifierKey second =
                TestKeys.key(SKANE + "/witness", KeyType.COSIGNATURE, "second").verifierKey();
        FederationRoot two =
                new RootProposal(first).addLine("witness " + second.encode()).build();
        FederationRoot three =
                new RootProposal(two).removeLine("witness " + second.ref()).build();
        VerifierKey stolen = VerifierKey.of(HALLAND + "/witness", KeyType.COSIGNATURE, second.publicKey());
        FederationRoot four =
                new RootProposal(three).addLine("witness " + stolen.encode()).build();

        assertThatThrownBy(() -> RootTransition.check(List.of(first, two, three), four))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("the public key of " + stolen.ref() + " was that of " + second.ref()
                        + " in an earlier version");
    }

    @Test
    void aKeyMayComeBackAsItWas() {
        FederationRoot two =
                new RootProposal(first).addLine("witness " + spare().encode()).build();
        FederationRoot three =
                new RootProposal(two).removeLine("witness " + spare().ref()).build();
        FederationRoot four =
                new RootProposal(three).addLine("witness " + spare().encode()).build();

        assertThatCode(() -> RootTransition.check(List.of(first, two, three), four))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherKeyOfTheNameAndIdOfAnEarlierOne() {
        String one = "root collision.example/root+57b9f630+AYw/duF1fdW3PMRZRa9eL4Cobi2cO7+flUeC2YSDsCAK";
        String other = "root collision.example/root+57b9f630+ATmtU5u0frqlB2zGeo1oc2YCtjSMDAE04mG89PGQUrSQ";
        FederationRoot two = new RootProposal(first).addLine(one).build();

        assertThatThrownBy(() ->
                        new RootProposal(two).removeLine(one).addLine(other).build())
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("another key was called collision.example/root+57b9f630");
    }

    @Test
    void refusesTheRootOfAnotherNetwork() {
        FederationRoot other = FederationRoot.parse(new RootProposal(first)
                .build()
                .text()
                .replace("swetrial.example/federation-root", "norway.example/federation-root"));

        assertThatThrownBy(() -> RootTransition.check(List.of(first), other))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("it is of network norway.example, expected swetrial.example");
    }

    @Test
    void refusesAScopeThatIsAnothersInTheSameVersion() {
        assertThatThrownBy(() -> new RootProposal(first)
                        .scope(SKANE, Scope.parse("12,03"))
                        .build())
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("overlaps scope");
    }

    private static VerifierKey spare() {
        return TestKeys.key(SKANE + "/witness", KeyType.COSIGNATURE, "spare").verifierKey();
    }

    private static String end(VerifierKey key, String node, TreeHead head) {
        return "end " + key.ref() + " " + node + "/log size " + head.size() + " root "
                + head.root().toBase64();
    }
}
