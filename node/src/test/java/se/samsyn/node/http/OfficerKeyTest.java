package se.samsyn.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.Costs;
import se.samsyn.node.Json;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.config.Role;
import se.samsyn.node.record.RecordKind;
import se.samsyn.node.release.ReleaseReport;
import se.samsyn.node.release.SignedRelease;
import se.samsyn.node.release.SignedRetractions;
import se.samsyn.node.release.UnsignedRelease;
import se.samsyn.node.release.UnsignedRetractions;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;

/** A member whose summaries only the officer's key may sign, which is on another machine than the node. */
class OfficerKeyTest {
    private static final String QUARTER = "2026-Q2";
    private static final String DAY = "2026-05-11";
    private static final String FILE = "/api/v1/drafts/costs/" + QUARTER + "/file";

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "vastra").officer("norra");

    private RegionNode norra;

    @BeforeEach
    void takeNorra() {
        norra = federation.node("norra");
    }

    @Test
    void releasesWhatItSignedAndAllOthersTakeIt() throws IOException {
        ReleaseReport byRule = importPersons(10);
        assertThat(byRule.released()).isEmpty();
        assertThat(byRule.waiting()).containsOnlyKeys(QUARTER);
        assertThat(byRule.waiting().get(QUARTER)).contains("officer", "samsyn release export");
        assertThat(state()).isEqualTo("officer");

        HttpResponse<byte[]> imported = send(signed(norra.officer()));
        assertThat(imported.statusCode()).as(RawClient.text(imported)).isEqualTo(200);
        assertThat(Json.parse(imported.body()).path("period").asText()).isEqualTo(QUARTER);
        federation.awaitAgreement();
        assertThat(personsAtVastra()).isEqualTo(10);

        assertThat(importPersons(20).waiting()).as("a correction waits too").containsOnlyKeys(QUARTER);
        assertThat(send(signed(norra.officer())).statusCode()).isEqualTo(200);
        federation.awaitAgreement();
        assertThat(personsAtVastra()).isEqualTo(20);

        norra.retract("costs", QUARTER);
        federation.awaitAgreement();
        assertThat(federation.node("vastra").stateOf(norra, "costs", QUARTER)).isEqualTo("withdrawn");
    }

    @Test
    void isAskedForInsteadOfTheNodesOwnWhenAPersonReleases() throws IOException {
        importPersons(10);
        long size = norra.node().logSize();

        assertThatThrownBy(() -> norra.node().intake().release("costs", Set.of()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("samsyn release export");
        assertRefused(signed(norra.keys().publisher()), "may not sign statements of kind summary");
        assertThat(norra.node().logSize()).isEqualTo(size);
    }

    @Test
    void countsOnlyForTheDraftAndTheReleaseBeforeItAsTheyAre() throws IOException {
        importPersons(10);
        byte[] first = signed(norra.officer());
        importPersons(16);
        assertRefused(first, "the records changed since it was exported", "export it again");

        byte[] second = signed(norra.officer());
        assertThat(send(second).statusCode()).isEqualTo(200);
        long size = norra.node().logSize();
        assertRefused(second, "what was released before changed since it was exported");
        assertRefused(first, "what was released before changed since");
        assertThat(norra.node().logSize()).isEqualTo(size);
        assertThat(norra.user().get(FILE, norra.token(Role.OPERATOR)).statusCode())
                .as("there is nothing more to export")
                .isEqualTo(422);
    }

    @Test
    void countsForNothingElseThanItSigned() throws IOException {
        importPersons(10);
        UnsignedRelease draft = export();
        byte[] entry = SignedStatement.sign(draft.statement(), norra.officer());
        UnsignedRelease other = export();
        assertThat(other.statement().sha256())
                .as("each export has a salt of its own")
                .isNotEqualTo(draft.statement().sha256());

        assertRefused(400, new SignedRelease(entry, other.body()).encode(), "the statement names body");
        assertRefused(
                new SignedRelease(
                                SignedStatement.sign(
                                        draft.statement(),
                                        SigningKey.of(
                                                norra.name() + "/publisher",
                                                norra.officer().verifierKey().type(),
                                                new byte[32])),
                                draft.body())
                        .encode(),
                "no publisher key of " + norra.name());
        RootAccepted accepted =
                new RootAccepted(norra.name(), 1, federation.root().hash());
        assertRefused(
                new SignedRelease(SignedStatement.sign(accepted, norra.keys().publisher()), draft.body()).encode(),
                "releases no summary");
        assertRefused(400, draft.encode(), "expected [body, entry]");
        assertThat(send(new SignedRelease(entry, draft.body()).encode()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void withdrawsNothingButWhatStandsByAKeyThatMay() throws IOException {
        importPersons(10);
        assertThat(send(signed(norra.officer())).statusCode()).isEqualTo(200);
        HttpResponse<byte[]> file =
                norra.user().get("/api/v1/drafts/costs/" + QUARTER + "/retraction", norra.token(Role.OPERATOR));
        UnsignedRetractions.Withdrawal withdrawal =
                UnsignedRetractions.parse(file.body()).withdrawals().get(0);
        assertThat(withdrawal.released().period()).hasToString(QUARTER);
        byte[] entry = SignedStatement.sign(withdrawal.statement(), norra.keys().publisher());
        Retraction ofAnother = new Retraction(
                norra.name(), 1, Hash.sha256(), withdrawal.statement().supersedes());

        assertRefused(
                retractions(SignedStatement.sign(withdrawal.statement(), norra.officer())),
                "may not sign statements of kind retraction");
        assertRefused(
                retractions(SignedStatement.sign(ofAnother, norra.keys().publisher())),
                "withdraws no release that stands here");
        assertRefused(retractions(entry, entry), "nothing was retracted");
        assertRefused(400, retractions(), "there are none");
        assertRefused(400, file.body(), "expected [body, entry]");
        federation.awaitAgreement();
        assertThat(norra.stateOf(norra, "costs", QUARTER)).isEqualTo("reported");

        assertThat(send(retractions(entry)).statusCode()).isEqualTo(200);
        federation.awaitAgreement();
        assertThat(federation.node("vastra").stateOf(norra, "costs", QUARTER)).isEqualTo("withdrawn");
        assertRefused(retractions(entry), "withdraws no release that stands here");
    }

    private static byte[] retractions(byte[]... entries) {
        return new SignedRetractions(List.of(entries)).encode();
    }

    private ReleaseReport importPersons(int count) {
        return norra.importRecords(
                        RecordKind.COST_ITEM,
                        Costs.in("24").persons(0, count, "24", DAY).csv())
                .get(0);
    }

    private long personsAtVastra() {
        return federation
                .node("vastra")
                .total("costs", QUARTER, "participants")
                .path("atLeast")
                .asLong();
    }

    private String state() throws IOException {
        JsonNode drafts = Json.parse(
                norra.user().get("/api/v1/drafts", norra.token(Role.OPERATOR)).body());
        for (JsonNode draft : drafts.path("drafts")) {
            if (draft.path("dataset").asText().equals("costs")
                    && draft.path("period").asText().equals(QUARTER)) {
                return draft.path("state").asText();
            }
        }
        return "none";
    }

    private UnsignedRelease export() throws IOException {
        HttpResponse<byte[]> file = norra.user().get(FILE, norra.token(Role.OPERATOR));
        assertThat(file.statusCode()).as(RawClient.text(file)).isEqualTo(200);
        return UnsignedRelease.parse(file.body());
    }

    private byte[] signed(SigningKey key) throws IOException {
        UnsignedRelease draft = export();
        return new SignedRelease(SignedStatement.sign(draft.statement(), key), draft.body()).encode();
    }

    private HttpResponse<byte[]> send(byte[] file) throws IOException {
        return norra.user().post("/api/v1/signed-statements", file, norra.token(Role.OPERATOR));
    }

    private void assertRefused(byte[] file, String... told) throws IOException {
        assertRefused(422, file, told);
    }

    private void assertRefused(int status, byte[] file, String... told) throws IOException {
        HttpResponse<byte[]> answer = send(file);
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(status);
        assertThat(Json.parse(answer.body()).path("detail").asText()).contains(told);
    }
}
