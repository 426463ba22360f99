package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.CommandsTest.assertRun;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Setting up, joining and starting with something wrong: each is refused in one paragraph that says what, where, and what to do. */
final class WrongInputTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final Pattern HASH = Pattern.compile("(?m)^  ([0-9a-f]{64})$");

    @TempDir
    private static Path made;

    private static String northHash = "";
    private static String southHash = "";

    @TempDir
    private Path folder;

    /** Three members, of which the first two make one network, and the last two another. */
    @BeforeAll
    static void makeNetworks() {
        init(made.resolve("norra"), "24");
        init(made.resolve("vastra"), "14");
        init(made.resolve("sodra"), "12");
        northHash = root("north", "norra", "vastra");
        southHash = root("south", "vastra", "sodra");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "99    | there is no place \"99\"; close to it: 09 (Gotlands län), 19 (Västmanlands län). ",
                "12,98 | there is no place \"98\"; close to it: 08 (Kalmar län), 18 (Örebro län). ",
                "1399  | there is no place \"1399\"; close to it: 13 (Hallands län), ",
                "12x   | \"12x\" is no county code",
                "12,12 | names a place twice",
            })
    void makesNoNodeForAPlaceThatThereIsNot(String scope, String explanation) {
        Path node = folder.resolve("node");

        CommandRun run = init(node, scope);

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).startsWith("samsyn: --scope: ").contains(explanation.stripTrailing());
        assertThat(node).doesNotExist();
    }

    @Test
    void listsThePlacesThatThereAre() {
        assertThat(init(folder.resolve("node"), "99").err())
                .contains("list of places (code-lists/place.json) has 01, 03, 04,", "1384, 14,", "25, -;")
                .contains("use these codes");
    }

    @Test
    void makesNoRootWithAPlaceThatThereIsNot() throws IOException {
        Path member = folder.resolve("member.txt");
        Files.writeString(
                member, Files.readString(made.resolve("vastra/member.txt")).replace(" 14\n", " 77\n"));
        Path root = folder.resolve("root.note");

        CommandRun run = CommandRun.of(
                "root",
                "create",
                "--network",
                "north.example",
                "--key",
                key("norra"),
                "--out",
                root.toString(),
                made.resolve("norra/member.txt").toString(),
                member.toString());

        assertRun(run, REFUSED);
        assertThat(run.err())
                .contains(member + ": there is no place \"77\"", "07 (Kronobergs län)", "17 (Värmlands län)");
        assertThat(root).doesNotExist();
    }

    @Test
    void makesNoNodeThatWouldReleaseADatasetThatThereIsNot() {
        CommandRun run = init(folder.resolve("node"), "12", "--release", "trials,invoices");

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err())
                .contains("--release: there is no dataset \"invoices\"; there are atmp, capacity,", " cohorts, costs,");
        assertThat(folder.resolve("node")).doesNotExist();
    }

    @Test
    void saysThatANewNodeReleasesByRuleOrThatItDoesNot() {
        assertThat(init(folder.resolve("a"), "12").out())
                .contains("after every import trials and costs are RELEASED BY RULE", "automaticRelease");
        assertThat(init(folder.resolve("b"), "12", "--release", "").out())
                .contains("Nothing is released by rule")
                .doesNotContain("RELEASED BY RULE");
    }

    @Test
    void doesNotOpenAKeyFileThatIsNotThere() throws IOException {
        Path node = copy("norra");
        Files.delete(node.resolve("keys.p12"));

        assertStartFails(node, "cannot open the key file " + node.resolve("keys.p12"), "there is no such file");
    }

    @Test
    void doesNotOpenAKeyFileOfAnotherKind() throws IOException {
        Path node = copy("norra");
        Files.writeString(node.resolve("keys.p12"), "-----BEGIN PRIVATE KEY-----\n");
        assertStartFails(node, "keys.p12", "it is no PKCS#12 key file", "restore it from a backup");

        Files.write(node.resolve("keys.p12"), new byte[0]);
        assertStartFails(node, "keys.p12", "it is no PKCS#12 key file");

        Files.delete(node.resolve("keys.p12"));
        Files.createDirectory(node.resolve("keys.p12"));
        assertStartFails(node, "keys.p12", "it is a folder");
    }

    @Test
    void doesNotOpenAKeyFileWithAnotherPassword() throws IOException {
        Path node = copy("norra");
        Files.writeString(node.resolve("password"), "another\n");

        assertStartFails(node, "keys.p12", "the password does not open it", "passwordFile");
    }

    @Test
    void doesNotOpenARootKeyWithAnotherPassword() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "another\n");
        Path root = Files.copy(made.resolve("north.note"), folder.resolve("root.note"));

        CommandRun run = CommandRun.of(
                "root", "sign", "--key", key("vastra"), "--password-file", password.toString(), root.toString());

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("root-key.p12", "the password does not open it", "--password-file");
        assertThat(root).hasSameBinaryContentAs(made.resolve("north.note"));
    }

    @Test
    void doesNotTakeAFolderForAConfiguration() {
        CommandRun run = CommandRun.of("run", "--config", folder.toString());

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains(folder.toString(), "it is a folder").doesNotContain("Exception");
    }

    @Test
    void doesNotJoinByARootWithAnotherHash() throws IOException {
        Path node = copy("norra");

        CommandRun run = join(node, "north", southHash);

        assertRun(run, REFUSED);
        assertThat(run.err()).contains(southHash, northHash);
        assertJoinedNothing(node);
    }

    @Test
    void doesNotJoinANetworkThatDoesNotKnowIt() throws IOException {
        Path node = copy("norra");

        CommandRun run = join(node, "south", southHash);

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("norra.test.example is neither member nor observer in version 1");
        assertJoinedNothing(node);
    }

    @Test
    void doesNotJoinWithKeysThatTheRootDoesNotHave() throws IOException {
        init(folder.resolve("other/norra"), "24");

        CommandRun run = join(folder.resolve("other/norra"), "north", northHash);

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err())
                .contains("norra.test.example is a member", "the keys in its key file are not those there", "tls:");
        assertJoinedNothing(folder.resolve("other/norra"));
    }

    @Test
    void saysWhoseThePortIsAndDoesNotMixNetworks() throws IOException {
        Path node = copy("vastra");
        int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
        Path config = node.resolve("node.json");
        Files.writeString(config, Files.readString(config).replaceFirst("8443", Integer.toString(port)));
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("0.0.0.0"))) {
            CommandRun run = join(node, "north", northHash);

            assertRun(run, COULD_NOT_RUN);
            assertThat(run.err())
                    .contains("peer listener cannot bind to 0.0.0.0:" + taken.getLocalPort())
                    .contains("another process uses the port", "peer.port in the configuration")
                    .doesNotContain("Exception");
        }
        // by then it has joined north
        CommandRun other = join(node, "south", southHash);
        assertRun(other, COULD_NOT_RUN);
        assertThat(other.err()).contains(northHash, southHash, "leave out --root");

        Files.delete(node.resolve("network-hash"));
        CommandRun store = join(node, "south", southHash);
        assertRun(store, COULD_NOT_RUN);
        assertThat(store.err())
                .contains("the store in " + node.resolve("data") + " is of network " + northHash)
                .contains("check dataDirectory");
        assertThat(node.resolve("network-hash")).doesNotExist();
    }

    private static void assertStartFails(Path node, String... explanation) {
        CommandRun run =
                CommandRun.of("run", "--config", node.resolve("node.json").toString());
        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains(explanation).doesNotContain("Exception");
    }

    private static void assertJoinedNothing(Path node) {
        assertThat(node.resolve("data")).doesNotExist();
        assertThat(node.resolve("network-hash")).doesNotExist();
    }

    private Path copy(String member) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(member));
        for (String file : List.of("keys.p12", "password", "node.json")) {
            Files.copy(made.resolve(member).resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private static CommandRun join(Path node, String network, String hash) {
        return CommandRun.of(
                "run",
                "--config",
                node.resolve("node.json").toString(),
                "--root",
                made.resolve(network + ".note").toString(),
                "--root-hash",
                hash);
    }

    /** Makes a root that two members have signed, and gives its hash as it is printed. */
    private static String root(String network, String first, String second) {
        CommandRun run = CommandRun.of(
                "root",
                "create",
                "--network",
                network + ".example",
                "--key",
                key(first),
                "--key",
                key(second),
                "--out",
                made.resolve(network + ".note").toString(),
                made.resolve(first).resolve("member.txt").toString(),
                made.resolve(second).resolve("member.txt").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        Matcher hash = HASH.matcher(run.out());
        assertThat(hash.find()).as(run.out()).isTrue();
        return hash.group(1);
    }

    private static String key(String member) {
        return made.resolve(member).resolve("root-key/root-key.p12").toString();
    }

    private static CommandRun init(Path node, String scope, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "init",
                "--node",
                node.getFileName() + ".test.example",
                "--url",
                "https://127.0.0.1:8443",
                "--user-port",
                "28999",
                "--scope",
                scope,
                "--dir",
                node.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }
}
