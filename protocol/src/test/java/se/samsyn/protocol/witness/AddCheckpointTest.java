package se.samsyn.protocol.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.SignatureLine;
import se.samsyn.protocol.note.SignedNote;

class AddCheckpointTest {
    private static final String TEXT = "a/log\n5\n4InzFaxNfRugUiZ5j0MtdQ4JIpwtPj4gktoBphdRi98=\n";
    private static final SignedNote NOTE =
            SignedNote.of(TEXT, List.of(TestKeys.signer("a/log").signNote(TEXT)));
    private static final Hash HASH = Hash.sha256();
    private static final String HASH_LINE = HASH.toBase64() + "\n";

    @Test
    void requestsAreTheOldSizeTheProofAndTheNote() {
        AddCheckpointRequest request = new AddCheckpointRequest(3, List.of(HASH, HASH), NOTE);

        assertThat(text(request.encode())).isEqualTo("old 3\n" + HASH_LINE + HASH_LINE + "\n" + NOTE);
        assertThat(AddCheckpointRequest.parse(request.encode())).isEqualTo(request);
        AddCheckpointRequest first = new AddCheckpointRequest(0, List.of(), NOTE);
        assertThat(text(first.encode())).isEqualTo("old 0\n\n" + NOTE);
        assertThat(AddCheckpointRequest.parse(first.encode())).isEqualTo(first);
    }

    @Test
    void attack07RequestsCarryAtMost63Hashes() {
        AddCheckpointRequest longest = new AddCheckpointRequest(3, Collections.nCopies(63, HASH), NOTE);

        assertThat(AddCheckpointRequest.parse(longest.encode())).isEqualTo(longest);
        for (int hashes : new int[] {64, 65, 10_000}) {
            byte[] body = ("old 3\n" + HASH_LINE.repeat(hashes) + "\n" + NOTE).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> AddCheckpointRequest.parse(body))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("more than 63 hashes");
        }
        List<Hash> tooMany = Collections.nCopies(64, HASH);
        assertThatThrownBy(() -> new AddCheckpointRequest(3, tooMany, NOTE)).isInstanceOf(MalformedException.class);
    }

    @Test
    void requestsAreBounded() {
        assertThatThrownBy(() -> AddCheckpointRequest.parse(new byte[10_000_000]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("10000000 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 3",
                "old 3\n",
                "old +3\n\n",
                "old 03\n\n",
                "old -3\n\n",
                "old  3\n\n",
                "old\n\n",
                "Old 3\n\n",
                "old 9223372036854775808\n\n",
                "old 3\nshort\n\n",
                "old 3\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n\n",
                "old 3\n 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n",
                "old 3\r\n\r\n",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nold 3\n\n"
            })
    void refusesOtherRequests(String head) {
        byte[] body = (head + NOTE).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> AddCheckpointRequest.parse(body)).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesRequestsThatItWouldNotWrite() {
        byte[] body = new AddCheckpointRequest(3, List.of(HASH), NOTE).encode();

        Mutation.check(
                body, 20_000, 5, bytes -> AddCheckpointRequest.parse(bytes).encode());
    }

    @Test
    void responsesAreSignatureLines() {
        SignatureLine line = TestKeys.witness("b/witness").cosignNote(7, TEXT);
        AddCheckpointResponse response = new AddCheckpointResponse(List.of(line, line));

        assertThat(text(response.encode())).isEqualTo(line + "\n" + line + "\n");
        assertThat(AddCheckpointResponse.parse(response.encode())).isEqualTo(response);
        Mutation.check(
                response.encode(),
                20_000,
                6,
                bytes -> AddCheckpointResponse.parse(bytes).encode());
    }

    @Test
    void responsesAreBounded() {
        SignatureLine line = TestKeys.witness("b/witness").cosignNote(7, TEXT);
        List<SignatureLine> tooMany = Collections.nCopies(AddCheckpointResponse.MAX_LINES + 1, line);

        assertThatThrownBy(() -> new AddCheckpointResponse(tooMany)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new AddCheckpointResponse(List.of())).isInstanceOf(MalformedException.class);
        byte[] body = (line + "\n").repeat(9).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> AddCheckpointResponse.parse(body)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AddCheckpointResponse.parse(new byte[0])).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AddCheckpointResponse.parse(new byte[AddCheckpointResponse.MAX_LENGTH + 1]))
                .isInstanceOf(MalformedException.class);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
