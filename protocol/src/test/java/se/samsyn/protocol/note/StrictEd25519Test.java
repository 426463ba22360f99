package se.samsyn.protocol.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.TestKeys;

class StrictEd25519Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.UTF_8);

    private final SigningKey key = TestKeys.signer("skane.swetrial.example/log");
    private final byte[] publicKey = key.verifierKey().publicKey();
    private final byte[] signature = key.sign(MESSAGE);

    /** The examples of RFC 8032 section 7.1, except the one of 1023 bytes: seed, public key, message, signature. */
    static Stream<Arguments> rfc8032() {
        return Stream.of(
                Arguments.of(
                        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                        "",
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
                Arguments.of(
                        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                        "72",
                        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
                Arguments.of(
                        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                        "af82",
                        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
                Arguments.of(
                        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
                        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
                        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                                + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"));
    }

    @ParameterizedTest
    @MethodSource("rfc8032")
    void agreesWithTheExamplesOfRfc8032(String seed, String publicKey, String message, String signature) {
        SigningKey signer = SigningKey.of("rfc8032", KeyType.ED25519, HEX.parseHex(seed));

        assertThat(HEX.formatHex(signer.verifierKey().publicKey())).isEqualTo(publicKey);
        assertThat(HEX.formatHex(signer.sign(HEX.parseHex(message)))).isEqualTo(signature);
        StrictEd25519.verify(HEX.parseHex(publicKey), HEX.parseHex(message), HEX.parseHex(signature));
    }

    @Test
    void agreesWithTheJdkOnRandomSignaturesAndEveryBitFlip() throws GeneralSecurityException {
        long seed = 8032;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20; round++) {
            byte[] secret = new byte[StrictEd25519.SEED_LENGTH];
            random.nextBytes(secret);
            byte[] message = new byte[random.nextInt(200)];
            random.nextBytes(message);
            SigningKey signer = SigningKey.of("name", KeyType.ED25519, secret);
            byte[] made = signer.sign(message);
            signer.verifierKey().verify(message, made);
            assertThat(JdkEd25519.accepts(signer.verifierKey().publicKey(), message, made))
                    .as("seed %d, round %d", seed, round)
                    .isTrue();
            int bit = random.nextInt(8 * made.length);
            made[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> signer.verifierKey().verify(message, made))
                    .as("seed %d, round %d, bit %d", seed, round, bit)
                    .isInstanceOf(RefutedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 63, 65, 128})
    void attack22RefusesSignaturesOfAnotherLength(int length) {
        assertThatThrownBy(() -> StrictEd25519.verify(publicKey, MESSAGE, Arrays.copyOf(signature, length)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("64 bytes, not " + length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesPublicKeysOfAnotherLength(int length) {
        assertThatThrownBy(() -> StrictEd25519.verify(Arrays.copyOf(publicKey, length), MESSAGE, signature))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("32 bytes, not " + length);
    }

    @Test
    void attack22RefusesASignatureWhoseSIsNotReduced() {
        BigInteger s = EdwardsPoint.fromLittleEndian(Arrays.copyOfRange(signature, 32, 64))
                .add(EdwardsPoint.L);
        byte[] malleated = signature.clone();
        System.arraycopy(EdwardsPoint.littleEndian(s), 0, malleated, 32, 32);

        assertThatThrownBy(() -> StrictEd25519.verify(publicKey, MESSAGE, malleated))
                .isInstanceOf(RefutedException.class);
    }

    @Test
    void attack22RefusesKeysOfLowOrder() {
        for (EdwardsPoint point = EdwardsPoint.torsion();
                !point.equals(EdwardsPoint.NEUTRAL);
                point = point.plus(EdwardsPoint.torsion())) {
            byte[] low = point.encode();
            assertThatThrownBy(() -> VerifierKey.of("name", KeyType.ED25519, low))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("prime-order subgroup");
        }
    }

    @Test
    void refusesAKeyWithATorsionPart() {
        BigInteger scalar = BigInteger.valueOf(123_456_789);
        byte[] plain = EdwardsPoint.BASE.times(scalar).encode();
        byte[] torsioned =
                EdwardsPoint.BASE.times(scalar).plus(EdwardsPoint.torsion()).encode();

        assertThat(VerifierKey.of("name", KeyType.ED25519, plain).publicKey()).isEqualTo(plain);
        assertThatThrownBy(() -> VerifierKey.of("name", KeyType.ED25519, torsioned))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("prime-order subgroup");
    }

    /** The signature that would split a network: Bouncy Castle alone accepts it, OpenSSL, Go and the JDK do not. */
    @Test
    void attack22RefusesASignatureWhoseRHasATorsionPart() throws GeneralSecurityException {
        BigInteger a = BigInteger.valueOf(987_654_321);
        BigInteger r = BigInteger.valueOf(1_234_567);
        byte[] publicKey = EdwardsPoint.BASE.times(a).encode();
        byte[] bigR = EdwardsPoint.BASE.times(r).plus(EdwardsPoint.torsion()).encode();
        byte[] split = crafted(a, r, bigR, MESSAGE);

        assertThat(Ed25519.verify(split, 0, publicKey, 0, MESSAGE, 0, MESSAGE.length))
                .isTrue();
        assertThat(JdkEd25519.accepts(publicKey, MESSAGE, split)).isFalse();
        assertThatThrownBy(() -> StrictEd25519.verify(publicKey, MESSAGE, split))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("R is no point");
    }

    @Test
    void acceptsOnlyTheOneOfEightTorsionPartsThatIsNone() throws GeneralSecurityException {
        long seed = 1963;
        SplittableRandom random = new SplittableRandom(seed);
        int acceptedByBouncyCastleAlone = 0;
        for (int round = 0; round < 24; round++) {
            BigInteger a = scalar(random);
            BigInteger r = scalar(random);
            byte[] message = new byte[random.nextInt(200)];
            random.nextBytes(message);
            byte[] publicKey = EdwardsPoint.BASE.times(a).encode();
            EdwardsPoint part = EdwardsPoint.torsion().times(BigInteger.valueOf(round % 8));
            byte[] made = crafted(a, r, EdwardsPoint.BASE.times(r).plus(part).encode(), message);
            boolean expected = round % 8 == 0;

            String what = "seed " + seed + ", round " + round;
            assertThat(accepts(publicKey, message, made)).as(what).isEqualTo(expected);
            assertThat(acceptedWithACheckOfR(publicKey, message, made)).as(what).isEqualTo(expected);
            assertThat(JdkEd25519.accepts(publicKey, message, made)).as(what).isEqualTo(expected);
            if (!expected && Ed25519.verify(made, 0, publicKey, 0, message, 0, message.length)) {
                acceptedByBouncyCastleAlone++;
            }
        }
        assertThat(acceptedByBouncyCastleAlone).isPositive();
    }

    @Test
    void refusesTheNeutralPointAndOtherSmallOrNonCanonicalPointsAsR() throws GeneralSecurityException {
        BigInteger a = BigInteger.valueOf(987_654_321);
        byte[] publicKey = EdwardsPoint.BASE.times(a).encode();
        BigInteger twoTo255 = BigInteger.TWO.pow(255);
        for (int i = 0; i < 19; i++) {
            BigInteger small = BigInteger.valueOf(i);
            // y, y plus p (the same point in a second encoding), and each with the sign bit set
            for (BigInteger y : List.of(small, small.add(EdwardsPoint.P))) {
                for (BigInteger encoding : List.of(y, y.add(twoTo255))) {
                    byte[] bigR = EdwardsPoint.littleEndian(encoding);
                    byte[] made = crafted(a, BigInteger.ZERO, bigR, MESSAGE);
                    assertThat(accepts(publicKey, MESSAGE, made))
                            .as("R %s", HEX.formatHex(bigR))
                            .isFalse();
                    assertThat(acceptedWithACheckOfR(publicKey, MESSAGE, made))
                            .as("R %s", HEX.formatHex(bigR))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void acceptsARandomSignatureExactlyIfBouncyCastleDoesAndRIsChecked() {
        long seed = 7748;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 400; round++) {
            byte[] secret = new byte[StrictEd25519.SEED_LENGTH];
            random.nextBytes(secret);
            byte[] message = new byte[random.nextInt(800)];
            random.nextBytes(message);
            SigningKey signer = SigningKey.of("name", KeyType.ED25519, secret);
            byte[] made = signer.sign(message);
            if (random.nextBoolean()) {
                int bit = random.nextInt(8 * made.length);
                made[bit / 8] ^= (byte) (1 << bit % 8);
            }
            byte[] publicKey = signer.verifierKey().publicKey();
            assertThat(accepts(publicKey, message, made))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(acceptedWithACheckOfR(publicKey, message, made));
        }
    }

    /** A signature with a chosen R, for which only S = r + k a is worked out. */
    private static byte[] crafted(BigInteger a, BigInteger r, byte[] bigR, byte[] message)
            throws GeneralSecurityException {
        MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
        sha512.update(bigR);
        sha512.update(EdwardsPoint.BASE.times(a).encode());
        BigInteger k = EdwardsPoint.fromLittleEndian(sha512.digest(message));
        byte[] made = Arrays.copyOf(bigR, StrictEd25519.SIGNATURE_LENGTH);
        System.arraycopy(EdwardsPoint.littleEndian(r.add(k.multiply(a)).mod(EdwardsPoint.L)), 0, made, 32, 32);
        return made;
    }

    private static BigInteger scalar(SplittableRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return EdwardsPoint.fromLittleEndian(bytes).mod(EdwardsPoint.L);
    }

    private static boolean accepts(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            StrictEd25519.verify(publicKey, message, signature);
            return true;
        } catch (RefutedException e) {
            return false;
        }
    }

    /** The rule as the specification words it, by Bouncy Castle alone. */
    private static boolean acceptedWithACheckOfR(byte[] publicKey, byte[] message, byte[] signature) {
        return Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length)
                && Ed25519.validatePublicKeyFull(signature, 0);
    }
}
