package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.CommandsTest.assertRun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.NodeKeys;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Fingerprint;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Cosignature;

/** The commands that change a federation root, all of them on files: a network of m1, m2 and m3, and m4 to come. */
final class RootCommandsTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;
    private static final List<String> MEMBERS = List.of("m1", "m2", "m3", "m4");

    @TempDir
    private static Path network;

    private static String first = "";

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void foundTheNetwork() {
        for (String member : MEMBERS) {
            done(
                    "init",
                    "--node",
                    node(member),
                    "--url",
                    "https://127.0.0.1:844" + member.substring(1),
                    "--scope",
                    "2" + member.substring(1),
                    "--dir",
                    network.resolve(member).toString());
        }
        first = network.resolve("root-1.note").toString();
        done(
                "root",
                "create",
                "--network",
                "test.example",
                "--key",
                key("m1"),
                "--key",
                key("m2"),
                "--out",
                first,
                memberLines("m1"),
                memberLines("m2"),
                memberLines("m3"));
    }

    @Test
    void aMemberJoinsOnceEnoughHaveSigned() {
        CommandRun proposed = propose("--add-member", memberLines("m4"), "--threshold", "3", "--key", key("m1"));
        CommandRun early = CommandRun.of("root", "show", "--previous", first, second());
        CommandRun signed = done("root", "sign", "--previous", first, "--key", key("m2"), "--key", key("m4"), second());
        CommandRun shown = done("root", "show", "--previous", first, second());

        assertThat(proposed.exitCode()).as(proposed.err()).isZero();
        assertThat(proposed.out())
                .contains("from version 1 to version 2 of the federation root of test.example:")
                .contains("~ threshold of root signatures: 2 of 3 root keys → 3 of 4 root keys")
                .contains("+ m4.test.example: member at https://127.0.0.1:8444 with scope 24")
                .contains("signed   1 of the 2 root keys that are needed of version 1")
                .contains("signed   1 of the 3 root keys that are needed of version 2")
                .containsPattern("waits for m2.test.example/root\\+[0-9a-f]{8} +fingerprint ([0-9]{4} ?){8}")
                .contains("samsyn root sign --key FILE --previous FILE " + second());
        assertThat(early.exitCode()).isEqualTo(REFUSED);
        assertThat(early.err()).contains("signed by 1 of the root keys of version 1, expected 2; 1 more of m2.test");
        assertThat(signed.out()).contains("+ m4.test.example: member").doesNotContain("It does not count yet");
        assertThat(shown.out()).contains("signed   3 of the 3 root keys").doesNotContain("waits for");
        assertThat(chain(first, second()).newest().member(node("m4"))).isPresent();
    }

    @Test
    void aMemberLeavesWithItsFinalCheckpoint() {
        Path last = write("last", cosigned("m3", 812, "m1", "m2"));

        CommandRun proposed =
                propose("--remove-member", node("m3") + "=" + last, "--key", key("m1"), "--key", key("m2"));

        assertThat(proposed.exitCode()).as(proposed.err()).isZero();
        FederationRoot root = chain(first, second()).newest();
        assertThat(root.member(node("m3"))).isEmpty();
        assertThat(root.ends())
                .as("of both log keys and the publisher key")
                .hasSize(3)
                .allMatch(end -> end.last().size() == 812);
        assertThat(proposed.out())
                .contains("- m3.test.example: member at", "counts for m3.test.example/log up to size 812")
                .contains("~ quorum: 2 of 2 other members → 1 of 1 other members");
    }

    @Test
    void aMemberDoesNotLeaveAtACheckpointWithoutQuorum() {
        Path last = write("last", cosigned("m3", 812, "m1"));

        CommandRun proposed = propose("--remove-member", node("m3") + "=" + last, "--key", key("m1"));

        assertRun(proposed, REFUSED);
        assertThat(proposed.err()).contains(last + ": checkpoint of m3.test.example/log at size 812 has 1 votes");
        assertThat(Path.of(second())).doesNotExist();
    }

    @Test
    void aKeyIsRotatedInTwoVersions() {
        FederationRoot root = RootFiles.readRoot(Path.of(first));
        String old = root.requireMember(node("m1")).witnesses().get(0).ref();
        String next = RootFiles.readMemberLines(anotherNode("m1"))
                .member()
                .witnesses()
                .get(0)
                .encode();
        String third = folder.resolve("root-3.note").toString();

        CommandRun both = propose("--add", "witness " + next, "--key", key("m1"), "--key", key("m2"));
        CommandRun without = CommandRun.of(
                "root",
                "propose",
                "--remove",
                "witness " + old,
                "--key",
                key("m1"),
                "--key",
                key("m3"),
                "--out",
                third,
                second());

        assertThat(both.out()).contains("(of 2 in force)");
        assertThat(without.exitCode()).as(without.err()).isZero();
        assertThat(without.out()).contains("- m1.test.example: witness key " + old);
        assertThat(chain(first, second(), third)
                        .newest()
                        .requireMember(node("m1"))
                        .witnesses())
                .hasSize(1)
                .noneMatch(key -> key.ref().equals(old));
    }

    @Test
    void aKeyIsRevokedAtACheckpoint() {
        String log = RootFiles.readRoot(Path.of(first))
                .requireMember(node("m1"))
                .logKeys()
                .get(0)
                .ref();
        Path last = write("last", cosigned("m1", 40, "m2", "m3"));

        CommandRun revoked = propose("--end", log + "=" + last, "--key", key("m2"), "--key", key("m3"));

        assertThat(revoked.exitCode()).as(revoked.err()).isZero();
        assertThat(chain(first, second()).newest().ends())
                .singleElement()
                .matches(end -> end.key().equals(log) && end.last().size() == 40);
    }

    @Test
    void scopesDatasetsAndTheExpiryChange() {
        String definition = Hash.sha256().toHex();

        CommandRun proposed = propose(
                "--scope",
                node("m1") + "=21,10",
                "--dataset",
                "trials=" + definition,
                "--days",
                "730",
                "--key",
                key("m1"));

        assertThat(proposed.exitCode()).as(proposed.err()).isZero();
        assertThat(proposed.out())
                .contains("~ m1.test.example: scope 21 → 10,21")
                .contains("+ dataset: trials by definition " + definition)
                .containsPattern("~ expires: [-0-9T:Z]+ → [-0-9T:Z]+");
    }

    @Test
    void saysWhatDiffers() {
        propose("--threshold", "3", "--key", key("m1"));

        assertThat(done("root", "diff", first, second()).out()).isEqualTo("""
                        from version 1 to version 2 of the federation root of test.example:
                          ~ threshold of root signatures: 2 of 3 root keys → 3 of 3 root keys

                        """);
        assertThat(done("root", "diff", first, first).out()).contains("  nothing\n");
    }

    @Test
    void showsAFingerprintToReadAloud() {
        FederationRoot root = RootFiles.readRoot(Path.of(first));

        assertThat(done("root", "show", first).out())
                .contains(root.hash().toHex())
                .contains(Fingerprint.ofRoot(root.hash()).toString());
    }

    @Test
    void refusesWhatMayNotFollow() {
        assertRun(propose("--key", key("m1")), COULD_NOT_RUN);
        CommandRun overlap = propose("--scope", node("m1") + "=22", "--key", key("m1"));
        assertRun(overlap, REFUSED);
        assertThat(overlap.err()).contains("overlaps scope");
        CommandRun noLine = propose("--remove", "witness nobody/witness+01234567", "--key", key("m1"));
        assertRun(noLine, REFUSED);
        assertThat(noLine.err()).contains("has 0 lines \"witness nobody/witness+01234567\"");
        CommandRun stranger = propose("--threshold", "1", "--key", key("m4"));
        assertRun(stranger, REFUSED);
        assertThat(stranger.err()).contains("m4.test.example/root").contains("none of those that sign version 2");
        assertThat(Path.of(second())).doesNotExist();
    }

    @Test
    void aLaterVersionIsNotJudgedWithoutTheOneBefore() {
        propose("--threshold", "3", "--key", key("m1"));

        CommandRun alone = CommandRun.of("root", "show", second());

        assertRun(alone, COULD_NOT_RUN);
        assertThat(alone.err()).contains("give that version with --previous FILE");
        CommandRun wrong = CommandRun.of("root", "sign", "--key", key("m2"), "--previous", second(), second());
        assertRun(wrong, REFUSED);
        assertThat(wrong.err()).contains("expected version 3");
    }

    private String second() {
        return folder.resolve("root-2.note").toString();
    }

    private CommandRun propose(String... options) {
        Stream<String> all = Stream.concat(
                Stream.concat(Stream.of("root", "propose"), Stream.of(options)), Stream.of("--out", second(), first));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static RootChain chain(String... files) {
        List<SignedNote> notes =
                Stream.of(files).map(file -> RootFiles.readNote(Path.of(file))).toList();
        return RootChain.verify(notes, RootFiles.readRoot(Path.of(first)).hash());
    }

    /** A checkpoint of a member's log, cosigned by others. */
    private static byte[] cosigned(String member, long size, String... witnesses) {
        Checkpoint checkpoint =
                new Checkpoint(node(member) + "/log", new TreeHead(size, Hash.sha256(new byte[] {(byte) size})));
        SignedNote note = SignedNote.of(
                checkpoint.encode(),
                keys(member).logKeys().stream()
                        .map(key -> key.signNote(checkpoint.encode()))
                        .toList());
        for (String witness : witnesses) {
            long now = InstantSource.system().instant().getEpochSecond();
            note = note.with(Cosignature.sign(keys(witness).witness(), now, checkpoint));
        }
        return note.encode();
    }

    /** Member lines with other keys under the same name. */
    private Path anotherNode(String member) {
        Path other = folder.resolve("other-" + member);
        done(
                "init",
                "--node",
                node(member),
                "--url",
                "https://127.0.0.1:8441",
                "--scope",
                "21",
                "--dir",
                other.toString());
        return other.resolve("member.txt");
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeKeys keys(String member) {
        Path home = network.resolve(member);
        try {
            String password = Files.readString(home.resolve("password"), UTF_8).strip();
            return KeyFile.open(home.resolve("keys.p12"), password.toCharArray(), node(member))
                    .newest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandRun done(String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static String node(String member) {
        return member + ".test.example";
    }

    private static String key(String member) {
        return network.resolve(member).resolve("root-key/root-key.p12").toString();
    }

    private static String memberLines(String member) {
        return network.resolve(member).resolve("member.txt").toString();
    }
}
