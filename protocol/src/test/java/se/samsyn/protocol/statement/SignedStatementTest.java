package se.samsyn.protocol.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.statement.HandmadeJws.HEADER;
import static se.samsyn.protocol.statement.HandmadeJws.signed;
import static se.samsyn.protocol.statement.HandmadeJws.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.TestNetwork;
import se.samsyn.protocol.tlog.MerkleTree;

class SignedStatementTest {
    private static final String SKANE = TestNetwork.SKANE;

    private final FederationRoot root = TestNetwork.root(3);
    private final SigningKey publisher = TestNetwork.publisher(SKANE);
    private final SummaryStatement summary = new SummaryStatement(
            SKANE,
            1,
            "costs",
            TestNetwork.COSTS,
            Period.parse("2024-Q1"),
            Hash.sha256(new byte[] {1}),
            1234,
            Optional.empty());
    private final byte[] entry = SignedStatement.sign(summary, publisher);

    @Test
    void isACompactJwsByThePublisherOfTheNode() {
        String[] parts = text(entry).split("\\.", -1);
        String header = HEADER.formatted(publisher.verifierKey().ref());

        assertThat(parts).hasSize(3);
        assertThat(text(CanonicalBase64.decodeUrl(parts[0]))).isEqualTo(header);
        assertThat(CanonicalBase64.decodeUrl(parts[1])).isEqualTo(summary.encode());
        VerifiedStatement verified = SignedStatement.verify(entry, root, SKANE);
        assertThat(verified)
                .isEqualTo(new VerifiedStatement(summary, publisher.verifierKey(), MerkleTree.leafHash(entry)));
    }

    @Test
    void carriesStatementsOfEveryKind() {
        Hash hash = Hash.sha256();
        for (Statement statement :
                new Statement[] {summary, new Retraction(SKANE, 1, hash, hash), new RootAccepted(SKANE, 1, root.hash())
                }) {
            byte[] signed = SignedStatement.sign(statement, publisher);
            assertThat(SignedStatement.verify(signed, root, SKANE).statement()).isEqualTo(statement);
        }
    }

    @Test
    void refusesEveryMutation() {
        Mutation.check(entry, 2_000, 31, bytes -> {
            SignedStatement.verify(bytes, root, SKANE);
            return entry; // nothing else is signed
        });
    }

    @Test
    void refusesAKeyThatIsNoPublisherOfTheNode() {
        SigningKey stranger = TestKeys.key(SKANE + "/publisher", KeyType.ED25519, "stranger");
        for (SigningKey key : new SigningKey[] {
            stranger, TestNetwork.publisher(TestNetwork.HALLAND), TestNetwork.logKey(SKANE), TestNetwork.rootKey(SKANE)
        }) {
            byte[] forged = signed(HEADER.formatted(key.verifierKey().ref()), summary.encode(), key);
            assertThatThrownBy(() -> SignedStatement.verify(forged, root, SKANE))
                    .isInstanceOf(RefutedException.class)
                    .hasMessageContaining("which is no publisher key of " + SKANE);
        }
    }

    @Test
    void refusesASignatureByAnotherKeyUnderTheRightName() {
        byte[] forged = signed(
                HEADER.formatted(publisher.verifierKey().ref()),
                summary.encode(),
                TestNetwork.publisher(TestNetwork.HALLAND));

        assertThatThrownBy(() -> SignedStatement.verify(forged, root, SKANE))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("JWS of " + publisher.verifierKey().ref());
    }

    /** Attack: region A's entry copied into B's log. */
    @Test
    void refusesTheEntryOfOneNodeInTheLogOfAnother() {
        assertThatThrownBy(() -> SignedStatement.verify(entry, root, TestNetwork.HALLAND))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("which is no publisher key of " + TestNetwork.HALLAND);
        SigningKey halland = TestNetwork.publisher(TestNetwork.HALLAND);
        byte[] resigned = signed(HEADER.formatted(halland.verifierKey().ref()), summary.encode(), halland);
        assertThatThrownBy(() -> SignedStatement.verify(resigned, root, TestNetwork.HALLAND))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("statement is of node " + SKANE + ", expected " + TestNetwork.HALLAND);
    }

    @Test
    void refusesNodesThatAreNoMembers() {
        assertThatThrownBy(() -> SignedStatement.verify(entry, root, TestNetwork.OBSERVER))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has no member");
    }

    @Test
    void refusesAKindThatTheKeyMayNotSign() {
        FederationRoot limited = FederationRoot.parse(
                root.text() + "may " + publisher.verifierKey().ref() + " root-accepted,evidence\n");
        byte[] accepted = SignedStatement.sign(new RootAccepted(SKANE, 1, limited.hash()), publisher);

        assertThat(SignedStatement.verify(accepted, limited, SKANE).statement().kind())
                .isEqualTo("root-accepted");
        assertThatThrownBy(() -> SignedStatement.verify(entry, limited, SKANE))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("may not sign statements of kind summary");
    }

    @Test
    void refusesADatasetThatTheNetworkDidNotAgreeOn() {
        SummaryStatement foreign = new SummaryStatement(
                SKANE, 1, "costs", TestNetwork.TRIALS, Period.UNKNOWN, Hash.sha256(), 1, Optional.empty());
        byte[] signed = SignedStatement.sign(foreign, publisher);

        assertThatThrownBy(() -> SignedStatement.verify(signed, root, SKANE))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has no dataset costs with definition " + TestNetwork.TRIALS);
        FederationRoot silent = FederationRoot.parse(root.text().replaceAll("(?m)^dataset .*\n", ""));
        assertThat(SignedStatement.verify(signed, silent, SKANE).statement()).isEqualTo(foreign);
    }

    @Test
    void refusesAVersionOfTheRootThatIsNotKnownYet() {
        byte[] ahead = SignedStatement.sign(new RootAccepted(SKANE, 2, root.hash()), publisher);

        assertThatThrownBy(() -> SignedStatement.verify(ahead, root, SKANE))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("under version 2 of the federation root, which is at version 1");
    }

    @Test
    void refusesTheAcceptanceOfAnotherRootOfTheSameVersion() {
        FederationRoot second = TestNetwork.text(3).follows(root).build();
        byte[] other = SignedStatement.sign(new RootAccepted(SKANE, 2, root.hash()), publisher);
        byte[] first = SignedStatement.sign(new RootAccepted(SKANE, 1, root.hash()), publisher);

        assertThat(SignedStatement.verify(first, second, SKANE).statement().root())
                .isEqualTo(1);
        assertThatThrownBy(() -> SignedStatement.verify(other, second, SKANE))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("with SHA-256 " + root.hash() + ", expected " + second.hash());
    }

    @Test
    void refusesEntriesBeyondTheEndOfTheirKey() {
        FederationRoot later = FederationRoot.parse(
                root.text() + "end " + publisher.verifierKey().ref() + " " + SKANE + "/log size 3 root "
                        + Hash.sha256().toHex() + "\n");

        assertThat(SignedStatement.verify(entry, later, SKANE, 2).statement()).isEqualTo(summary);
        assertThatThrownBy(() -> SignedStatement.verify(entry, later, SKANE, 3))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("ends " + publisher.verifierKey().ref() + " before this entry");
        assertThatThrownBy(() -> SignedStatement.verify(entry, later, SKANE)).isInstanceOf(RefutedException.class);
    }

    @Test
    void refusesPayloadsThatAreNotCanonical() {
        String header = HEADER.formatted(publisher.verifierKey().ref());
        String payload = text(summary.encode());
        for (String other : new String[] {
            payload + " ",
            payload.replace(":1234", ":1234.0"),
            payload.replace("\"kind\"", "\"kind\":\"summary\",\"kind\""),
            payload.replace("costs", "\\u0063osts"),
            "\ufeff" + payload
        }) {
            byte[] signed = signed(header, other.getBytes(StandardCharsets.UTF_8), publisher);
            assertThatThrownBy(() -> SignedStatement.verify(signed, root, SKANE))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void attack21RefusesOtherSpellingsOfItsParts() {
        String good = text(entry);
        int last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .indexOf(good.charAt(good.length() - 1));
        String tail = good.substring(0, good.length() - 1)
                + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(last + 1);
        for (String other : new String[] {
            tail,
            good + "=",
            good + ".",
            "." + good,
            good + "\n",
            " " + good,
            good.replace(".", ".."),
            good.replace('.', ',')
        }) {
            byte[] bytes = other.getBytes(StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> SignedStatement.verify(bytes, root, SKANE))
                    .as(other)
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void isBounded() {
        assertThatThrownBy(() -> SignedStatement.verify(new byte[65_536], root, SKANE))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("65536 bytes, expected at most 65535");
    }

    @Test
    void refusesToSignForAnotherNode() {
        SigningKey halland = TestNetwork.publisher(TestNetwork.HALLAND);

        assertThatThrownBy(() -> SignedStatement.sign(summary, halland)).isInstanceOf(IllegalArgumentException.class);
        SigningKey log = TestNetwork.logKey(SKANE);
        assertThatThrownBy(() -> SignedStatement.sign(summary, log)).isInstanceOf(IllegalArgumentException.class);
    }
}
