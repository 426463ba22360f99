package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Cosignature;
import se.samsyn.protocol.witness.CosignedCheckpoint;
import se.samsyn.protocol.witness.KeyEnd;
import se.samsyn.protocol.witness.Quorum;

class FederationRootTest {
    private static final String SKANE = TestNetwork.SKANE;

    private final FederationRoot root = TestNetwork.root(7);

    @Test
    void isWrittenInItsUsualOrder() {
        VerifierKey log = TestNetwork.logKey(SKANE).verifierKey();
        String[] lines = TestNetwork.root(2).text().lines().toArray(String[]::new);

        assertThat(Arrays.copyOf(lines, 6))
                .containsExactly(
                        "swetrial.example/federation-root/v1",
                        "version 1",
                        "previous none",
                        "issued 2026-05-01T00:00:00Z",
                        "expires 2027-05-01T00:00:00Z",
                        "threshold 2");
        assertThat(Arrays.stream(lines).skip(1).map(line -> line.substring(0, line.indexOf(" "))))
                .containsExactly(
                        "version",
                        "previous",
                        "issued",
                        "expires",
                        "threshold",
                        "root",
                        "root",
                        "member",
                        "tls",
                        "logkey",
                        "publisher",
                        "witness",
                        "member",
                        "tls",
                        "logkey",
                        "publisher",
                        "witness",
                        "observer",
                        "tls",
                        "dataset",
                        "dataset",
                        "quorum");
        assertThat(lines)
                .contains("member skane.swetrial.example https://skane.swetrial.example:8443 12")
                .contains("logkey " + log.encode())
                .contains("dataset costs " + TestNetwork.COSTS.toHex())
                .endsWith("quorum 1");
    }

    @Test
    void saysWhatItsLinesSay() {
        assertThat(root.network()).isEqualTo("swetrial.example");
        assertThat(root.version()).isEqualTo(1);
        assertThat(root.previous()).isEmpty();
        assertThat(root.issued()).contains(Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(root.expires()).contains(Instant.parse("2027-05-01T00:00:00Z"));
        assertThat(root.threshold()).isEqualTo(2);
        assertThat(root.rootKeys()).hasSize(7);
        assertThat(root.quorum()).isEqualTo(5);
        assertThat(root.members()).hasSize(7);
        assertThat(root.member(SKANE)).contains(TestNetwork.member(0).member());
        assertThat(root.member("nobody.example")).isEmpty();
        assertThat(root.member(TestNetwork.OBSERVER)).isEmpty();
        assertThat(root.observers()).extracting(Observer::node).containsExactly(TestNetwork.OBSERVER);
        assertThat(root.ends()).isEmpty();
        assertThat(root.hash()).isEqualTo(Hash.sha256(root.text().getBytes(StandardCharsets.UTF_8)));
        assertThat(root.nodeWithTlsPin(TestNetwork.tlsPin(SKANE))).contains(SKANE);
        assertThat(root.nodeWithTlsPin(TestNetwork.tlsPin(TestNetwork.OBSERVER)))
                .contains(TestNetwork.OBSERVER);
        assertThat(root.nodeWithTlsPin(Hash.sha256())).isEmpty();
    }

    @Test
    void keepsItsBytesAndDoesNotMindTheOrderOfLines() {
        List<String> lines = new ArrayList<>(root.text().lines().toList());
        Collections.shuffle(lines.subList(1, lines.size()), new Random(7));
        String shuffled = String.join("\n", lines) + "\n";

        FederationRoot other = FederationRoot.parse(shuffled);

        assertThat(other.text()).isEqualTo(shuffled);
        assertThat(other.hash()).isNotEqualTo(root.hash());
        assertThat(other).isNotEqualTo(root);
        assertThat(other.members()).containsExactlyInAnyOrderElementsOf(root.members());
        assertThat(other.datasets()).containsExactlyInAnyOrderElementsOf(root.datasets());
    }

    @Test
    void ignoresButKeepsLinesThatBeginWithX() {
        String text = root.text() + "x-note  anything at all\n";

        assertThat(FederationRoot.parse(text).text()).isEqualTo(text);
    }

    @Test
    void quorumsAreOfTheOtherMembers() {
        Quorum quorum = root.quorumFor(SKANE);

        assertThat(quorum.threshold()).isEqualTo(5);
        assertThat(quorum.witnesses()).hasSize(6).doesNotContainKey(SKANE).doesNotContainKey(TestNetwork.OBSERVER);
        assertThatThrownBy(() -> root.quorumFor(TestNetwork.OBSERVER))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has no member audit.swetrial.example");
    }

    @Test
    void authorisesEachListedDefinitionOfADataset() {
        Hash newer = Hash.sha256(new byte[] {2});
        FederationRoot both = TestNetwork.text(2).dataset("costs", newer).build();

        assertThat(both.authorises("costs", TestNetwork.COSTS)).isTrue();
        assertThat(both.authorises("costs", newer)).isTrue();
        assertThat(both.authorises("trials", newer)).isFalse();
        assertThat(root.authorises("costs", newer)).isFalse();
        assertThat(root.authorises("feasibility", TestNetwork.COSTS)).isFalse();
    }

    @Test
    void aKeyMaySignWhatItsMayLineSaysOrAnything() {
        VerifierKey officer =
                TestKeys.key(SKANE + "/publisher", KeyType.ED25519, "officer").verifierKey();
        VerifierKey node = TestNetwork.publisher(SKANE).verifierKey();
        FederationRoot limited = FederationRoot.parse(TestNetwork.root(2).text() + "publisher " + officer.encode()
                + "\nmay " + officer.ref() + " summary,retraction\n");

        assertThat(limited.maySign(officer, "summary")).isTrue();
        assertThat(limited.maySign(officer, "root-accepted")).isFalse();
        assertThat(limited.maySign(node, "root-accepted")).isTrue();
        assertThat(root.maySign(officer, "summary"))
                .as("a key that is not listed")
                .isFalse();
        assertThat(root.maySign(TestNetwork.logKey(SKANE).verifierKey(), "summary"))
                .as("a log key")
                .isFalse();
    }

    @Test
    void verifiesCheckpointsUnderItsKeysAndEndLines() {
        TreeHead head = new TreeHead(5, Hash.sha256(new byte[] {5}));
        Checkpoint checkpoint = new Checkpoint(SKANE + "/log", head);
        SignedNote note = SignedNote.of(
                checkpoint.encode(), List.of(TestNetwork.logKey(SKANE).signNote(checkpoint.encode())));
        for (Member member : root.members().subList(1, 7)) {
            note = note.with(Cosignature.sign(TestNetwork.witness(member.node()), 1000, checkpoint));
        }
        SigningKey ended = TestNetwork.witness(TestNetwork.HALLAND);
        String line = "end " + ended.verifierKey().ref() + " " + SKANE + "/log size 4 root "
                + head.root().toBase64();
        FederationRoot later = FederationRoot.parse(root.text() + line + "\n");

        CosignedCheckpoint verified = root.verifyCheckpoint(note, SKANE, 1000);

        assertThat(verified.votes()).isEqualTo(6);
        assertThat(later.ends())
                .containsExactly(new KeyEnd(ended.verifierKey().ref(), SKANE + "/log", new TreeHead(4, head.root())));
        assertThat(later.verifyCheckpoint(note, SKANE, 1000).votes()).isEqualTo(5);
        SignedNote skane = note;
        assertThatThrownBy(() -> root.verifyCheckpoint(skane, TestNetwork.HALLAND, 1000))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("expected halland.swetrial.example/log");
    }

    @Test
    void endLinesTakeHexOrBase64() {
        String end = "end any+01234567 " + SKANE + "/log size 4 root ";
        Hash hash = Hash.sha256(new byte[] {4});

        assertThat(FederationRoot.parse(root.text() + end + hash.toHex() + "\n").ends())
                .isEqualTo(FederationRoot.parse(root.text() + end + hash.toBase64() + "\n")
                        .ends());
    }

    @Test
    void aLaterVersionNamesTheOneBefore() {
        FederationRoot second = TestNetwork.text(7).follows(root).build();

        assertThat(second.version()).isEqualTo(2);
        assertThat(second.previous()).contains(root.hash());
    }

    @Test
    void datesMayBeDaysAndHaveZones() {
        String text = root.text()
                .replace("2026-05-01T00:00:00Z", "2026-05-01")
                .replace("2027-05-01T00:00:00Z", "2026-05-01T01:30:00+01:00");

        FederationRoot parsed = FederationRoot.parse(text);

        assertThat(parsed.issued()).contains(Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(parsed.expires()).contains(Instant.parse("2026-05-01T00:30:00Z"));
    }

    @Test
    void refusesOrKeepsEveryMutation() {
        byte[] text = TestNetwork.root(2).text().getBytes(StandardCharsets.ISO_8859_1);

        Mutation.check(
                text,
                2_000,
                11,
                bytes -> FederationRoot.parse(new String(bytes, StandardCharsets.ISO_8859_1))
                        .text()
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void isBounded() {
        String text = root.text() + ("x-" + "a".repeat(1000) + "\n").repeat(1100);

        assertThatThrownBy(() -> FederationRoot.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at most 1048576 bytes");
    }
}
