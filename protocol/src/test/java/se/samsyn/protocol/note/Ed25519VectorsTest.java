package se.samsyn.protocol.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.SharedFiles;

class Ed25519VectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void agreesWithEveryCaseOfWycheproof() throws GeneralSecurityException {
        int cases = 0;
        JsonNode vectors = SharedFiles.json("vectors/wycheproof/ed25519_test.json");
        for (JsonNode group : vectors.path("testGroups")) {
            byte[] publicKey = HEX.parseHex(group.path("publicKey").path("pk").asText());
            for (JsonNode test : group.path("tests")) {
                byte[] message = HEX.parseHex(test.path("msg").asText());
                byte[] signature = HEX.parseHex(test.path("sig").asText());
                boolean valid = test.path("result").asText().equals("valid");
                String what = "tcId " + test.path("tcId") + ", " + test.path("comment");
                assertThat(accepts(publicKey, message, signature)).as(what).isEqualTo(valid);
                if (valid) {
                    assertThat(JdkEd25519.accepts(publicKey, message, signature))
                            .as(what)
                            .isTrue();
                }
                cases++;
            }
        }
        assertThat(cases).isEqualTo(vectors.path("numberOfTests").asInt()).isPositive();
    }

    @Test
    void refusesTheSignatureThatBouncyCastleAloneAccepts() {
        JsonNode vector = SharedFiles.json("vectors/ed25519-split/ed25519-split.json");
        byte[] publicKey = HEX.parseHex(vector.path("pk").asText());
        byte[] message = HEX.parseHex(vector.path("msg").asText());
        byte[] signature = HEX.parseHex(vector.path("sig").asText());

        assertThat(Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length))
                .isTrue();
        assertThatThrownBy(() -> StrictEd25519.verify(publicKey, message, signature))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("R is no point");
    }

    private static boolean accepts(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            StrictEd25519.verify(publicKey, message, signature);
            return true;
        } catch (RefutedException e) {
            return false;
        }
    }
}
