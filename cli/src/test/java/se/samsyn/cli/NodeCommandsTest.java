package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.cli.CommandsTest.assertRun;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.samsyn.cli.demo.TestNetwork;
import se.samsyn.node.Json;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.dataset.Period;

/** The commands that ask a running node, against a network of two. */
final class NodeCommandsTest {
    private static final int REFUSED = 1;
    private static final int COULD_NOT_RUN = 2;
    static final String TRIALS = """
            trial_id,registry,phase,status,sponsor_class,start_date
            2019-000001-11,euctr,2,,commercial,2019-02-03
            2019-000002-22,euctr,3,,non-commercial,2019
            2020-000003-33,euctr,what,,,2020-01
            """;
    private static final String SITES = "trial_id,region\n2019-000001-11,12\n2019-000002-22,12\n2020-000003-33,12\n";

    @TempDir
    private static Path folder;

    private static TestNetwork network;

    @TempDir
    private Path files = Path.of("");

    @BeforeAll
    static void startNetwork() throws IOException {
        network = start(folder);
    }

    /** A network of two with three trials at the first. */
    static TestNetwork start(Path folder) throws IOException {
        TestNetwork started = TestNetwork.start(folder, Map.of("sodra", "12", "agency", "-"));
        Path trials = Files.writeString(folder.resolve("trial.csv"), TRIALS, UTF_8);
        Path sites = Files.writeString(folder.resolve("site.csv"), SITES, UTF_8);
        CommandRun imported = on(started, "sodra", "import", trials.toString(), sites.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        started.importCsv("agency", "trial", "trial_id,registry,phase\n");
        started.awaitAgreement();
        return started;
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @Test
    void showsAViewAsATable() {
        CommandRun run = on("agency", "view", "trials", "--group", "phase", "--from", "2019", "--to", "2020");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("phase +2019 +2020 +sum")
                .containsPattern("Phase II +1 +0 +1")
                .containsPattern("Phase III +1 +0 +1")
                .containsPattern("total +2 +1 +3")
                .contains("2 of 2 members told their part of every period");
    }

    @Test
    void showsAViewInSwedishWhenAsked() {
        CommandRun run = on(
                "agency", "view", "trials", "--group", "phase", "--from", "2019", "--to", "2020", "--language", "sv");

        assertThat(run.out())
                .containsPattern("phase +2019 +2020 +summa")
                .containsPattern("Fas II +1 +0 +1")
                .containsPattern("totalt +2 +1 +3")
                .contains("2 av 2 medlemmar har redovisat sin del av varje period")
                .doesNotContain("total ", "members");
    }

    @Test
    void showsAViewAsCsv() {
        CommandRun run =
                on("agency", "view", "trials", "--by", "region", "--from", "2019", "--to", "2020", "--format", "csv");

        assertThat(run.out())
                .isEqualTo("period,region,measure,from,to\r\n2019,12,trials,2,2\r\n2020,12,trials,1,1\r\n");
    }

    @Test
    void givesTheSameJsonOnAllNodesForTheSameInstant() {
        String at = network.instant().toString();
        String[] view = {"view", "trials", "--group", "phase,sponsor-class", "--format", "json", "--at", at};

        assertThat(on("agency", view).out())
                .isNotBlank()
                .isEqualTo(on("sodra", view).out());
    }

    @Test
    void showsTheStatusOfTheNetwork() {
        CommandRun table = on("sodra", "status");
        CommandRun csv = on("sodra", "status", "--format", "csv");
        JsonNode json =
                Json.parse(on("sodra", "status", "--format", "json").out().getBytes(UTF_8));

        assertThat(table.out())
                .contains("signing   signs", "silent = never", "with 1 cosignatures", "scope      the places")
                .contains("root hash " + network.root().hash())
                .containsPattern("sodra.demo.samsyn.example +fresh +[0-9]+ +[0-9]+ +1 of 1 +[0-9]+ s +1 +12");
        assertThat(csv.out().lines())
                .hasSize(3)
                .first()
                .isEqualTo("node,state,publishedSize,heldSize,votes,ageSeconds,rootVersion,scope");
        assertThat(csv.out()).containsPattern("\r\nagency.demo.samsyn.example,fresh,[0-9]+,[0-9]+,1,[0-9]+,1,-\r\n");
        assertThat(json.path("members")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view nonsense                          | no dataset \"nonsense\"",
                "view trials --group age                | no attribute \"age\"",
                "view trials --from 2019-Q1             | 2019-Q1",
                "view trials --from 2020 --to 2019      | is after",
                "view trials --by county                | region",
                "view trials --at yesterday             | yesterday",
                "view trials --table home-region        | no parameter \"table\"",
                "view trials --measure weight           | weight",
                "view costs --table a&b                 | a&b",
                "release approve nonsense               | no dataset \"nonsense\"",
                "release approve non/sense%             | non/sense%",
                "release show nonsense 2019             | no dataset \"nonsense\"",
                "release hold trials 2019-Q1            | 2019-Q1",
            })
    void refusesWhatItCannotAnswerInOneParagraph(String command, String explanation) {
        CommandRun run = on("sodra", command.strip().split(" "));

        assertThat(run.exitCode()).isEqualTo(REFUSED);
        assertThat(run.err())
                .startsWith("samsyn: ")
                .contains(explanation.strip())
                .doesNotContain("\tat ")
                .doesNotContain("\n\n");
    }

    @Test
    void releasesADatasetThatIsAskedFor() {
        CommandRun run = on("sodra", "release", "approve", "trials");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> others =
                trials()
                        .period()
                        .expected(LocalDate.ofInstant(InstantSource.system().instant(), UTC))
                        .stream()
                        .map(Period::toString)
                        .filter(period -> !List.of("2019", "2020").contains(period))
                        .toList();
        assertThat(others).hasSizeGreaterThan(20);
        assertThat(run.out())
                .isEqualTo("  trials: released " + String.join(", ", others) + "; 2 unchanged, 0 not yet ended\n");
    }

    @Test
    void saysThatATokenIsNotTheNodes() throws IOException {
        Path token = Files.writeString(files.resolve("token"), "not-a-token\n", UTF_8);

        CommandRun run = on("sodra", "status", "--token-file", token.toString());

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains("401").contains("--token-file");
    }

    @Test
    void refusesAnImportWithACoordinatorsToken() throws IOException {
        Path file = Files.writeString(files.resolve("trial.csv"), TRIALS, UTF_8);
        Path token = network.config("sodra").resolveSibling("coordinator.token");

        CommandRun run = on("sodra", "import", file.toString(), "--token-file", token.toString());

        assertRun(run, REFUSED);
        assertThat(run.err()).contains("coordinator").contains("operator");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, Is it running?",
        "127.0.0.1:8080, --url",
        "localhost:8080, http://127.0.0.1:8080",
        "ftp://127.0.0.1, http://127.0.0.1:8080"
    })
    void saysThatANodeCannotBeReached(String url, String explanation) {
        CommandRun run = on("sodra", "status", "--url", url);

        assertRun(run, COULD_NOT_RUN);
        assertThat(run.err()).contains(explanation);
    }

    private static DatasetDefinition trials() {
        return NetworkFiles.shipped().definitions().stream()
                .filter(definition -> definition.dataset().equals("trials"))
                .findFirst()
                .orElseThrow();
    }

    private static CommandRun on(String node, String... command) {
        return on(network, node, command);
    }

    /** Runs a command against a node. */
    static CommandRun on(TestNetwork network, String node, String... command) {
        return CommandRun.of(Stream.concat(
                        Arrays.stream(command),
                        Stream.of("--config", network.config(node).toString()))
                .toArray(String[]::new));
    }
}
