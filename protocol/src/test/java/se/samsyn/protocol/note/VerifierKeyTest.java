package se.samsyn.protocol.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.TestKeys;

class VerifierKeyTest {
    /** A key in public use, from the Go checksum database. */
    private static final String SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

    private final VerifierKey key =
            TestKeys.witness("skane.swetrial.example/witness").verifierKey();

    @Test
    void readsAKeyInPublicUse() {
        VerifierKey sumdb = VerifierKey.parse(SUMDB);

        assertThat(sumdb.name()).isEqualTo("sum.golang.org");
        assertThat(sumdb.type()).isEqualTo(KeyType.ED25519);
        assertThat(sumdb.id()).isEqualTo(0x033de0ae);
        assertThat(sumdb.ref()).isEqualTo("sum.golang.org+033de0ae");
        assertThat(sumdb.encode()).isEqualTo(SUMDB);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(VerifierKey.parse(key.encode())).isEqualTo(key).hasSameHashCodeAs(key);
    }

    @Test
    void idsDependOnNameTypeAndPublicKey() {
        VerifierKey otherName = VerifierKey.of("other", key.type(), key.publicKey());
        VerifierKey otherType = VerifierKey.of(key.name(), KeyType.ED25519, key.publicKey());

        assertThat(key.id()).isNotEqualTo(otherName.id()).isNotEqualTo(otherType.id());
        assertThat(key).isNotEqualTo(otherName).isNotEqualTo(otherType);
    }

    @Test
    void refusesTheKeyIdOfAnotherKey() {
        assertThatThrownBy(() -> VerifierKey.parse(SUMDB.replace("033de0ae", "033de0af")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("has key ID 033de0af, expected 033de0ae");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sum.golang.org",
                "sum.golang.org+033de0ae",
                "sum.golang.org+033DE0AE+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                "+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                "sum golang+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
                "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8\n",
                "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuA==",
                "sum.golang.org+033de0ae+!",
                "sum.golang.org+033de0ae+"
            })
    void refusesWhatIsNoVerifierKey(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void namesTheTypesThatItKnows() {
        byte[] typed = new byte[1 + 1312];
        typed[0] = 0x07;
        String vkey = "skane.swetrial.example/log+00000000+" + CanonicalBase64.encode(typed);

        assertThatThrownBy(() -> VerifierKey.parse(vkey))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("key type 0x07 is not supported, expected 0x01 (Ed25519)")
                .hasMessageContaining("0x06 (ML-DSA-44)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a+b", "a\tb", "a\u00a0b", "a\u2003b", "a\u0000b", "a\nb", "\ud800"})
    void refusesNamesThatASignatureLineCannotCarry(String name) {
        byte[] publicKey = key.publicKey();

        assertThatThrownBy(() -> VerifierKey.of(name, KeyType.ED25519, publicKey))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void boundsNamesByTheirBytes() {
        byte[] publicKey = key.publicKey();
        String longest = "å".repeat(127) + "a";

        assertThat(VerifierKey.of(longest, KeyType.ED25519, publicKey).name()).isEqualTo(longest);
        assertThatThrownBy(() -> VerifierKey.of(longest + "a", KeyType.ED25519, publicKey))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("255 bytes");
    }

    @Test
    void doesNotShareItsBytes() {
        key.publicKey()[0] ^= 1;

        assertThat(VerifierKey.parse(key.encode())).isEqualTo(key);
    }

    @Test
    void privateKeysTellNothing() {
        SigningKey secret = TestKeys.signer("name");

        assertThat(secret.toString())
                .isEqualTo("private key of " + secret.verifierKey().ref());
        assertThatThrownBy(() -> SigningKey.of("name", KeyType.ED25519, new byte[33]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("32 bytes, not 33");
    }
}
