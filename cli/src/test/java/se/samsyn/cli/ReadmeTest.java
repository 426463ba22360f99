package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import se.samsyn.node.Json;
import se.samsyn.node.config.ConfigException;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;

/** What the texts for people say about commands, options and configuration is so. */
final class ReadmeTest {
    private static final Path PROJECT = Path.of("..");
    private static final Path README = PROJECT.resolve("README.md");
    private static final Path CONFIG_GUIDE = PROJECT.resolve("config/node/README.md");
    private static final Path CONFIG_EXAMPLE = PROJECT.resolve("config/node/node.json");
    private static final List<Path> TEXTS = List.of(
            README,
            CONFIG_GUIDE,
            PROJECT.resolve("config/network/README.md"),
            PROJECT.resolve("config/demo/README.md"),
            PROJECT.resolve("protocol/SPEC.md"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\\n(.*?)^```$");
    private static final Pattern INLINE = Pattern.compile("`(samsyn [^`]+)`");

    static Stream<String> commands() throws IOException {
        return blocks().stream().flatMap(String::lines).filter(line -> line.startsWith("samsyn "));
    }

    static Stream<String> mentionedCommands() throws IOException {
        List<String> mentioned = new ArrayList<>();
        for (Path text : TEXTS) {
            if (Files.exists(text)) {
                INLINE.matcher(read(text)).results().map(hit -> hit.group(1)).forEach(mentioned::add);
            }
        }
        return mentioned.stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void showsCommandsThatExistWithAllThatTheyNeed(String command) {
        assertThatCode(() -> parse(command)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("mentionedCommands")
    void mentionsCommandsAndOptionsThatExist(String command) {
        try {
            parse(command);
        } catch (MissingParameterException e) {
            // in a sentence a command may stand without all that it needs
            assertThat(e.getCommandLine().getCommandName()).isNotEqualTo("samsyn");
        }
    }

    @Test
    void noticesAnOptionThatDoesNotExist() {
        assertThatThrownBy(() -> parse("samsyn demo --twice")).isInstanceOf(CommandLine.ParameterException.class);
        assertThatThrownBy(() -> parse("samsyn dance")).isInstanceOf(CommandLine.ParameterException.class);
    }

    @Test
    void showsEachCommandThatANetworkIsSetUpWith() throws IOException {
        assertThat(commands().map(command -> command.split(" ")[1]))
                .contains("init", "root", "run", "import", "status", "view");
    }

    @Test
    void startsWithTheTwoCommandsThatTheIntegrationRuns() throws IOException {
        String script = read(PROJECT.resolve(".ci/run"));
        List<String> blocks = blocks();

        assertThat(blocks.get(0).strip()).isEqualTo(jarCommand("mvn --quiet package -DskipTests && ", "demo"));
        assertThat(script).contains("\n" + jarCommand("time ", "demo --once --out \"$out\"") + "\n");

        Pattern wanted = Pattern.compile("sed -n 's/\\^\\\\\\((.*)\\\\\\)\\$/\\\\1/p' README\\.md");
        assertThat(script).containsPattern(wanted);
        MatchResult sed = wanted.matcher(script).results().findFirst().orElseThrow();
        String testCommand = Pattern.compile("(?m)^" + sed.group(1) + "$")
                .matcher(read(README))
                .results()
                .findFirst()
                .orElseThrow()
                .group();
        assertThat(blocks.get(1).strip()).isEqualTo("mvn verify").isEqualTo(testCommand);
        assertThat(script).contains("\n$test_command ");
    }

    @Test
    void explainsEveryKeyOfTheConfigurationAndNoOther(@TempDir Path folder) throws IOException {
        assertThat(explainedKeys()).isEqualTo(knownKeys(folder));
    }

    @Test
    void hasEveryKeyInTheExample(@TempDir Path folder) throws IOException {
        JsonNode example = Json.parse(Files.readAllBytes(CONFIG_EXAMPLE));
        Set<String> keys = new TreeSet<>();
        example.fieldNames().forEachRemaining(keys::add);

        assertThat(keys).isEqualTo(knownKeys(folder));
    }

    @Test
    void hasAnExampleWithoutMistakes() throws IOException {
        NodeConfig example = ConfigFile.read(CONFIG_EXAMPLE);

        assertThat(example.node()).isEqualTo("skane.swetrial.example");
        assertThat(read(CONFIG_GUIDE)).contains("; " + NodeConfig.DEFAULT_POLL_MILLIS + " if absent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol/", "config/", "node/", "cli/"})
    void describesFoldersThatAreThere(String folder) throws IOException {
        assertThat(read(README)).contains("| `" + folder + "` |");
        assertThat(PROJECT.resolve(folder)).isDirectory();
    }

    private static String jarCommand(String before, String arguments) {
        return before + "java -jar cli/target/samsyn.jar " + arguments;
    }

    /** The keys of the table; {@code peer.host} belongs to {@code peer}. */
    private static Set<String> explainedKeys() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String line : read(CONFIG_GUIDE).lines().toList()) {
            if (line.startsWith("| `")) {
                Pattern.compile("`([a-zA-Z]+)(\\.[a-z]+)?`")
                        .matcher(line.substring(0, line.indexOf('|', 1)))
                        .results()
                        .forEach(key -> keys.add(key.group(1)));
            }
        }
        return keys;
    }

    /** The keys that are named to somebody who used another one. */
    private static Set<String> knownKeys(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("node.json"), "{\"nonsense\": 1}");
        Set<String> keys = new TreeSet<>();
        assertThatThrownBy(() -> ConfigFile.read(file))
                .isInstanceOf(ConfigException.class)
                .message()
                .satisfies(message -> keys.addAll(List.of(message.lines()
                        .filter(line -> line.contains("nonsense: unknown key; known are "))
                        .findFirst()
                        .orElseThrow()
                        .replaceFirst(".*known are ", "")
                        .split(", "))));
        return keys;
    }

    private static void parse(String command) {
        // as the shell finds them in two members' folders
        List<String> words = List.of(command.replace("*/member.txt", "skane/member.txt uppsala/member.txt")
                .split("\\s+"));
        // a hash is shortened there, so that it is not taken for one to copy
        Samsyn.commandLine()
                .parseArgs(words.subList(1, words.size()).stream()
                        .map(word -> word.replace("4f1c…", "4f1c".repeat(16)))
                        .toArray(String[]::new));
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(read(README))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }
}
