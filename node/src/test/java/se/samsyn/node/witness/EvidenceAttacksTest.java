package se.samsyn.node.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.HostileLog;
import se.samsyn.node.HostileMember;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.statement.EvidenceStatement;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.EntryBundle;
import se.samsyn.protocol.witness.Evidence;

/** A member that lies to real nodes over TLS: who finds it out, and what of that everybody holds in the end (SIGNING section 5). */
class EvidenceAttacksTest {
    @RegisterExtension
    final TestFederation federation =
            TestFederation.of("norra", "sodra", "sydostra", "mitt", "vastra").hostile("vastra");

    private RegionNode norra;
    private RegionNode sodra;
    private HostileMember liar;

    @BeforeEach
    void serve() {
        norra = federation.node("norra");
        sodra = federation.node("sodra");
        liar = federation.hostileMember("vastra").serve();
    }

    @Test
    void attack01TwoRootsAtOneSizeAreRefusedByBothAndProvenByEverybody() throws IOException {
        liar.grow(3);
        HostileLog other = fork(1, 3);
        liar.show(norra, liar.log()).show(sodra, other);
        SignedNote first = liar.checkpoint(3);
        SignedNote second = liar.checkpoint(other, 3);
        assertThat(liar.offer(norra, 0, List.of(), first).statusCode()).isEqualTo(200);
        assertThat(liar.offer(sodra, 0, List.of(), second).statusCode()).isEqualTo(200);

        assertThat(liar.offer(norra, 3, List.of(), second).statusCode()).isEqualTo(422);
        assertThat(liar.offer(sodra, 3, List.of(), first).statusCode()).isEqualTo(422);

        for (RegionNode node : federation.nodes()) {
            JsonNode accusation = awaitAccusation(node);
            assertThat(accusation.path("accusation").asText())
                    .isEqualTo(logKey() + " signed two roots of one size, in " + liar.origin() + " at size 3");
            assertThat(accusation.path("fault").asText()).isEqualTo("two-roots");
            assertThat(accusation.path("size").asLong()).isEqualTo(3);
            Evidence file = served(node, accusation.path("sha256").asText());
            assertThat(file.verify(EvidenceKeys.of(List.of(federation.root()))))
                    .extracting(proven -> proven.key().ref())
                    .containsExactlyInAnyOrderElementsOf(logKeys());
        }
        federation.awaitAgreement();
        assertThat(federation.nodes()).allSatisfy(node -> {
            assertThat(node.node().picture().basis(0).evidence()).hasSize(1);
            assertThat(loggedBy(node))
                    .as("statements in the log of " + node.name())
                    .hasSize(1);
        });
    }

    @Test
    void attack01ARootThatCouldNotBeJudgedIsProvenFalseByTheOneThatIsCosignedLater() throws IOException {
        liar.grow(3);
        HostileLog other = fork(1, 3);
        assertThat(liar.offer(norra, 2, other.proof(2, 3), liar.checkpoint(other, 3))
                        .statusCode())
                .as("it is ahead of all that is held")
                .isEqualTo(409);

        assertThat(liar.offer(norra, 0, 3).statusCode()).isEqualTo(200);

        awaitAccusation("two-roots", 3);
    }

    @Test
    void attack01ARootThatWasRefusedWithoutAProofIsProvenFalseByTheOneThatIsCosignedLater() throws IOException {
        liar.grow(2);
        assertThat(liar.offer(norra, 0, 2).statusCode()).isEqualTo(200);
        HostileLog other = fork(2, 4);
        assertThat(liar.offer(norra, 2, List.of(), liar.checkpoint(other, 4)).statusCode())
                .isEqualTo(422);

        liar.grow(2);
        assertThat(liar.offer(norra, 2, 4).statusCode()).isEqualTo(200);

        awaitAccusation("two-roots", 4);
    }

    @Test
    void attack02AForkBelowAnOldSizeIsRefusedAndProvenByTheProofThatCameWithIt() throws IOException {
        liar.grow(5);
        assertThat(liar.offer(norra, 0, 5).statusCode()).isEqualTo(200);
        HostileLog fork = fork(2, 7);
        HttpResponse<byte[]> refused = liar.offer(norra, 5, fork.proof(5, 7), liar.checkpoint(fork, 7));
        assertThat(refused.statusCode()).isEqualTo(422);

        JsonNode accusation = awaitAccusation("rewritten-past", 5);
        Evidence evidence = served(norra, accusation.path("sha256").asText());
        assertThat(evidence.prefixRoot()).hasValue(fork.head(5).root());
        assertThat(Checkpoint.parse(evidence.b().text()).head()).isEqualTo(fork.head(7));
    }

    @Test
    void attack02AForkThatComesWithoutAProofIsProvenByTheTilesThatItsLogServes() throws IOException {
        liar.grow(4);
        assertThat(liar.offer(norra, 0, 4).statusCode()).isEqualTo(200);
        HostileLog fork = fork(2, 300);
        liar.show(norra, fork);
        assertThat(liar.offer(norra, 4, List.of(), liar.checkpoint(fork, 300)).statusCode())
                .isEqualTo(422);

        awaitAccusation("rewritten-past", 4);
    }

    @Test
    void attack02ASmallerCheckpointOfAnotherTreeIsProvenByTheTreeThatIsHeld() throws IOException {
        liar.grow(6);
        assertThat(liar.offer(norra, 0, 6).statusCode()).isEqualTo(200);
        HostileLog fork = fork(1, 3);
        assertThat(liar.offer(norra, 2, fork.proof(2, 3), liar.checkpoint(fork, 3))
                        .statusCode())
                .isEqualTo(409);

        awaitAccusation("rewritten-past", 3);
    }

    @Test
    void attack03ARollbackIsAnsweredWithTheSizeThatIsKnownAndChangesNothing() throws IOException {
        liar.grow(5);
        assertThat(liar.offer(norra, 0, 5).statusCode()).isEqualTo(200);

        HttpResponse<byte[]> conflict = liar.offer(norra, 2, 3);
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(new String(conflict.body(), StandardCharsets.UTF_8)).isEqualTo("5\n");
        assertThat(liar.offer(norra, 0, 0).statusCode()).isEqualTo(409);

        norra.restart();
        assertThat(liar.offer(norra, 3, 3).statusCode()).isEqualTo(409);
        liar.grow(1);
        assertThat(liar.offer(norra, 5, 6).statusCode())
                .as("the log goes on from where it was")
                .isEqualTo(200);
        assertThat(norra.network().path("evidence"))
                .as("an older checkpoint of the same tree proves nothing")
                .isEmpty();
    }

    @Test
    void attack35AWitnessThatKnowsAnAbsurdOrAShrinkingSizeHarmsNobody() {
        liar.knowSizes("9223372036854775807", "2", "1", "0", "18446744073709551616", "-1", "a few", "1");
        norra.append(3);
        sodra.append(2);
        federation.awaitAgreement();
        int asked = liar.asked();
        norra.append(1);
        soon().until(() -> liar.asked() > asked + 16);
        federation.awaitAgreement();

        assertThat(norra.network().path("witnessTroubles").path(liar.name()).asText())
                .isNotEmpty();
        assertThat(federation.nodes())
                .allSatisfy(node -> assertThat(node.network().path("evidence")).isEmpty());
    }

    @Test
    void attack38EvidenceWhoseProofMerelyFailsIsPassedOverByEverybody() throws IOException {
        HostileLog honest = new HostileLog();
        for (int i = 0; i < 7; i++) {
            honest.append(norra.statement().entry());
        }
        liar.grow(1);
        SignedNote small = signedByNorra(honest, 3);
        SignedNote large = signedByNorra(honest, 7);
        Hash invented = Hash.sha256(new byte[] {1});
        for (Evidence lie : List.of(
                Evidence.of(small, large, invented, honest.proof(3, 7)),
                Evidence.of(small, large, honest.head(3).root(), honest.proof(3, 7)),
                Evidence.of(small, large),
                Evidence.of(small, liar.cosign(large, 1)))) {
            liar.log().append(liar.entry(new EvidenceStatement(liar.name(), 1, lie)));
        }

        for (RegionNode node : federation.nodes()) {
            assertThat(liar.offer(node, 0, 5).statusCode()).isEqualTo(200);
            assertThat(node.heldSize(liar.name())).isEqualTo(5);
        }
        // a true accusation that comes after shows that the false ones were looked at and left
        liar.offer(norra, 5, List.of(), liar.checkpoint(fork(2, 5), 5));
        for (RegionNode node : federation.nodes()) {
            awaitAccusation(node);
            assertThat(node.network().path("evidence"))
                    .extracting(each -> each.path("key").asText())
                    .containsExactlyInAnyOrderElementsOf(logKeys());
        }
    }

    private SignedNote signedByNorra(HostileLog log, long size) {
        return HostileMember.sign(
                new Checkpoint(norra.name() + "/log", log.head(size)).encode(),
                norra.keys().log());
    }

    /** Another history, which begins as the honest one does. */
    private HostileLog fork(int common, int size) {
        HostileLog fork = liar.log().fork(common);
        while (fork.size() < size) {
            fork.append(liar.statement());
        }
        return fork;
    }

    private List<String> logKeys() {
        return liar.keys().logVerifiers().stream().map(VerifierKey::ref).toList();
    }

    private String logKey() {
        return liar.keys().log().verifierKey().ref();
    }

    /** The accusation that {@code norra} serves, of this fault at this size. */
    private JsonNode awaitAccusation(String fault, long size) {
        JsonNode accusation = awaitAccusation(norra);
        assertThat(accusation.path("fault").asText()).isEqualTo(fault);
        assertThat(accusation.path("size").asLong()).isEqualTo(size);
        return accusation;
    }

    /** Waits until a node says that the liar's log key is accused; the strongest that it says. */
    private JsonNode awaitAccusation(RegionNode node) {
        soon().untilAsserted(() -> assertThat(node.network().path("evidence"))
                .as("evidence at " + node.name())
                .anySatisfy(each -> assertThat(each.path("key").asText()).isEqualTo(logKey())));
        for (JsonNode each : node.network().path("evidence")) {
            if (each.path("key").asText().equals(logKey())) {
                return each;
            }
        }
        throw new AssertionError("it is gone again");
    }

    private static Evidence served(RegionNode node, String sha256) throws IOException {
        HttpResponse<byte[]> answer = node.user().get("/api/v1/evidence/" + sha256, node.token(Role.COORDINATOR));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Hash.sha256(answer.body()).toHex()).isEqualTo(sha256);
        assertThat(node.user().get("/api/v1/evidence/" + sha256).statusCode())
                .as("without a token")
                .isEqualTo(401);
        return Evidence.parse(answer.body());
    }

    /** The evidence in a node's own log. */
    private Set<String> loggedBy(RegionNode node) throws IOException {
        Set<String> logged = new TreeSet<>();
        long size = node.node().logSize();
        byte[] bundle = liar.client(node)
                .get("/log/" + node.name() + "/tile/entries/000.p/" + size)
                .body();
        List<byte[]> entries = EntryBundle.parse(bundle, (int) size);
        for (int index = 0; index < size; index++) {
            if (SignedStatement.verify(entries.get(index), federation.root(), node.name(), index)
                            .statement()
                    instanceof EvidenceStatement statement) {
                logged.add(index + " " + Hash.sha256(statement.evidence().encode()));
            }
        }
        return logged;
    }
}
