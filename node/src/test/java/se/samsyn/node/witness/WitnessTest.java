package se.samsyn.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import se.samsyn.node.HostileLog;
import se.samsyn.node.HostileMember;
import se.samsyn.node.RawClient;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/** One node as a witness, asked over TLS by a member that signs whatever it likes. */
class WitnessTest {
    private static final byte[] BODY = "a body of some summary".getBytes(UTF_8);

    @RegisterExtension
    final TestFederation federation =
            TestFederation.of("norra", "vastra", "sodra").hostile("vastra", "sodra");

    private RegionNode witness;
    private HostileMember log;

    @BeforeEach
    void serve() {
        witness = federation.node("norra");
        log = federation.hostileMember("vastra").serve();
    }

    @Test
    void cosignsWhatGoesOnFromWhatItHolds() throws IOException {
        log.grow(3);
        assertThat(cosignedTime(log.offer(witness, 0, 3), 3))
                .isEqualTo(witness.clock().seconds());

        log.grow(300);
        assertThat(cosignedTime(log.offer(witness, 3, 303), 303))
                .isEqualTo(witness.clock().seconds());
    }

    @Test
    void givesAnUnchangedSizeAFreshTime() throws IOException {
        log.grow(2).offer(witness, 0, 2);
        witness.clock().advance(Duration.ofHours(1));

        assertThat(cosignedTime(log.offer(witness, 2, 2), 2))
                .isEqualTo(witness.clock().seconds());
    }

    @Test
    void attack14DoesNotSignWhileItsClockIsBehindItsLastCosignature() throws IOException {
        log.grow(2).offer(witness, 0, 1);
        witness.clock().goBack(Duration.ofSeconds(1));

        HttpResponse<byte[]> refused = log.offer(witness, 1, 2);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(RawClient.text(refused)).contains("clock").contains("1 s behind");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        witness.clock().advance(Duration.ofSeconds(1));
        assertThat(log.offer(witness, 1, 2).statusCode()).isEqualTo(200);
    }

    @Test
    void knowsNoOriginButTheOtherMembers() throws IOException {
        HostileLog entries = log.log().append(log.statement());
        for (String origin : List.of("stranger.example/log", witness.name() + "/log", log.name() + "/publisher")) {
            SignedNote note = HostileMember.sign(
                    new Checkpoint(origin, entries.head(1)).encode(), log.keys().logKeys());
            assertThat(log.offer(witness, 0, List.of(), note).statusCode())
                    .as(origin)
                    .isEqualTo(404);
        }
    }

    @Test
    void countsWhatItRefusesByWhoSentItAndShowsTheLastReason() throws IOException {
        log.grow(2);
        SignedNote unsigned =
                HostileMember.sign(log.checkpoint(2).text(), log.keys().publisher());

        assertThat(offerText("not a request").statusCode()).isEqualTo(400);
        assertThat(log.offer(witness, 0, List.of(), unsigned).statusCode()).isEqualTo(403);
        assertThat(log.offer(witness, 1, 2).statusCode())
                .as("another size than is known here is no fault")
                .isEqualTo(409);

        soon().untilAsserted(() -> {
            JsonNode refused = witness.network().path("refused").path(log.name());
            assertThat(refused.path("count").asLong()).isEqualTo(2);
            assertThat(refused.path("reason").asText())
                    .isEqualTo("POST /add-checkpoint: note has no signature by a known key");
        });
    }

    @Test
    void wantsTheLogsOwnSignature() throws IOException {
        String text = new Checkpoint(log.origin(), log.grow(1).log().head(1)).encode();
        SignedNote byAnother = HostileMember.sign(
                text, federation.hostileMember("sodra").keys().logKeys());
        SignedNote byPublisher = HostileMember.sign(text, log.keys().publisher());
        SignatureLine genuine = log.checkpoint(1).signatures().get(0);
        byte[] broken = genuine.blob();
        broken[20] ^= 1;
        SignedNote spoilt = SignedNote.of(text, List.of(new SignatureLine(genuine.name(), genuine.keyId(), broken)));

        for (SignedNote note : List.of(byAnother, byPublisher, spoilt)) {
            assertThat(log.offer(witness, 0, List.of(), note).statusCode()).isEqualTo(403);
        }
        assertThat(offerText("old 0\n\n" + text + "\n").statusCode())
                .as("no signature line at all")
                .isIn(400, 403);
    }

    @Test
    void attack07RefusesWhatIsMalformed() throws IOException {
        log.grow(2);
        String note = new String(log.checkpoint(2).encode(), UTF_8);
        String hash = Hash.sha256().toBase64() + "\n";
        String text = log.checkpoint(2).text();
        SignedNote extended =
                HostileMember.sign(text + "an extension\n", log.keys().log());

        assertThat(offerText("").statusCode()).isEqualTo(400);
        assertThat(offerText("old 0\n" + note).statusCode()).as("no empty line").isEqualTo(400);
        assertThat(offerText("old +0\n\n" + note).statusCode()).isEqualTo(400);
        assertThat(offerText("old 00\n\n" + note).statusCode()).isEqualTo(400);
        assertThat(offerText("old 9223372036854775808\n\n" + note).statusCode()).isEqualTo(400);
        assertThat(offerText("old 1\nabc\n\n" + note).statusCode())
                .as("no hash")
                .isEqualTo(400);
        assertThat(offerText("old 1\n" + hash.repeat(64) + "\n" + note).statusCode())
                .as("64 proof lines")
                .isEqualTo(400);
        assertThat(log.offer(witness, 0, List.of(), extended).statusCode()).isEqualTo(400);
        assertThat(log.offer(witness, 3, List.of(), log.checkpoint(2)).statusCode())
                .as("old size larger than the new one")
                .isEqualTo(400);
    }

    @Test
    void attack07ReadsNoRequestThatIsLargerThanAnyCanBe() throws IOException {
        assertThat(log.client(witness)
                        .post("/add-checkpoint", new byte[10 << 20])
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void saysWhichSizeItKnowsIfThatIsAnother() throws IOException {
        log.grow(5).offer(witness, 0, 3);

        for (long old : List.of(0L, 2L, 4L)) {
            HttpResponse<byte[]> conflict = log.offer(witness, old, 5);
            assertThat(conflict.statusCode()).as("old %d", old).isEqualTo(409);
            assertThat(RawClient.text(conflict)).isEqualTo("3\n");
            assertThat(conflict.headers().firstValue("Content-Type")).hasValue("text/x.tlog.size");
        }
        assertThat(log.offer(witness, 2, 2).statusCode())
                .as("back to a smaller size")
                .isEqualTo(409);
    }

    @Test
    void refusesAndKeepsAForkAndStaysWhereItWas() throws IOException {
        log.grow(3).offer(witness, 0, 3);
        HostileLog fork = log.log().fork(2).append(log.release("2026-Q1", BODY)).append(log.statement());
        SignedNote other = log.checkpoint(fork, 3);
        SignedNote longer = log.checkpoint(fork, 4);
        log.serve(fork);

        assertThat(log.offer(witness, 3, List.of(), other).statusCode())
                .as("another root at the same size")
                .isEqualTo(422);
        assertThat(log.offer(witness, 3, fork.proof(3, 4), longer).statusCode())
                .as("a proof from another tree")
                .isEqualTo(422);

        assertThat(newestCosigned()).isEqualTo(log.checkpoint(3).text());
        assertThat(refusedTexts()).contains(other.text(), longer.text());
    }

    @Test
    void keepsACheckpointThatContradictsASmallerSizeToo() throws IOException {
        log.grow(3).offer(witness, 0, 3);
        SignedNote other = log.checkpoint(log.log().fork(1).append(log.release("2026-Q1", BODY)), 2);

        assertThat(log.offer(witness, 0, List.of(), other).statusCode()).isEqualTo(409);

        assertThat(refusedTexts())
                .as("half of a proof that the key signed two histories")
                .contains(other.text());
    }

    @Test
    void keepsNothingOfWhatIsMerelyOld() throws IOException {
        log.grow(3).offer(witness, 0, 3);
        log.offer(witness, 0, 2);
        assertThat(refusedTexts()).isEmpty();
    }

    @Test
    void refusesAProofThatIsNotOne() throws IOException {
        log.grow(7).offer(witness, 0, 3);
        List<Hash> proof = log.log().proof(3, 7);
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(proof.get(0));
        List<Hash> reversed = new ArrayList<>(proof);
        Collections.reverse(reversed);

        for (List<Hash> wrong : List.of(List.<Hash>of(), proof.subList(1, proof.size()), longer, reversed)) {
            assertThat(log.offer(witness, 3, wrong, log.checkpoint(7)).statusCode())
                    .isEqualTo(422);
        }
        assertThat(log.offer(witness, 3, proof, log.checkpoint(7)).statusCode()).isEqualTo(200);
    }

    @Test
    void attack08RefusesAnEmptyTreeWithARootAndASizeWithoutEntries() throws IOException {
        log.grow(1);
        String text = log.checkpoint(1).text();
        String emptyWithRoot = text.replaceFirst("\n1\n", "\n0\n");
        assertThat(log.offer(
                                witness,
                                0,
                                List.of(),
                                HostileMember.sign(emptyWithRoot, log.keys().log()))
                        .statusCode())
                .isIn(400, 422);
        TreeHead invented = new TreeHead(1, Hash.sha256());
        assertThat(log.offer(witness, 0, List.of(), log.checkpoint(invented)).statusCode())
                .as("the entry that is served does not make this root")
                .isEqualTo(422);
        assertThat(newestStatus()).isEqualTo(404);
    }

    @Test
    void cosignsNothingWhoseBodyItCannotHave() throws IOException {
        log.log().append(log.statement()).append(log.release("2026-Q1", BODY));
        log.withhold(BODY);

        HttpResponse<byte[]> refused = log.offer(witness, 0, 2);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(RawClient.text(refused))
                .as("what it wanted, and whom it asked")
                .contains(Hash.sha256(BODY).toHex(), log.name(), "sodra");
        assertThat(newestStatus()).as("no cosignature").isEqualTo(404);

        log.giveAll();
        cosignedTime(log.offer(witness, 0, 2), 2);
        witness.stop();
        try (Store store = witness.openStore()) {
            StoredLog stored = witness.logIn(store, log.name());
            assertThat(stored.head()).isEqualTo(log.log().head(2));
            assertThat(stored.body(Hash.sha256(BODY))).hasValue(BODY);
        }
    }

    @Test
    void doesNotWaitForABodyThatIsRetracted() throws IOException {
        byte[] release = log.release("2026-Q1", BODY);
        log.grow(1).log().append(release).append(log.retraction(release, BODY));
        log.withhold(BODY);

        assertThat(log.offer(witness, 0, 3).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesEntriesThatAreNoStatementsOfThatNode() throws IOException {
        HostileMember other = federation.hostileMember("sodra");
        for (byte[] entry : List.of("no statement".getBytes(UTF_8), other.statement())) {
            HostileLog bad = new HostileLog().append(entry);
            log.serve(bad);
            HttpResponse<byte[]> refused = log.offer(witness, 0, List.of(), log.checkpoint(bad, 1));
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(RawClient.text(refused)).contains("entry 0");
        }
        assertThat(newestStatus()).isEqualTo(404);
    }

    @Test
    void neverGoesBackWhenTwoSizesComeAtOnce() throws IOException {
        log.grow(40);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (long size = 1; size <= 40; size += 3) {
            long offered = size;
            answers.add(CompletableFuture.supplyAsync(() -> status(offered)));
        }
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();

        assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
        long known = Checkpoint.parse(newestCosigned()).head().size();
        assertThat(statuses.get((int) (known - 1) / 3))
                .as("the one that was cosigned")
                .isEqualTo(200);
        cosignedTime(log.offer(witness, known, 40), 40);
    }

    @Test
    void remembersAfterARestart() throws IOException {
        log.grow(3).offer(witness, 0, 3);
        witness.restart();

        assertThat(newestCosigned()).isEqualTo(log.checkpoint(3).text());
        HostileLog fork = log.log().fork(2).append(log.release("2026-Q1", BODY));
        assertThat(log.offer(witness, 3, List.of(), log.checkpoint(fork, 3)).statusCode())
                .isEqualTo(422);
    }

    private int status(long size) {
        try {
            return log.offer(witness, 0, size).statusCode();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private HttpResponse<byte[]> offerText(String body) throws IOException {
        return log.client(witness).post("/add-checkpoint", body.getBytes(UTF_8));
    }

    /** Verifies the answer as a cosignature of the log's honest checkpoint. */
    private long cosignedTime(HttpResponse<byte[]> answer, long size) {
        assertThat(answer.statusCode()).as(RawClient.text(answer)).isEqualTo(200);
        SignatureLine line = SignatureLine.parse(RawClient.text(answer).stripTrailing());
        return NoteVerifier.verify(
                        SignedNote.of(log.checkpoint(size).text(), List.of(line)),
                        List.of(witness.keys().witness().verifierKey()))
                .signatures()
                .get(0)
                .timeSeconds();
    }

    private String newestCosigned() throws IOException {
        SignedNote note = SignedNote.parse(newest().body());
        NoteVerifier.verify(
                note,
                List.of(log.keys().log().verifierKey(), witness.keys().witness().verifierKey()));
        assertThat(note.signatures()).as("the log's two and the witness's").hasSize(3);
        return note.text();
    }

    private int newestStatus() throws IOException {
        return newest().statusCode();
    }

    private HttpResponse<byte[]> newest() throws IOException {
        return log.client(witness)
                .get("/" + Hash.sha256(log.origin().getBytes(UTF_8)).toHex() + "/checkpoint");
    }

    /** What the witness kept as refused; it stops for that. */
    private List<String> refusedTexts() {
        witness.stop();
        List<String> texts = new ArrayList<>();
        try (Store store = witness.openStore()) {
            store.forEach(
                    Columns.REFUSED,
                    (id, note) -> texts.add(SignedNote.parse(note).text()));
        }
        return texts;
    }
}
