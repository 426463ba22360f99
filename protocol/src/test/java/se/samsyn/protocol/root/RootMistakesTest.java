package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.samsyn.protocol.CanonicalBase64;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.TestKeys;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.VerifierKey;

/** One change each to a good root of three members, and the message that it must lead to. */
class RootMistakesTest {
    private static final String SKANE = TestNetwork.SKANE;
    private static final String GOOD = TestNetwork.root(3).text();
    private static final VerifierKey LOG = TestNetwork.logKey(SKANE).verifierKey();
    private static final VerifierKey PUBLISHER = TestNetwork.publisher(SKANE).verifierKey();
    private static final VerifierKey WITNESS = TestNetwork.witness(SKANE).verifierKey();
    private static final VerifierKey SPARE = TestKeys.signer("spare").verifierKey();

    static Stream<Arguments> mistakes() {
        String hex = "0".repeat(64);
        return Stream.of(
                change("federation-root/v1", "federation-root/v2", "line 1: expected <network>/federation-root/v1"),
                change("swetrial.example/fed", "Swe Trial/fed", "line 1: expected <network>/federation-root/v1"),
                add("colour blue", "unknown word \"colour\", expected one of version, previous"),
                add("", "unknown word \"\""),
                add("version", "0 words after version, expected 1"),
                add("dataset  " + hex, "\"\" is no name of a dataset"),
                add("dataset a " + hex + " more", "3 words after dataset, expected 2"),
                add("version 1", "version is given twice"),
                add("quorum 2", "quorum is given twice"),
                drop("version 1", "there is no version line"),
                drop("previous none", "there is no previous line"),
                drop("threshold 2", "there is no threshold line"),
                drop("quorum 2", "there is no quorum line"),
                change("version 1", "version 0", "version is 0, expected a positive number"),
                change("version 1", "version 01", "version is \"01\", expected a decimal number"),
                change("version 1", "version one", "version is \"one\", expected a decimal number"),
                change("version 1", "version 2", "version 2 has previous none, expected the hex SHA-256"),
                change("previous none", "previous " + hex, "version 1 has previous " + hex + ", expected none"),
                change("issued 2026-05-01T00:00:00Z", "issued 2026-13-01", "\"2026-13-01\" is no date"),
                change(
                        "issued 2026-05-01T00:00:00Z",
                        "issued 1/5/2026",
                        "\"1/5/2026\" is no date, expected 2026-05-01"),
                change("issued 2026-05-01T00:00:00Z", "issued 2026-05-01T00:00Z", "is no date"),
                change("expires 2027", "expires 2026", "expires 2026-05-01T00:00:00Z is not after issued"),
                change("threshold 2", "threshold 4", "threshold 4 of 3 root keys cannot be met"),
                change("threshold 2", "threshold 99999999999", "of 3 root keys cannot be met"),
                change("quorum 2", "quorum 1", "quorum of 1 with 2 other members, expected at least 2 and at most 2"),
                change("quorum 2", "quorum 3", "quorum of 3 with 2 other members"),
                change("quorum 2", "quorum 99999999999", "quorum of 99999999999 with 2 other members"),
                change("https://skane", "ftp//skane", "is not the URL of a host"),
                change("https://skane", "https://user:secret@skane", "is not the URL of a host, without credentials"),
                change("https://skane.swetrial.example:8443", "mailto:skane", "is not the URL of a host"),
                change("https://skane.swetrial.example:8443", "https://<skane>", "is no URL"),
                change("8443 12\n", "8443 123\n", "scope \"123\" is no county code"),
                change("8443 12\n", "8443 12,12\n", "names a place twice"),
                change("8443 12\n", "8443 13\n", "overlaps scope 13 of skane.swetrial.example"),
                change("8443 12\n", "8443 12,03\n", "overlaps scope 03,12 of skane.swetrial.example"),
                add("member Region https://a.example 20", "\"Region\" is no name of a node"),
                add("member .. https://a.example 20", "\"..\" is no name of a node"),
                add("member " + SKANE + " https://a.example 20", "node skane.swetrial.example is listed before"),
                add("observer " + SKANE + " https://a.example", "node skane.swetrial.example is listed before"),
                add("observer a_b https://a.example", "\"a_b\" is no name of a node"),
                add("member new.example https://a.example 20", "member new.example has no logkey line"),
                drop("logkey " + LOG.encode(), "member skane.swetrial.example has no logkey line"),
                drop("publisher " + PUBLISHER.encode(), "member skane.swetrial.example has no publisher line"),
                drop("witness " + WITNESS.encode(), "member skane.swetrial.example has no witness line"),
                add("logkey " + SPARE.encode(), "logkey " + SPARE.ref() + " is not named <member>/log"),
                add("publisher " + key(TestNetwork.OBSERVER + "/publisher"), "is not named <member>/publisher"),
                add("logkey " + key(SKANE + "/publisher"), "is not named <member>/log"),
                add("witness " + key(SKANE + "/witness"), "is of type 0x01, expected 0x04"),
                add("root " + TestKeys.witness("a/root").verifierKey().encode(), "is of type 0x04, expected 0x01"),
                add("root " + LOG.encode(), "the public key of " + LOG.ref() + " is listed before"),
                add("root " + renamed(LOG), "is listed before: a key has one use and name"),
                add("root not-a-key", "\"not-a-key\" is not a verifier key"),
                add("root " + mlDsa(SKANE + "/root"), "is of type 0x06, expected 0x01"),
                add("publisher " + mlDsa(SKANE + "/publisher"), "is of type 0x06, expected 0x01"),
                add("witness " + mlDsa(SKANE + "/witness"), "is of type 0x06, expected 0x04"),
                add("logkey " + TestKeys.witness(SKANE + "/log").verifierKey().encode(), "expected 0x01 or 0x06"),
                change(
                        "logkey " + LOG.encode(),
                        "logkey " + mlDsa(SKANE + "/log"),
                        "has no logkey line with a key of type 0x01"),
                add("tls " + SKANE + " " + hex, "is not the base64 SHA-256 of a TLS key"),
                add("tls nobody.example " + Hash.sha256().toBase64(), "tls names no member and no observer: nobody"),
                add(
                        "tls " + SKANE + " " + TestNetwork.tlsPin(SKANE).toBase64(),
                        "TLS key of skane.swetrial.example is listed"),
                add("tls " + SKANE + " " + CanonicalBase64.encode(LOG.publicKey()), "is listed before"),
                add("may " + PUBLISHER.ref() + " Summary", "\"Summary\" is no kind of statement"),
                add("may " + PUBLISHER.ref() + " summary,", "\"\" is no kind of statement"),
                add("may " + LOG.ref() + " summary", "may names no publisher key: " + LOG.ref()),
                add("may " + PUBLISHER.ref() + " a\nmay " + PUBLISHER.ref() + " b", "may sign is listed before"),
                add("dataset costs " + TestNetwork.COSTS, "dataset costs is listed before with this definition"),
                add("dataset Costs " + hex, "\"Costs\" is no name of a dataset"),
                add("dataset costs " + TestNetwork.COSTS.toBase64(), "64 lower-case hexadecimal digits"),
                add("end a+01234567 a/log size 4 until " + hex, "expected end <key name>+<key ID> <origin> size"),
                add("end a+01234567 a/log size 4 root abc", "base64 is not canonical"),
                add("end a+01234567 a/log size -4 root " + hex, "size is \"-4\""),
                add("end a+01234567 a/log size 0 root " + hex, "a tree of size 0 has root"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void refusesEachMistakeByName(String what, UnaryOperator<String> change, String message) {
        String changed = change.apply(GOOD);

        assertThat(changed).as(what).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> FederationRoot.parse(changed))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void tellsAllMistakesAtOnceWithTheirLines() {
        String text = GOOD.replace("version 1", "version one").replace("threshold 2", "threshold 0") + "colour blue\n";
        long last = text.lines().count();

        MalformedException refusal = catchThrowableOfType(MalformedException.class, () -> FederationRoot.parse(text));

        assertThat(refusal)
                .hasMessage("federation root has 3 mistakes:\n"
                        + "  line 2: version is \"one\", expected a decimal number from 0 to 2^63-1 "
                        + "without leading zeros\n"
                        + "  line 6: threshold is 0, expected a positive number\n"
                        + "  line " + last + ": unknown word \"colour\", expected one of version, previous, issued, "
                        + "expires, threshold, root, member, tls, logkey, publisher, may, witness, observer, dataset, "
                        + "quorum, end");
    }

    @Test
    void tellsABoundedNumberOfMistakes() {
        assertThatThrownBy(() -> FederationRoot.parse(GOOD + "nonsense\n".repeat(1000)))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("federation root has 1000 mistakes:")
                .hasMessageEndingWith("  and 900 more");
    }

    @Test
    void boundsTheNumberOfNodes() {
        StringBuilder text = new StringBuilder(GOOD);
        for (int i = 0; i < FederationRoot.MAX_NODES - 3; i++) {
            text.append("observer n").append(i).append(".example https://a.example\n");
        }

        assertThatThrownBy(() -> FederationRoot.parse(text.toString()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than 64 members and observers");
    }

    /** Two keys that a signature line cannot tell apart; finding such a pair takes some 2^16 attempts. */
    @Test
    void refusesTwoKeysOfOneNameAndId() {
        String first = "root collision.example/root+57b9f630+AYw/duF1fdW3PMRZRa9eL4Cobi2cO7+flUeC2YSDsCAK\n";
        String second = "root collision.example/root+57b9f630+ATmtU5u0frqlB2zGeo1oc2YCtjSMDAE04mG89PGQUrSQ\n";

        assertThat(FederationRoot.parse(GOOD + first).rootKeys()).hasSize(4);
        assertThatThrownBy(() -> FederationRoot.parse(GOOD + first + second))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("another key is called collision.example/root+57b9f630");
    }

    @Test
    void refusesARootOfASingleMember() {
        assertThatThrownBy(() ->
                        new RootText("a.example").member(TestNetwork.member(0)).build())
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("quorum of 1 with 0 other members");
        assertThatThrownBy(() -> new RootText("a.example").build())
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("there is no member line");
    }

    @Test
    void endsInALineFeed() {
        String cut = GOOD.substring(0, GOOD.length() - 1);

        assertThatThrownBy(() -> FederationRoot.parse(cut))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("ends in a line feed");
    }

    private static Arguments change(String from, String to, String message) {
        return Arguments.of(from + " -> " + to, (UnaryOperator<String>) text -> text.replace(from, to), message);
    }

    private static Arguments drop(String line, String message) {
        return Arguments.of("without " + line, (UnaryOperator<String>) text -> text.replace(line + "\n", ""), message);
    }

    private static Arguments add(String line, String message) {
        return Arguments.of("with " + line, (UnaryOperator<String>) text -> text + line + "\n", message);
    }

    private static String key(String name) {
        return TestKeys.key(name, KeyType.ED25519, "another").verifierKey().encode();
    }

    private static String renamed(VerifierKey key) {
        return VerifierKey.of("renamed", key.type(), key.publicKey()).encode();
    }

    private static String mlDsa(String name) {
        return TestKeys.key(name, KeyType.ML_DSA_44, "").verifierKey().encode();
    }
}
