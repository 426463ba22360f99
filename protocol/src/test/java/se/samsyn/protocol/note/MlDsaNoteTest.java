package se.samsyn.protocol.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithContext;
import org.bouncycastle.crypto.signers.HashMLDSASigner;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

class MlDsaNoteTest {
    private static final String NAME = "skane.swetrial.example/log";
    private static final Checkpoint CHECKPOINT =
            new Checkpoint(NAME, new TreeHead(70_000, Hash.sha256(new byte[] {7})));
    private static final String TEXT = CHECKPOINT.encode();
    private static final byte[] SEED = Hash.sha256("test only".getBytes(UTF_8)).toByteArray();

    private final SigningKey key = SigningKey.of(NAME, KeyType.ML_DSA_44, SEED);
    private final SignatureLine line = key.signNote(TEXT);

    @Test
    void aLogsSignatureHoldsAndHasNoTime() {
        SignedNote note = SignedNote.of(TEXT, List.of(line));

        assertThat(NoteVerifier.verify(SignedNote.parse(note.encode()), List.of(key.verifierKey()))
                        .signatures())
                .containsExactly(new VerifiedSignature(key.verifierKey(), 0));
        assertThat(line.blob()).hasSize(8 + 2420).startsWith(0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(line.encode().length()).isLessThan(3_400);
    }

    @Test
    void oneTextHasOneSignatureByAKey() {
        assertThat(key.signNote(TEXT)).isEqualTo(line);
    }

    @Test
    void itsKeyIsReadAsItIsWritten() {
        VerifierKey verifier = key.verifierKey();

        assertThat(VerifierKey.parse(verifier.encode())).isEqualTo(verifier);
        assertThat(verifier.publicKey()).hasSize(1312);
        assertThat(VerifierKey.of("å".repeat(127) + "a", KeyType.ML_DSA_44, verifier.publicKey())
                        .encode()
                        .getBytes(UTF_8))
                .as("the longest key can be read")
                .hasSizeLessThan(4096);
    }

    /** The layout of the message, field by field, as the specification gives it. */
    @Test
    void signsItsNameTheTimeAndTheTree() {
        String expected = HexFormat.of().formatHex("subtree/v1\n\0".getBytes(UTF_8))
                + "1a" + HexFormat.of().formatHex(NAME.getBytes(UTF_8))
                + "0000000000000005"
                + "1a" + HexFormat.of().formatHex(NAME.getBytes(UTF_8))
                + "0000000000000000"
                + "0000000000011170"
                + CHECKPOINT.head().root().toHex();

        assertThat(HexFormat.of().formatHex(SubtreeMessage.encode(NAME, 5, CHECKPOINT)))
                .isEqualTo(expected);
        assertThatThrownBy(() -> SubtreeMessage.encode(NAME, -1, CHECKPOINT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnAlteredTimeNameTextOrSignature() {
        VerifierKey renamed = VerifierKey.of(
                "halland.swetrial.example/log",
                KeyType.ML_DSA_44,
                key.verifierKey().publicKey());
        SignatureLine relabelled = new SignatureLine(renamed.name(), renamed.id(), line.blob());
        String grown =
                new Checkpoint(NAME, new TreeHead(70_001, CHECKPOINT.head().root())).encode();

        assertRefused(withTime(1), TEXT, key.verifierKey());
        assertRefused(relabelled, TEXT, renamed);
        assertRefused(line, grown, key.verifierKey());
        byte[] blob = line.blob();
        blob[2000] ^= 1;
        assertRefused(new SignatureLine(line.name(), line.keyId(), blob), TEXT, key.verifierKey());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void refusesTimesBeyondTheRange(long time) {
        assertThatThrownBy(() -> NoteVerifier.verifyLine(withTime(time), TEXT, key.verifierKey()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has time " + Long.toUnsignedString(time) + ", expected 0 to 2^63-1");
    }

    @Test
    void signsCheckpointsOnly() {
        assertThatThrownBy(() -> key.signNote("any text\n")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> key.cosignNote(1, TEXT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> NoteVerifier.verifyLine(line, "any text\n", key.verifierKey()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("signs checkpoints only");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 72, 2420, 2427, 2429, 8 + 3309})
    void refusesSignaturesOfAnotherLength(int length) {
        SignatureLine other = new SignatureLine(line.name(), line.keyId(), new byte[length]);

        assertThatThrownBy(() -> NoteVerifier.verifyLine(other, TEXT, key.verifierKey()))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("has " + length + " bytes, expected 2428");
    }

    @Test
    void attack23RefusesASignatureMadeWithAContextString() throws CryptoException {
        MLDSAPrivateKeyParameters secret = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, SEED);
        CipherParameters withContext = new ParametersWithContext(secret, "subtree".getBytes(UTF_8));

        assertThat(signedBy(new MLDSASigner(), secret))
                .as("the same way, without")
                .isEqualTo(line);
        assertRefused(signedBy(new MLDSASigner(), withContext), TEXT, key.verifierKey());
    }

    @Test
    void attack23RefusesASignatureByHashMlDsa() throws CryptoException {
        MLDSAPrivateKeyParameters hashing = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44_with_sha512, SEED);

        assertThat(hashing.getPublicKey()).isEqualTo(key.verifierKey().publicKey());
        assertRefused(signedBy(new HashMLDSASigner(), hashing), TEXT, key.verifierKey());
    }

    @Test
    void attack23RefusesKeysAndSignaturesOfAnotherParameterSet() throws CryptoException {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(new MLDSAKeyGenerationParameters(new SecureRandom(), MLDSAParameters.ml_dsa_65));
        MLDSAPrivateKeyParameters larger =
                (MLDSAPrivateKeyParameters) generator.generateKeyPair().getPrivate();

        assertRefused(signedBy(new MLDSASigner(), larger), TEXT, key.verifierKey());
        assertThatThrownBy(() -> VerifierKey.of(NAME, KeyType.ML_DSA_44, larger.getPublicKey()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("has 1312 bytes, not 1952");
    }

    @Test
    void aSeedHas32Bytes() {
        assertThatThrownBy(() -> SigningKey.of(NAME, KeyType.ML_DSA_44, new byte[2560]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("a seed of 32 bytes, not 2560");
        assertThat(TestKeys.key(NAME, KeyType.ML_DSA_44, "").toString()).startsWith("private key of " + NAME);
    }

    private static void assertRefused(SignatureLine line, String text, VerifierKey key) {
        assertThatThrownBy(() -> NoteVerifier.verifyLine(line, text, key))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining(key.ref());
    }

    private SignatureLine signedBy(Signer signer, CipherParameters secret) throws CryptoException {
        byte[] message = SubtreeMessage.encode(NAME, 0, CHECKPOINT);
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        byte[] signature = signer.generateSignature();
        byte[] blob = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(0)
                .put(signature)
                .array();
        return new SignatureLine(line.name(), line.keyId(), blob);
    }

    private SignatureLine withTime(long time) {
        byte[] altered = ByteBuffer.allocate(line.blob().length)
                .putLong(time)
                .put(Arrays.copyOfRange(line.blob(), Long.BYTES, line.blob().length))
                .array();
        return new SignatureLine(line.name(), line.keyId(), altered);
    }
}
