package se.samsyn.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.SharedFiles;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.NoteVerifier;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.ConsistencyProof;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * The requests, with the statuses of the answers, by which another project tests its witness.
 *
 * <p>One of its invalid signatures is no canonical base64 either, so that here the request is malformed already.
 */
class LitewitnessVectorsTest {
    private static final Pattern EXCHANGE = Pattern.compile("```\\n(.*?)```\\nHTTP ([0-9]{3})", Pattern.DOTALL);
    private static final String ORIGIN =
            "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
    private static final VerifierKey LOG = VerifierKey.of(
            ORIGIN,
            KeyType.ED25519,
            HexFormat.of().parseHex("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f"));

    /** How the base64 of that signature ends. */
    private static final String NOT_CANONICAL = "fAB8WVrx6gx=";

    private record Exchange(String request, int status) {}

    @Test
    void readsEachRequestAndWritesItAgain() {
        int read = 0;
        for (Exchange exchange : exchanges()) {
            byte[] body = exchange.request().getBytes(StandardCharsets.UTF_8);
            if (!exchange.request().contains(NOT_CANONICAL)) {
                assertThat(AddCheckpointRequest.parse(body).encode()).isEqualTo(body);
                read++;
            }
        }
        assertThat(read).isEqualTo(8);
    }

    /**
     * A small witness of one log, made of nothing but the verifications of this project, answers with the same
     * statuses.
     */
    @Test
    void leadsToTheSameStatuses() {
        TreeHead stored = TreeHead.EMPTY;
        List<Integer> statuses = new ArrayList<>();
        for (Exchange exchange : exchanges()) {
            byte[] body = exchange.request().getBytes(StandardCharsets.UTF_8);
            if (exchange.request().contains(NOT_CANONICAL)) {
                assertThatThrownBy(() -> AddCheckpointRequest.parse(body))
                        .isInstanceOf(MalformedException.class)
                        .hasMessageContaining("base64 is not canonical");
                continue;
            }
            AddCheckpointRequest request = AddCheckpointRequest.parse(body);
            int status = answer(request, stored);
            if (status == 200) {
                stored = Checkpoint.parse(request.checkpoint().text()).head();
            }
            assertThat(status).as(exchange.request()).isEqualTo(exchange.status());
            statuses.add(status);
        }
        assertThat(statuses).containsExactly(200, 403, 422, 422, 200, 409, 200, 409);
    }

    @Test
    void ignoresTheMlDsaLineOfARealCheckpoint() {
        SignedNote note = SignedNote.parse(SharedFiles.bytes("vectors/torchwood/mldsa.checkpoint"));
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        SignatureLine line = note.signatures().get(0);
        VerifierKey known = VerifierKey.of(checkpoint.origin(), KeyType.ED25519, LOG.publicKey());

        assertThat(checkpoint.origin()).isEqualTo("example.com/mldsa-log");
        assertThat(checkpoint.head().size()).isEqualTo(1);
        assertThat(line.blob()).hasSize(8 + 2420);
        assertThatThrownBy(() -> NoteVerifier.verify(note, List.of(known)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("no signature by a known key");
    }

    private static int answer(AddCheckpointRequest request, TreeHead stored) {
        Checkpoint checkpoint = Checkpoint.parse(request.checkpoint().text());
        if (!checkpoint.origin().equals(ORIGIN)) {
            return 403; // today's specification says 404
        }
        try {
            NoteVerifier.verify(request.checkpoint(), List.of(LOG));
        } catch (RefutedException e) {
            return 403;
        }
        if (request.oldSize() != stored.size()) {
            return 409;
        }
        try {
            ConsistencyProof.verify(stored, checkpoint.head(), request.proof());
            return 200;
        } catch (RefutedException e) {
            return 422;
        }
    }

    private static List<Exchange> exchanges() {
        String script = new String(SharedFiles.bytes("vectors/torchwood/litewitness.txt"), StandardCharsets.UTF_8);
        Matcher matcher = EXCHANGE.matcher(script);
        List<Exchange> exchanges = new ArrayList<>();
        while (matcher.find()) {
            exchanges.add(new Exchange(matcher.group(1), Integer.parseInt(matcher.group(2))));
        }
        assertThat(exchanges).hasSize(9);
        return exchanges;
    }
}
