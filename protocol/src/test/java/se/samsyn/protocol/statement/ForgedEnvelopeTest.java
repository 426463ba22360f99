package se.samsyn.protocol.statement;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.samsyn.protocol.statement.HandmadeJws.HEADER;
import static se.samsyn.protocol.statement.HandmadeJws.jws;
import static se.samsyn.protocol.statement.HandmadeJws.signed;
import static se.samsyn.protocol.statement.HandmadeJws.url;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.TestNetwork;

/** The attacks on JSON Web Signatures that let the attacker choose how, or with which key, an entry is verified. */
class ForgedEnvelopeTest {
    private static final String SKANE = TestNetwork.SKANE;

    private final FederationRoot root = TestNetwork.root(3);
    private final SigningKey publisher = TestNetwork.publisher(SKANE);
    private final Statement statement = new RootAccepted(SKANE, 1, root.hash());

    /** The algorithm "none", and no signature. */
    @Test
    void refusesAnEntryThatSaysItNeedsNoSignature() {
        String header =
                "{\"alg\":\"none\",\"kid\":\"" + publisher.verifierKey().ref() + "\",\"typ\":\"fed-statement+jws\"}";

        assertMalformedHeader(jws(header, statement.encode(), new byte[0]));
        byte[] unsigned = jws(HEADER.formatted(publisher.verifierKey().ref()), statement.encode(), new byte[0]);
        assertThatThrownBy(() -> SignedStatement.verify(unsigned, root, SKANE))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("64 bytes, not 0");
    }

    /** HMAC with the public key, which everybody has, as its secret. */
    @Test
    void refusesAnEntryAuthenticatedWithThePublicKeyAsASecret() throws GeneralSecurityException {
        String header =
                "{\"alg\":\"HS256\",\"kid\":\"" + publisher.verifierKey().ref() + "\",\"typ\":\"fed-statement+jws\"}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(publisher.verifierKey().publicKey(), "HmacSHA256"));
        byte[] tag = mac.doFinal((url(header) + "." + CanonicalBase64.encodeUrl(statement.encode()))
                .getBytes(StandardCharsets.ISO_8859_1));

        assertMalformedHeader(jws(header, statement.encode(), tag));
    }

    /** Headers that bring a key along, name critical extensions, repeat a member, or are spelled otherwise. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'alg':'EdDSA','jwk':{'crv':'Ed25519','kty':'OKP','x':''},'kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','jku':'https://evil.example','kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','crit':['exp'],'kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','b64':false,'kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','alg':'EdDSA','kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','kid':'KID','kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'Ed25519','kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','kid':'KID','typ':'JWT'}",
                "{'alg':'EdDSA','kid':'KID'}",
                "{'alg':'EdDSA','typ':'fed-statement+jws'}",
                "{'kid':'KID','alg':'EdDSA','typ':'fed-statement+jws'}",
                "{'alg': 'EdDSA','kid':'KID','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','kid':'KID','typ':'fed-statement+jws'}\n",
                "{'alg':'EdDSA','kid':'\\u0073kane','typ':'fed-statement+jws'}",
                "{'alg':'EdDSA','kid':'','typ':'fed-statement+jws'}",
                ""
            })
    void refusesEveryOtherHeader(String pattern) {
        String header = pattern.replace('\'', '"')
                .replace("KID", publisher.verifierKey().ref());

        assertMalformedHeader(signed(header, statement.encode(), publisher));
    }

    private void assertMalformedHeader(byte[] forged) {
        assertThatThrownBy(() -> SignedStatement.verify(forged, root, SKANE))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("JWS header is not exactly");
    }
}
