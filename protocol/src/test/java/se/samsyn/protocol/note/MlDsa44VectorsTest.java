package se.samsyn.protocol.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.SharedFiles;

class MlDsa44VectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    /** A signature with a context string is valid to whoever asks for that context; here nobody does. */
    @Test
    void agreesWithEveryVerificationOfWycheproofAndTakesNoContext() {
        int cases = 0;
        JsonNode vectors = SharedFiles.json("vectors/wycheproof/mldsa_44_verify_test.json");
        for (JsonNode group : vectors.path("testGroups")) {
            byte[] publicKey = HEX.parseHex(group.path("publicKey").asText());
            for (JsonNode test : group.path("tests")) {
                byte[] message = HEX.parseHex(test.path("msg").asText());
                byte[] signature = HEX.parseHex(test.path("sig").asText());
                boolean emptyContext = test.path("ctx").asText().isEmpty();
                boolean valid = test.path("result").asText().equals("valid") && emptyContext;
                assertThat(accepts(publicKey, message, signature))
                        .as(name(test))
                        .isEqualTo(valid);
                cases++;
            }
        }
        assertThat(cases).isEqualTo(vectors.path("numberOfTests").asInt()).isEqualTo(180);
    }

    /** Cases that give the message's hash instead of the message, or random bytes, are of interfaces that are not here. */
    @Test
    void signsFromASeedAsWycheproofDoes() {
        int signed = 0;
        int refused = 0;
        int elsewhere = 0;
        JsonNode vectors = SharedFiles.json("vectors/wycheproof/mldsa_44_sign_seed_test.json");
        for (JsonNode group : vectors.path("testGroups")) {
            byte[] seed = HEX.parseHex(group.path("privateSeed").asText());
            for (JsonNode test : group.path("tests")) {
                byte[] message = HEX.parseHex(test.path("msg").asText());
                if (!test.has("msg")
                        || test.has("rnd")
                        || !test.path("ctx").asText().isEmpty()) {
                    elsewhere++;
                } else if (test.path("result").asText().equals("valid")) {
                    SigningKey key = SigningKey.of("vector", KeyType.ML_DSA_44, seed);
                    assertThat(HEX.formatHex(key.verifierKey().publicKey()))
                            .isEqualTo(group.path("publicKey").asText());
                    assertThat(HEX.formatHex(key.sign(message)))
                            .as(name(test))
                            .isEqualTo(test.path("sig").asText());
                    signed++;
                } else {
                    assertThatThrownBy(() -> SigningKey.of("vector", KeyType.ML_DSA_44, seed))
                            .as(name(test))
                            .isInstanceOf(MalformedException.class);
                    refused++;
                }
            }
        }
        assertThat(signed).isEqualTo(70);
        assertThat(refused).isEqualTo(3);
        assertThat(elsewhere).isEqualTo(13);
        assertThat(vectors.path("numberOfTests").asInt()).isEqualTo(86);
    }

    @Test
    void verifiesARealCheckpointOfAnotherImplementation() {
        byte[] note = SharedFiles.bytes("vectors/torchwood/mldsa.checkpoint");
        VerifierKey key = VerifierKey.parse(
                new String(SharedFiles.bytes("vectors/torchwood/mldsa.vkey"), StandardCharsets.US_ASCII).strip());

        VerifiedNote verified = NoteVerifier.verify(SignedNote.parse(note), List.of(key));

        assertThat(key.type()).isEqualTo(KeyType.ML_DSA_44);
        assertThat(key.ref()).isEqualTo("example.com/mldsa-log+b5df45c5");
        assertThat(verified.signatures()).containsExactly(new VerifiedSignature(key, 0));
        assertThat(verified.note().encode()).isEqualTo(note);
    }

    private static boolean accepts(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            VerifierKey.of("vector", KeyType.ML_DSA_44, publicKey).verify(message, signature);
            return true;
        } catch (RefutedException | MalformedException e) {
            return false;
        }
    }

    private static String name(JsonNode test) {
        return "tcId " + test.path("tcId") + ", " + test.path("comment");
    }
}
