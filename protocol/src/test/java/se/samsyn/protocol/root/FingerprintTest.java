package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

class FingerprintTest {
    private final VerifierKey key =
            TestKeys.signer("skane.swetrial.example/root").verifierKey();

    /** SHA-256 of nothing is e3b0c442…b855; in Python, {@code int("e3b0…", 16) % 10**48}. */
    @Test
    void isTheHashAsANumberWithoutItsFirstDigits() {
        Fingerprint root = Fingerprint.ofRoot(Hash.sha256());

        assertThat(root).hasToString("5813 2278 9799 9006 4819 8034 9933 7939 7001 1156 6508 6549");
        assertThat(root.digits()).hasSize(48).containsOnlyDigits();
    }

    @Test
    void aKeysIsShorterAndDependsOnNameTypeAndKey() {
        VerifierKey renamed = VerifierKey.of("other", key.type(), key.publicKey());
        VerifierKey retyped = VerifierKey.of(key.name(), KeyType.COSIGNATURE, key.publicKey());

        assertThat(Fingerprint.ofKey(key).toString()).matches("([0-9]{4} ){7}[0-9]{4}");
        assertThat(Set.of(Fingerprint.ofKey(key), Fingerprint.ofKey(renamed), Fingerprint.ofKey(retyped)))
                .hasSize(3);
        assertThat(Fingerprint.ofKey(VerifierKey.parse(key.encode()))).isEqualTo(Fingerprint.ofKey(key));
    }

    @Test
    void keepsLeadingZeros() {
        Set<Integer> lengths = new HashSet<>();
        boolean zero = false;
        for (int i = 0; i < 200; i++) {
            Fingerprint each =
                    Fingerprint.ofRoot(Hash.sha256(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
            lengths.add(each.digits().length());
            zero |= each.digits().startsWith("0");
        }

        assertThat(zero).isTrue();
        assertThat(lengths).containsExactly(48);
    }
}
