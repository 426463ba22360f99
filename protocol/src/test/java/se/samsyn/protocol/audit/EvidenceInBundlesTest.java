package se.samsyn.protocol.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.protocol.audit.AuditAttacksTest.assertRefuted;
import static se.samsyn.protocol.audit.SmallNetwork.HALLAND;
import static se.samsyn.protocol.audit.SmallNetwork.SKANE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.json.CanonicalJson;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.root.TestNetwork;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.view.Basis;
import se.samsyn.protocol.view.LogBasis;
import se.samsyn.protocol.witness.Accusations;
import se.samsyn.protocol.witness.Cosignature;
import se.samsyn.protocol.witness.Evidence;

/** What evidence does to views, and what an auditor makes of a basis that has too little or too much of it. */
class EvidenceInBundlesTest {
    private final SmallNetwork network = new SmallNetwork(4);
    private final String uppsala = network.nodes.get(2);
    private final Hash first = network.release(SKANE, "2024-Q1", 10);

    @Test
    void fromThePositionOnNothingOfAnAccusedLogIsMergedAndTheViewSaysWhy() {
        network.release(SKANE, "2024-Q1", 20, Optional.of(first));
        network.release(SKANE, "2024-Q2", 30);
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, againstLog(SKANE, 2)));

        assertVerified(network.files());
        JsonNode view = CanonicalJson.parseCanonical(network.files().get(SmallNetwork.VIEW));
        JsonNode skane = member(view, SKANE);
        assertThat(skane.path("accused").path("size").asLong()).isEqualTo(2);
        assertThat(skane.path("accused").path("fault").asText()).isEqualTo("two-roots");
        assertThat(skane.path("accused").path("key").asText()).startsWith(SKANE + "/log+");
        assertThat(skane.path("periods").path(0).path("state").asText())
                .as("what came before stays")
                .isEqualTo("reported");
        JsonNode later = skane.path("periods").path(1);
        assertThat(later.path("state").asText()).isEqualTo("rejected");
        assertThat(later.path("reason").asText()).contains("signed two roots of one size");
        assertThat(skane.path("rejectedEntries").path("count").asInt()).isEqualTo(2);
        assertThat(view.path("totals").path(0).path("values").path("participants"))
                .as("the first release and not the one that came after the contradiction")
                .isEqualTo(CanonicalJson.parseCanonical("{\"atLeast\":10}".getBytes(UTF_8)));
        assertThat(view.path("totals")
                        .path(1)
                        .path("values")
                        .path("participants")
                        .has("atLeast"))
                .as("what is not merged is not zero")
                .isTrue();
        assertThat(view.path("notes"))
                .anySatisfy(note -> assertThat(note.path("note").asText()).isEqualTo("accused"));
        assertThat(member(view, HALLAND).has("accused")).isFalse();
    }

    @Test
    void aRetractionStillCountsAfterThePosition() {
        network.retract(SKANE, first, network.bodyOf(SKANE, 1));
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, againstLog(SKANE, 2)));

        assertVerified(network.files());
        JsonNode view = CanonicalJson.parseCanonical(network.files().get(SmallNetwork.VIEW));
        assertThat(member(view, SKANE).path("periods").path(0).path("state").asText())
                .isEqualTo("withdrawn");
    }

    @Test
    void anAccusedMembersOwnWordAboutOthersIsHeard() {
        network.append(SKANE, new EvidenceStatement(SKANE, 1, againstLog(HALLAND, 1)));
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, againstLog(SKANE, 1)));

        assertThat(network.basis(SmallNetwork.NOW).evidence()).hasSize(2);
        assertVerified(network.files());
    }

    @Test
    void aBasisThatLeavesOutEvidenceOfItsLogsIsRefused() {
        Evidence evidence = againstLog(SKANE, 1);
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, evidence));
        Map<String, byte[]> files = network.filesWithoutView();
        Basis full = network.basis(SmallNetwork.NOW);
        Basis without = new Basis(full.rootVersion(), full.rootHash(), full.logs(), full.atSeconds());
        files.put(SmallNetwork.VIEW, network.view(without, Accusations.NONE));

        assertRefuted(
                verify(files),
                SmallNetwork.VIEW,
                CheckKind.BASIS,
                "it leaves out evidence " + Hash.sha256(evidence.encode()) + ", which is in one of its logs");
    }

    @Test
    void aBasisMayNameEvidenceThatIsInTheBundleAndInNoLog() {
        Evidence evidence = againstLog(SKANE, 1);
        Map<String, byte[]> files = network.filesWithoutView();
        putView(files, evidence);
        assertRefuted(
                verify(files),
                SmallNetwork.VIEW,
                CheckKind.BASIS,
                "it is neither in a log of the basis nor in the bundle");

        files.put("evidence/" + Hash.sha256(evidence.encode()).toHex() + ".json", evidence.encode());
        assertVerified(files);
    }

    @Test
    void aBasisThatNamesFalseEvidenceIsRefused() {
        Evidence same = Evidence.of(logged(SKANE, head(3, 1)), logged(SKANE, head(3, 1)));
        Basis full = network.basis(SmallNetwork.NOW);
        Hash sha256 = Hash.sha256(same.encode());
        Basis with = new Basis(1, full.rootHash(), full.logs(), List.of(sha256), full.atSeconds());
        Map<String, byte[]> files = network.filesWithoutView();
        String view = new String(network.view(full), UTF_8);
        files.put(
                SmallNetwork.VIEW,
                view.replace("\"evidence\":[]", "\"evidence\":[\"" + sha256 + "\"]")
                        .getBytes(UTF_8));
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, same));
        assertThat(with.evidence()).containsExactly(sha256);

        files.put("evidence/" + sha256.toHex() + ".json", same.encode());
        assertRefuted(
                verify(files), SmallNetwork.VIEW, CheckKind.BASIS, "the two checkpoints do not contradict each other");
    }

    @Test
    void anAccusedWitnessHasNoVoteOnThatLogFromThePositionOn() {
        // 4 members, quorum 3 of 3: without one witness the log has none
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, againstWitness(uppsala, SKANE, 2)));
        Basis all = network.basis(SmallNetwork.NOW);
        Map<String, byte[]> files = network.filesWithoutView();
        files.put(SmallNetwork.VIEW, network.view(all));
        assertRefuted(
                verify(files), SmallNetwork.VIEW, CheckKind.BASIS, "is under no quorum without the witnesses that");

        List<LogBasis> left =
                all.logs().stream().filter(log -> !log.node().equals(SKANE)).toList();
        files.put(SmallNetwork.VIEW, network.view(new Basis(1, all.rootHash(), left, all.evidence(), all.atSeconds())));
        assertVerified(files);
    }

    @Test
    void anAccusedWitnessKeepsItsVoteOnSmallerTreesAndOtherLogs() {
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, againstWitness(uppsala, SKANE, 3)));
        assertVerified(network.files());
    }

    private void putView(Map<String, byte[]> files, Evidence evidence) {
        Accusations accusations = Accusations.of(List.of(evidence), EvidenceKeys.of(network.roots));
        Basis full = network.basis(SmallNetwork.NOW);
        files.put(
                SmallNetwork.VIEW,
                network.view(
                        new Basis(1, full.rootHash(), full.logs(), accusations.evidence(), full.atSeconds()),
                        accusations));
    }

    private static Evidence againstLog(String node, long size) {
        return Evidence.of(logged(node, head(size, 1)), logged(node, head(size, 2)));
    }

    private static Evidence againstWitness(String witness, String node, long size) {
        return Evidence.of(cosigned(witness, node, head(size, 1)), cosigned(witness, node, head(size, 2)));
    }

    private static SignedNote cosigned(String witness, String node, TreeHead head) {
        Checkpoint checkpoint = new Checkpoint(node + "/log", head);
        return SignedNote.of(
                checkpoint.encode(), List.of(Cosignature.sign(TestNetwork.witness(witness), 1_000, checkpoint)));
    }

    private static SignedNote logged(String node, TreeHead head) {
        SigningKey key = TestNetwork.logKey(node);
        String text = new Checkpoint(node + "/log", head).encode();
        return SignedNote.of(text, List.of(key.signNote(text)));
    }

    private static TreeHead head(long size, int of) {
        return new TreeHead(size, Hash.sha256(new byte[] {(byte) of}));
    }

    private static JsonNode member(JsonNode view, String node) {
        for (JsonNode member : view.path("members")) {
            if (member.path("node").asText().equals(node)) {
                return member;
            }
        }
        throw new AssertionError("no member " + node);
    }

    private void assertVerified(Map<String, byte[]> files) {
        VerificationReport report = verify(files);
        assertThat(report.verdict()).as(report.text()).isEqualTo(VerificationReport.Verdict.VERIFIED);
    }

    private VerificationReport verify(Map<String, byte[]> files) {
        return SmallNetwork.verify(files, network.told());
    }
}
