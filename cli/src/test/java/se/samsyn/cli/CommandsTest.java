package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands that need no running node: their help, and how they say that something is wrong. */
final class CommandsTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;

    @TempDir
    private Path folder = Path.of("");

    static Stream<String> commands() {
        return all(Samsyn.commandLine());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void explainsEachCommandWithAnExampleAndItsExitCodes(String command) {
        List<String> words = List.of(command.split(" "));
        List<String> arguments =
                Stream.concat(words.stream().skip(1), Stream.of("--help")).toList();

        CommandRun help = CommandRun.of(arguments.toArray(String[]::new));

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("Usage: " + command)
                .containsPattern("Example[^:]*: samsyn ")
                .containsPattern("0 +done or verified")
                .containsPattern("1 +refuted or refused")
                .containsPattern("2 +could not run");
    }

    @Test
    void tellsItsVersion() {
        assertThat(CommandRun.of("--version").out()).startsWith("samsyn ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dance",
                "demo --twice",
                "view",
                "view trials --format xml",
                "init --node skane.example",
                "run --root root.note",
                "import --kind",
                "root",
                "",
            })
    void answersACommandThatItDoesNotUnderstandInOneParagraph(String command) {
        CommandRun run = CommandRun.of(command.isEmpty() ? new String[0] : command.split(" "));

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("--help");
    }

    @Test
    void listsTheColumnsOfEveryKindOfRecord() {
        CommandRun run = CommandRun.of("import", "--columns");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("trial.csv:", "site.csv:", "cost-item.csv:")
                .contains("trial_id *", "start_date", "amount_ore *");
    }

    @Test
    void importsNothingWithoutAFile() {
        assertRun(CommandRun.of("import"), REFUSED);
    }

    @Test
    void saysWhatToDoWithoutAConfiguration() {
        for (List<String> command : List.of(
                List.of("run"),
                List.of("status"),
                List.of("view", "trials"),
                List.of("release", "approve", "costs"),
                List.of("backup"),
                List.of("fsck"))) {
            Stream<String> config =
                    Stream.of("--config", folder.resolve("none.json").toString());
            CommandRun run =
                    CommandRun.of(Stream.concat(command.stream(), config).toArray(String[]::new));

            assertRun(run, COULD_NOT_RUN);
            assertThat(run.err()).contains("none.json").contains("samsyn init");
        }
    }

    @Test
    void doesNotOverwriteWhatADemoLeft() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "kept");

        CommandRun run = CommandRun.of("demo", "--once", "--out", folder.toString());

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("exists already");
        assertThat(kept).hasContent("kept");
    }

    @Test
    void doesNotSetUpANodeTwice() throws IOException {
        Path node = folder.resolve("skane");
        CommandRun first = init(node, "https://127.0.0.1:8443", "12");
        String config = Files.readString(node.resolve("node.json"), UTF_8);

        CommandRun second = init(node, "https://127.0.0.1:8443", "12");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("member.txt", "root-key", "samsyn run --config");
        assertRun(second, COULD_NOT_RUN);
        assertThat(second.err()).contains("already");
        assertThat(node.resolve("node.json")).hasContent(config);
    }

    @Test
    void setsUpNothingFromWrongDetails() {
        Path node = folder.resolve("skane");

        assertThat(init(node, "http://127.0.0.1:8443", "12").err()).contains("https");
        assertThat(init(node, "https://127.0.0.1:8443", "Skåne").err()).contains("Skåne");
        assertThat(node).doesNotExist();
        assertThat(CommandRun.of(
                                "init",
                                "--node",
                                "Skåne",
                                "--url",
                                "https://127.0.0.1:8443",
                                "--scope",
                                "12",
                                "--dir",
                                node.toString())
                        .err())
                .contains("Skåne");
        CommandRun right = init(node, "https://127.0.0.1:8443", "12");
        assertThat(right.exitCode()).as(right.err()).isZero();
    }

    @Test
    void makesARootThatCountsOnceEnoughHaveSigned() {
        for (int member = 1; member <= 3; member++) {
            init(folder.resolve("m" + member), "https://127.0.0.1:844" + member, "0" + (member == 2 ? 9 : member));
        }
        Path root = folder.resolve("root.note");
        CommandRun created = CommandRun.of(
                "root",
                "create",
                "--network",
                "test.example",
                "--key",
                key("m1"),
                "--out",
                root.toString(),
                member("m1"),
                member("m2"),
                member("m3"));
        CommandRun early = CommandRun.of("root", "show", root.toString());
        CommandRun signed = CommandRun.of("root", "sign", "--key", key("m3"), root.toString());
        CommandRun shown = CommandRun.of("root", "show", root.toString());

        assertThat(created.exitCode()).as(created.err()).isZero();
        assertThat(created.out()).contains("1 of the 2 root keys that are needed", "It does not count yet");
        assertThat(early.exitCode()).isEqualTo(REFUSED);
        assertThat(early.err()).startsWith("samsyn: ").doesNotContain("\tat ");
        assertThat(signed.exitCode()).as(signed.err()).isZero();
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("2 of the 2 root keys").contains("quorum   2 of 2");
    }

    @Test
    void refusesMembersWhoseScopesOverlap() {
        init(folder.resolve("m1"), "https://127.0.0.1:8441", "12");
        init(folder.resolve("m2"), "https://127.0.0.1:8442", "12");

        CommandRun run = CommandRun.of(
                "root",
                "create",
                "--network",
                "test.example",
                "--key",
                key("m1"),
                "--out",
                folder.resolve("root.note").toString(),
                member("m1"),
                member("m2"));

        assertRun(run, REFUSED);
        assertThat(run.err()).contains("12");
        assertThat(folder.resolve("root.note")).doesNotExist();
    }

    @Test
    void namesTheFileThatItCannotRead() {
        CommandRun none =
                CommandRun.of("root", "show", folder.resolve("none.note").toString());
        assertRun(none, COULD_NOT_RUN);
        assertThat(none.err())
                .isEqualTo("samsyn: cannot read " + folder.resolve("none.note") + ": there is no such file\n");
        Path note = folder.resolve("broken.note");
        assertThat(CommandRun.of("root", "show", write(note, "not a note")).exitCode())
                .isEqualTo(REFUSED);
    }

    /** One paragraph on the error stream, nothing on the other, and no stack trace. */
    static void assertRun(CommandRun run, int exitCode) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("samsyn: ")
                .endsWith("\n")
                .doesNotContain("\n\n")
                .doesNotContain("\tat ");
    }

    private CommandRun init(Path node, String url, String scope) {
        return CommandRun.of(
                "init",
                "--node",
                node.getFileName() + ".test.example",
                "--url",
                url,
                "--scope",
                scope,
                "--dir",
                node.toString());
    }

    private String key(String member) {
        return folder.resolve(member).resolve("root-key/root-key.p12").toString();
    }

    private String member(String member) {
        return folder.resolve(member).resolve("member.txt").toString();
    }

    private static String write(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().qualifiedName()),
                command.getSubcommands().values().stream().flatMap(CommandsTest::all));
    }
}
