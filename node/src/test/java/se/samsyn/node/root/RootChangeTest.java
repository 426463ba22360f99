package se.samsyn.node.root;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Costs;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.StoreFiles;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.node.key.Purpose;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.MemberLines;
import se.samsyn.protocol.root.RootProposal;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TreeHead;

/** Later versions of the federation root in a running network. */
class RootChangeTest {
    private static final String QUARTER = "2026-Q1";
    private static final String DAY = "2026-02-03";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra", "sodra", "sydostra");

    @Test
    void reachesAllNodesFromAnyOneAndEveryLogSaysThatItIsAccepted() throws IOException {
        RegionNode norra = federation.node("norra");
        norra.importRecords(RecordKind.COST_ITEM, tenPersons("24"));
        federation.awaitAgreement();
        byte[] before = norra.view("costs").encode();

        SignedNote next = federation.propose(norra, proposal -> proposal.threshold(4));
        HttpResponse<byte[]> answer = federation.node("sodra").offerRoot(next);

        assertThat(RawClient.text(answer)).contains("\"accepted\":true").contains("\"version\":2");
        federation.awaitRoot(2);
        federation.awaitAgreement();
        federation.node("vastra").importRecords(RecordKind.COST_ITEM, tenPersons("14"));
        federation.awaitAgreement();
        assertThat(participants(norra)).isEqualTo(20);
        byte[] after = norra.view("costs").encode();
        assertThat(after).isNotEqualTo(before);
        assertThat(federation.nodes())
                .allMatch(node -> Arrays.equals(after, node.view("costs").encode()));
    }

    @Test
    void waitsForSignaturesThatComeOneByOneAndSaysWhose() throws IOException {
        RegionNode norra = federation.node("norra");
        Consumer<RootProposal> change = proposal -> proposal.threshold(2);

        JsonNode first = Json.parse(norra.offerRoot(federation.propose(norra, List.of("norra"), change))
                .body());
        assertThat(first.path("accepted").asBoolean()).isFalse();
        JsonNode waiting = norra.network().path("root").path("next");
        assertThat(waiting.path("version").asLong()).isEqualTo(2);
        JsonNode before = waiting.path("signatures").path(0);
        assertThat(before.path("needed").asInt()).isEqualTo(2);
        assertThat(before.path("signed").toString()).contains("norra.");
        assertThat(before.path("missing").toString())
                .contains("vastra.")
                .contains("sodra.")
                .contains("sydostra.");

        norra.offerRoot(federation.propose(norra, List.of("vastra"), change));
        norra.offerRoot(federation.propose(norra, List.of("sodra"), change));
        federation.awaitRoot(2);
        assertThat(norra.network().path("root").has("next")).isFalse();
    }

    @Test
    void refusesAVersionThatDoesNotFollowAndSaysWhy() throws IOException {
        RegionNode norra = federation.node("norra");
        SignedNote second = federation.propose(norra, proposal -> proposal.threshold(2));
        norra.offerRoot(second);
        federation.awaitRoot(2);
        SignedNote third = federation.propose(norra, proposal -> proposal.threshold(3));

        HttpResponse<byte[]> rollback = norra.offerRoot(SignedNote.parse(Files.readAllBytes(federation.rootFile())));
        assertThat(RawClient.text(rollback)).as("it is one of the chain").contains("\"accepted\":true");
        SignedNote otherSecond =
                SignedNote.of(second.text().replace("threshold 2", "threshold 1"), second.signatures());
        HttpResponse<byte[]> other = norra.offerRoot(otherSecond);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(RawClient.text(other)).contains("expected version 3");
        SignedNote unsigned = SignedNote.of(third.text(), third.signatures().subList(0, 1));
        assertThat(RawClient.text(norra.offerRoot(unsigned))).contains("\"accepted\":false");
        assertThat(norra.node().roots().chain().newest().version()).isEqualTo(2);
    }

    @Test
    void rotatesEveryKeyOfAMemberWithTwoInForceAndOneVote() throws IOException {
        RegionNode vastra = federation.node("vastra");
        NodeKeys old = vastra.keys();
        vastra.importRecords(RecordKind.COST_ITEM, tenPersons("14"));
        federation.awaitAgreement();

        NodeKeys added = addKeys(vastra);
        vastra.offerRoot(
                federation.propose(vastra, proposal -> lines(vastra, added).forEach(proposal::addLine)));
        federation.awaitRoot(2);
        federation.awaitAgreement();
        vastra.offerRoot(
                federation.propose(vastra, proposal -> lines(vastra, old).forEach(proposal::removeLine)));
        federation.awaitRoot(3);
        vastra.restart().importRecords(RecordKind.COST_ITEM, tenPersons("14", 20));
        federation.node("norra").importRecords(RecordKind.COST_ITEM, tenPersons("24"));
        federation.awaitAgreement();

        assertThat(participants(federation.node("sodra"))).isEqualTo(30);
        String served = RawClient.text(
                vastra.user().get("/log/" + vastra.name() + "/checkpoint", vastra.token(Role.COORDINATOR)));
        assertThat(served)
                .contains(SignedNote.parse(served.getBytes(UTF_8)).text())
                .contains(added.log().verifierKey().name());
        assertThat(SignedNote.parse(served.getBytes(UTF_8)).signatures())
                .as("the new Ed25519 and ML-DSA keys, and the three others' cosignatures")
                .hasSize(5)
                .extracting(line -> line.ref())
                .contains(refs(added.logVerifiers()))
                .doesNotContain(refs(old.logVerifiers()));
    }

    @Test
    void catchesUpInOrderWhoWasAwayForThreeVersions() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode sydostra = federation.node("sydostra");
        sydostra.importRecords(RecordKind.COST_ITEM, tenPersons("05"));
        federation.awaitAgreement();
        sydostra.stop();
        for (int version = 2; version <= 4; version++) {
            int threshold = version;
            norra.offerRoot(federation.propose(norra, proposal -> proposal.threshold(5 - threshold)));
            soon().until(() ->
                    federation.node("sodra").node().roots().chain().newest().version() == threshold);
        }

        sydostra.start();
        federation.awaitRoot(4);
        federation.awaitAgreement();
        assertThat(participants(sydostra)).isEqualTo(10);
        sydostra.stop();
        try (Store store = sydostra.openStore()) {
            assertThat(RootKeeper.read(store, federation.root().hash()).roots()).hasSize(4);
        }
    }

    @Test
    void letsANewcomerInWhichSaysUntilThenWhatIsMissing() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode newcomer = federation.newcomer("sydvast", 4).start();
        JsonNode waiting = newcomer.network();
        assertThat(waiting.path("standing").asText()).isEqualTo("unlisted");
        assertThat(waiting.path("trouble").asText())
                .contains("is neither member nor observer in version 1 of the federation root")
                .contains("member.txt");
        assertThat(RawClient.text(newcomer.user().get("/health/ready"))).contains("waits for a version that lists it");

        MemberLines lines = MemberLines.parse(Files.readString(newcomer.folder().resolve("member.txt")));
        norra.offerRoot(federation.propose(norra, proposal -> proposal.addMember(lines)));
        federation.awaitRoot(2);
        newcomer.importRecords(RecordKind.COST_ITEM, tenPersons("03"));
        norra.importRecords(RecordKind.COST_ITEM, tenPersons("24"));
        federation.awaitAgreement();

        assertThat(participants(federation.node("sodra"))).isEqualTo(20);
        assertThat(newcomer.network().path("standing").asText()).isEqualTo("member");
    }

    @Test
    void letsAMemberGoWithItsFinalCheckpoint() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode leaver = federation.node("sydostra");
        leaver.importRecords(RecordKind.COST_ITEM, tenPersons("05"));
        norra.importRecords(RecordKind.COST_ITEM, tenPersons("24"));
        federation.awaitAgreement();
        SignedNote last = SignedNote.parse(norra.user()
                .get("/log/" + leaver.name() + "/checkpoint", norra.token(Role.COORDINATOR))
                .body());

        SignedNote next = federation.propose(
                norra,
                proposal -> proposal.removeMember(
                        leaver.name(), Checkpoint.parse(last.text()).head()));
        norra.offerRoot(next);
        // the others let it in no more once they go by that version, so that it is told
        leaver.offerRoot(next);
        soon().until(() -> federation.nodes().stream()
                .allMatch(node -> node.node().roots().chain().newest().version() == 2));
        soon().ignoreExceptions()
                .until(() -> leaver.network().path("standing").asText().equals("unlisted"));
        for (String member : List.of("norra", "vastra", "sodra")) {
            soon().ignoreExceptions()
                    .until(() ->
                            federation.node(member).network().path("members").size() == 3);
        }
        federation.node("vastra").importRecords(RecordKind.COST_ITEM, tenPersons("14"));

        soon().untilAsserted(
                        () -> assertThat(participants(federation.node("sodra"))).isEqualTo(20));
        assertThat(RawClient.text(
                        norra.user().get("/log/" + leaver.name() + "/checkpoint", norra.token(Role.COORDINATOR))))
                .as("its log is still served")
                .isEqualTo(new String(last.encode(), UTF_8));
    }

    @Test
    void refusesToEndAPublisherKeyBelowItsEntriesAndSaysWhereItMayEnd() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        vastra.importRecords(RecordKind.COST_ITEM, tenPersons("14"));
        federation.awaitAgreement();

        HttpResponse<byte[]> answer = norra.offerRoot(federation.propose(norra, endOfPublisher(norra, vastra)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(RawClient.text(answer))
                .contains(vastra.keys().publisher().verifierKey().ref() + " at size 1 of " + vastra.name() + "/log")
                .contains("entry 1, which it signed, is held here")
                .contains("End the key at a published checkpoint that has all its entries");
        assertThat(norra.network().path("root").has("next"))
                .as("it does not wait for signatures")
                .isFalse();
    }

    @Test
    void goesOnWithoutALogThatEnoughRootKeysHaveRefuted() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode vastra = federation.node("vastra");
        vastra.importRecords(RecordKind.COST_ITEM, tenPersons("14"));
        federation.awaitAgreement();
        SignedNote next = federation.propose(norra, endOfPublisher(norra, vastra));

        // as its follower takes what a peer serves
        federation.nodes().forEach(node -> {
            node.node().roots().accept(next);
            node.restart();
        });

        assertThat(vastra.network().path("trouble").asText())
                .contains("the federation root refutes", "entry 1", "under a new name");
        assertThat(vastra.network().path("standing").asText()).isEqualTo("member");
        assertThat(participants(vastra)).as("it answers").isZero();
        assertThat(norra.importRecords(RecordKind.COST_ITEM, tenPersons("24")))
                .as("the others go on")
                .isNotEmpty();
        assertThat(norra.network().path("members").toString()).contains("ends");
        assertThat(RawClient.text(vastra.user().get("/health/ready"))).contains("refutes");
        for (RegionNode node : federation.nodes()) {
            node.stop();
            assertThat(Fsck.stoppedNode(node.configFile()).faults())
                    .as("an auditor will say the same")
                    .isNotEmpty()
                    .allMatch(fault -> fault.toString().contains("before this entry"));
            StoreFiles.delete(node.config().dataDirectory());
        }
    }

    /** The end of a member's publisher key where its log had but one entry. */
    private static Consumer<RootProposal> endOfPublisher(RegionNode knows, RegionNode member) throws IOException {
        VerifierKey key = member.keys().publisher().verifierKey();
        StoredLog log = new StoredLog(knows.liveStore(), member.name());
        TreeHead first = new TreeHead(1, MerkleTree.root(1, log.subtrees()));
        return proposal -> proposal.addLine("end " + key.ref() + " " + log.origin() + " size 1 root "
                + first.root().toHex());
    }

    @Test
    void warnsSixtyThirtyAndSevenDaysAheadAndCallsNoViewCurrentAfterTheEnd() throws IOException {
        RegionNode norra = federation.node("norra");
        Instant end = federation.root().expires().orElseThrow();
        assertThat(norra.network().path("warnings")).isEmpty();

        List<String> told = new ArrayList<>();
        for (int days : new int[] {61, 60, 30, 7, 1}) {
            norra.clock().set(end.minus(Duration.ofDays(days)));
            told.add(norra.network().path("warnings").path(0).asText());
        }
        assertThat(told.get(0)).isEmpty();
        assertThat(told.get(1)).startsWith("version 1 of the federation root expires in 60 days");
        assertThat(told.get(4)).startsWith("version 1 of the federation root expires in 1 day,");
        assertThat(RawClient.text(norra.user().get("/health/ready"))).contains("expires in 1 day");

        assertThat(RawClient.text(norra.user().get("/metrics", norra.token(Role.COORDINATOR))))
                .contains("samsyn_root_expires_seconds 86400.0");
        norra.clock().set(end);
        assertThat(norra.network().path("warnings").path(0).asText())
                .contains("expired")
                .contains("samsyn root propose --days");
        JsonNode view = Json.parse(norra.user()
                .get("/api/v1/views/costs", norra.token(Role.COORDINATOR))
                .body());
        assertThat(view.path("current").asBoolean(true)).isFalse();
        norra.clock().set(TestFederation.START);
    }

    @Test
    void showsAnObserverEverythingAndTakesNothingFromIt() throws IOException {
        RegionNode norra = federation.node("norra");
        RegionNode observer = federation.observer("coordinator");
        String lines = Files.readString(observer.folder().resolve("observer.txt"));
        norra.offerRoot(federation.propose(norra, proposal -> lines.lines().forEach(proposal::addLine)));
        observer.start();
        federation.awaitRoot(2);
        norra.importRecords(RecordKind.COST_ITEM, tenPersons("24"));
        soon().until(() -> participants(observer) == 10);

        assertThat(observer.network().path("standing").asText()).isEqualTo("observer");
        assertThat(observer.network().path("signing").asText()).startsWith("signs nothing");
        assertThat(observer.network().path("members")).hasSize(4);
        HttpResponse<byte[]> records = observer.user()
                .post("/api/v1/records/cost-item", tenPersons("24").getBytes(UTF_8), observer.token(Role.OPERATOR));
        assertThat(records.statusCode()).isEqualTo(422);
        assertThat(RawClient.text(records)).contains("publishes nothing");
        assertThat(Arrays.equals(
                        norra.view("costs").encode(), observer.view("costs").encode()))
                .isTrue();
    }

    private static long participants(RegionNode node) {
        return node.total("costs", QUARTER, "participants").path("atLeast").asLong();
    }

    private static String tenPersons(String region) {
        return tenPersons(region, 10);
    }

    private static String tenPersons(String region, int count) {
        return Costs.in(region).persons(0, count, region, DAY).csv();
    }

    private static String[] refs(List<VerifierKey> keys) {
        return keys.stream().map(VerifierKey::ref).toArray(String[]::new);
    }

    private static NodeKeys addKeys(RegionNode node) {
        char[] password = PrivateFiles.readSecret(node.config().passwordFile()).toCharArray();
        for (Purpose purpose : Purpose.values()) {
            KeyFile.add(node.config().keyFile(), password, node.name(), purpose, TestFederation.START);
        }
        return KeyFile.addTls(node.config().keyFile(), password, node.name(), TestFederation.START)
                .newest();
    }

    private static List<String> lines(RegionNode node, NodeKeys keys) {
        List<String> lines = new ArrayList<>();
        keys.logVerifiers().forEach(key -> lines.add("logkey " + key.encode()));
        lines.add("publisher " + keys.publisher().verifierKey().encode());
        lines.add("witness " + keys.witness().verifierKey().encode());
        lines.add("tls " + node.name() + " " + keys.tls().pin().toBase64());
        return lines;
    }
}
