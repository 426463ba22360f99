package se.samsyn.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.Utf8;
import se.samsyn.protocol.audit.VerificationReport.Verdict;
import se.samsyn.protocol.json.JsonSchema;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.RootProposal;
import se.samsyn.protocol.root.TestNetwork;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Evidence;

/** What an auditor is told of a bundle, whole or not. */
class BundleVerifierTest {
    private static final String SKANE = SmallNetwork.SKANE;
    private static final String HALLAND = SmallNetwork.HALLAND;

    private final SmallNetwork network = SmallNetwork.ordinary();

    @Test
    void verifiesWhatHonestMembersSigned() {
        VerificationReport report = verify(network.files());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.conclusion()).isEqualTo("verified: 3 logs, 8 entries, 3 bodies, 6 cosignatures, 1 views");
        assertThat(report.attested())
                .anyMatch(what -> what.contains("no trial holds more than 85 % of a published sum of dataset costs"));
        JsonSchema.named("audit-report").check(report.json());
    }

    @Test
    void verifiesTheSameFromTheContainer() {
        AuditBundle bundle = AuditBundle.parse(AuditBundle.of(network.files()).encode());

        assertThat(new BundleVerifier(bundle, network.told(), SmallNetwork.NOW).verify())
                .isEqualTo(verify(network.files()));
    }

    @Test
    void refusesARootWhoseHashIsNotTheOneThatWasTold() {
        VerificationReport report = SmallNetwork.verify(network.files(), Hash.sha256());

        AuditAttacksTest.assertRefuted(
                report, "root.note", CheckKind.ROOT, "expected " + Hash.sha256() + " as told on another channel");
        assertThat(report.counts()).containsEntry("entries", 0L);
    }

    @Test
    void cannotCheckWithoutARoot() {
        Map<String, byte[]> files = network.files();
        files.remove("root.note");

        VerificationReport report = verify(files);

        assertThat(report.verdict()).isEqualTo(Verdict.COULD_NOT_CHECK);
        JsonSchema.named("audit-report").check(report.json());
    }

    @Test
    void cannotCheckAViewWithoutItsDefinitionAndSaysSo() {
        Map<String, byte[]> files = network.files();
        files.keySet().removeIf(path -> path.startsWith("definition/"));

        VerificationReport report = verify(files);

        assertThat(report.verdict()).isEqualTo(Verdict.COULD_NOT_CHECK);
        assertThat(report.withResult(Check.Result.NOT_CHECKED))
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("definition " + network.costs.hash()));
    }

    @Test
    void namesAllFaultsAndNotOnlyTheFirst() {
        Map<String, byte[]> files = network.files();
        files.remove("log/" + HALLAND + "/tile/0/000.p/2");
        files.put("log/" + HALLAND + "/tile/0/000.p/1", new byte[32]);
        files.put("log/" + SKANE + "/summary/" + "0".repeat(64), new byte[1]);
        files.put("readme.txt", new byte[0]);
        files.put(SmallNetwork.VIEW, Utf8.encode("{}"));

        VerificationReport report = verify(files);

        assertThat(report.withResult(Check.Result.REFUTED))
                .extracting(Check::kind)
                .containsExactlyInAnyOrder(
                        CheckKind.FILES, CheckKind.TILES, CheckKind.TILES, CheckKind.BODIES, CheckKind.VIEW);
        assertThat(report.conclusion()).isEqualTo("refuted: 5 failures");
        JsonSchema.named("audit-report").check(report.json());
    }

    @Test
    void aReleaseAgainstTheRulesIsToldAndNotCounted() {
        byte[] body =
                Utf8.encode(Utf8.decode(network.body(HALLAND, "2024-Q2", 9)).replace("[9,9,", "[3,9,"));
        network.bodies.get(HALLAND).clear();
        network.bodies.get(HALLAND).put(Hash.sha256(body), body);
        network.entries.get(HALLAND).remove(1);
        network.append(HALLAND, network.statement(HALLAND, "2024-Q2", body, Optional.empty()));

        VerificationReport report = verify(network.files());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.rejected())
                .containsExactly("log/" + HALLAND
                        + " costs 2024-Q2: table home-region, cell [12]: participants 3 is below k = 5");
    }

    @Test
    void judgesByTheKeysOfTheirTimeAfterTheyWereRotatedAndEnded() {
        SigningKey thief = TestKeys.key(SKANE + "/log", KeyType.ED25519, "another");
        network.accept(new RootProposal(network.root())
                .addLine("logkey " + thief.verifierKey().encode())
                .build());
        VerificationReport both = verify(network.files());
        assertThat(both.verdict()).as(both.text()).isEqualTo(Verdict.VERIFIED);

        network.roots.add(new RootProposal(network.root())
                .addLine("end " + TestNetwork.logKey(SKANE).verifierKey().ref() + " " + SKANE + "/log size 3 root "
                        + AuditAttacksTest.head(network, SKANE, 3))
                .build());
        AuditAttacksTest.assertRefuted(
                verify(network.filesWithoutView()),
                "log/" + SKANE + "/checkpoint",
                CheckKind.CHECKPOINT,
                "has no signature by a key of that log");
    }

    @Test
    void noVersionOfTheRootCanBeLeftOut() {
        network.accept(new RootProposal(network.root()).addLine("x-colour blue").build());
        network.accept(new RootProposal(network.root()).addLine("x-colour red").build());
        Map<String, byte[]> files = network.files();
        assertThat(verify(files).verdict()).isEqualTo(Verdict.VERIFIED);

        files.remove("root/2.note");

        AuditAttacksTest.assertRefuted(verify(files), "root/3.note", CheckKind.ROOT, "version 3");
    }

    @Test
    void aLogThatAcceptsNoRootCountsForNothing() {
        network.entries.get(HALLAND).remove(0);

        AuditAttacksTest.assertRefuted(
                verify(network.filesWithoutView()),
                "log/" + HALLAND,
                CheckKind.STATEMENTS,
                "none of which accepts a version of the federation root");
    }

    @Test
    void evidenceIsVerifiedInFilesAndInLogsAndFalseEvidenceHarmsNobody() {
        Evidence proof = Evidence.of(checkpoint(Hash.sha256(new byte[] {1})), checkpoint(Hash.sha256(new byte[] {2})));
        Evidence lie = Evidence.of(checkpoint(Hash.sha256(new byte[] {1})), checkpoint(Hash.sha256(new byte[] {1})));
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, proof));
        network.append(HALLAND, new EvidenceStatement(HALLAND, 1, lie));
        Map<String, byte[]> files = network.files();
        files.put("evidence/" + Hash.sha256(proof.encode()).toHex() + ".json", proof.encode());

        VerificationReport report = verify(files);

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.accusations())
                .containsExactly(TestNetwork.logKey(SKANE).verifierKey().ref() + " signed two roots of one size, in "
                        + SKANE + "/log at size 9");
        assertThat(report.unchecked().keySet()).anyMatch(what -> what.startsWith("evidence that proves nothing"));

        String lying = "evidence/" + Hash.sha256(lie.encode()).toHex() + ".json";
        files.put(lying, lie.encode());
        AuditAttacksTest.assertRefuted(verify(files), lying, CheckKind.EVIDENCE, "do not contradict each other");
    }

    @Test
    void acceptsTheWiderFormOfStatementsAndSaysWhatItPutInPlace() {
        SmallNetwork wide = new SmallNetwork(3);
        byte[] body = wide.body(SKANE, "2024-Q1", 10);
        wide.append(SKANE, wide.statement(SKANE, "2024-Q1", body, Optional.empty()));
        String retraction = "{\"kind\":\"retraction\",\"node\":\"" + SKANE + "\",\"root\":1,\"sha256\":\""
                + Hash.sha256(body) + "\"}";
        wide.appendEntry(SKANE, HandSigned.entry(SKANE, retraction));
        wide.bodies.get(SKANE).clear();

        VerificationReport report = SmallNetwork.verify(wide.filesWithoutView(), wide.told());

        assertThat(report.verdict()).as(report.text()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.unchecked()).containsKey("second names of retracted summaries that entries leave out");
    }

    @Test
    void doesNotLetAStrangersTextBecomeALineOfTheReport() {
        Map<String, byte[]> files = network.files();
        files.put("log/" + SKANE + "/summary/x\nverified: 3 logs", new byte[0]);

        VerificationReport report = verify(files);

        assertThat(report.text().lines()).noneMatch(line -> line.startsWith("verified: 3 logs"));
        assertThat(report.verdict()).isEqualTo(Verdict.REFUTED);
    }

    private VerificationReport verify(Map<String, byte[]> files) {
        return SmallNetwork.verify(files, network.told());
    }

    private static SignedNote checkpoint(Hash root) {
        Checkpoint checkpoint = new Checkpoint(SKANE + "/log", new TreeHead(9, root));
        return SignedNote.of(
                checkpoint.encode(), List.of(TestNetwork.logKey(SKANE).signNote(checkpoint.encode())));
    }
}
