package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.node.Json;

/** The benchmark runs and says what it did; how fast anything is, no test asks. */
final class BenchCommandTest {
    private static final int COULD_NOT_RUN = 2;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void comparesAppendsWithBareBatchesAndLeavesNothingBehind() throws IOException {
        JsonNode report = json("append", "--under-way", "4", "--dir", folder.toString());

        assertThat(units(report))
                .containsExactly(
                        "log appends 1/s",
                        "same batches in bare RocksDB 1/s",
                        "entries in a batch mean",
                        "log / bare RocksDB ratio");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void asksViewsOfHistoriesOfDifferentLengths() {
        JsonNode report = json("view", "--members", "3", "--years", "2", "--releases", "1,3");

        assertThat(report.at("/benchmarks/0/setting").asText()).contains("3 members, 2 years; 200 cells");
        assertThat(units(report))
                .contains(
                        "view of a table, 1 release a summary, p50 ms",
                        "view of a table, 3 releases a summary, p99 ms",
                        "view of a register, 3 releases a summary, p50 ms",
                        "table p50, longest / shortest history ratio");
    }

    @Test
    void comparesVerificationWithOpenssl() throws IOException {
        Path openssl = script("""
                echo 'OpenSSL 3.9.9'
                echo ' 253 bits EdDSA (Ed25519)   0.0001s   0.0002s  12000.0   4000.0'
                """);

        JsonNode report = json("verify", "--members", "2", "--openssl", openssl.toString());

        assertThat(units(report))
                .containsExactly(
                        "statements verified, one thread 1/s",
                        "openssl speed ed25519, verify 1/s",
                        "statements / openssl ratio");
        JsonNode measured = report.at("/benchmarks/0/measured");
        assertThat(measured.at("/1/median").asDouble()).isEqualTo(4_000);
        assertThat(measured.at("/2/median").asDouble())
                .isEqualTo(measured.at("/0/median").asDouble() / 4_000);
    }

    @Test
    void auditsWholeBundlesBesideOpenssl() throws IOException {
        Path openssl = script("""
                echo 'OpenSSL 3.9.9'
                echo ' 253 bits EdDSA (Ed25519)   0.0001s   0.0002s  12000.0   4000.0'
                """);

        JsonNode report = json("audit", "--members", "3", "--openssl", openssl.toString());

        assertThat(report.at("/benchmarks/0/setting").asText())
                .startsWith("51 statements of 3 members with their bodies");
        assertThat(units(report))
                .containsExactly(
                        "statements audited, one thread 1/s",
                        "openssl speed ed25519, verify 1/s",
                        "statements / openssl ratio");
    }

    @Test
    void importsAndTabulatesWithoutAServerToCompareWithAndSaysSoInOneLine() throws IOException {
        CommandRun run = run("import", "--rows", "2000", "--postgres", folder.toString(), "--dir", folder.toString());

        assertThat(run.exitCode()).isEqualTo(COULD_NOT_RUN);
        assertThat(run.err())
                .startsWith("samsyn: bench import: no ratio to COPY: there is no PostgreSQL server in " + folder)
                .contains("apt-get install postgresql");
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out())
                .contains("2,000 invented cost items", "rows imported", "rows tabulated", "heap, import of 200 rows")
                .doesNotContain("COPY");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @EnabledIf("hasPostgres")
    void comparesImportsWithCopy() {
        JsonNode report = json("import", "--rows", "2000");

        assertThat(units(report))
                .containsExactly(
                        "rows imported 1/s",
                        "rows tabulated 1/s",
                        "COPY 1/s",
                        "COPY, with a primary key 1/s",
                        "import / COPY ratio",
                        "import / COPY, with a primary key ratio",
                        "heap, import of 200 rows MiB",
                        "heap, import of 2000 rows MiB",
                        "heap, tables of 200 rows MiB",
                        "heap, tables of 2000 rows MiB");
        JsonNode measured = report.at("/benchmarks/0/measured");
        assertThat(measured.at("/4/median").asDouble())
                .isEqualTo(measured.at("/0/median").asDouble()
                        / measured.at("/2/median").asDouble());
    }

    @Test
    void asksViewsWithoutTheOthersAndSaysSoInOneLine() throws IOException {
        CommandRun run =
                run("query", "--members", "3", "--years", "2", "--rows", "500", "--postgres", folder.toString());

        assertThat(run.exitCode()).isEqualTo(COULD_NOT_RUN);
        assertThat(run.err())
                .startsWith("samsyn: bench query: no ratio to DuckDB: name its JDBC driver with --duckdb")
                .contains("no ratio to PostgreSQL: there is no PostgreSQL server in " + folder);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out())
                .contains("view of a table, p50", "view of a register, p50")
                .doesNotContain("ratio");
    }

    @Test
    @EnabledIf("hasPostgres")
    void comparesViewsWithMaterializedViews() {
        CommandRun run = run("query", "--members", "3", "--years", "2", "--rows", "500");

        assertThat(run.err()).contains("--duckdb").doesNotContain("PostgreSQL");
        assertThat(run.out())
                .containsPattern("table: materialized view read / view +ratio +[0-9]")
                .containsPattern("register: materialized view read / view +ratio +[0-9]")
                .contains("materialized view refreshed");
    }

    @Test
    void refusesADriverThatIsNone() throws IOException {
        Path other = Files.writeString(folder.resolve("other.jar"), "no archive");

        CommandRun run = run("query", "--members", "2", "--years", "1", "--rows", "10", "--duckdb", other.toString());

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("other.jar is no JDBC driver of DuckDB");
    }

    static boolean hasPostgres() {
        return Files.isDirectory(Path.of("/usr/lib/postgresql"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-program", "broken"})
    void saysInOneLineThatThereIsNoRatioWithoutOpenssl(String kind) throws IOException {
        String openssl = kind.equals("broken")
                ? script("echo 'OpenSSL 0.9'").toString()
                : folder.resolve(kind).toString();

        CommandRun run = run("verify", "--members", "2", "--openssl", openssl);

        assertThat(run.exitCode()).isEqualTo(COULD_NOT_RUN);
        assertThat(run.err()).startsWith("samsyn: bench verify: no ratio: ").contains(openssl);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).contains("statements verified, one thread").doesNotContain("ratio");
    }

    @Test
    void namesTheMachineTheSeedAndTheCommandAboveTheTable() throws IOException {
        CommandRun run = run("append", "--seed", "7", "--under-way", "2", "--dir", folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("samsyn bench append --seed 7 --under-way 2")
                .contains(" cores, JDK ", "load average", "seed 7", "1 rounds of 1 s")
                .containsPattern("log / bare RocksDB +ratio +[0-9]")
                .contains("at least 0.6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rounds 0", "--members 22", "--releases 1,0", "--format csv"})
    void refusesWhatItCannotMeasure(String options) {
        List<String> arguments = new ArrayList<>(List.of("bench", "view"));
        arguments.addAll(List.of(options.split(" ")));

        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(COULD_NOT_RUN);
        assertThat(run.err()).contains(options.split(" ")[0]);
    }

    private Path script(String commands) throws IOException {
        Path file = Files.writeString(folder.resolve("openssl-for-test"), "#!/bin/sh\n" + commands);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--format", "json"));
        CommandRun run = run(all.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
    }

    private static CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--seconds", "1", "--rounds", "1"));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static List<String> units(JsonNode report) {
        List<String> units = new ArrayList<>();
        report.at("/benchmarks/0/measured")
                .forEach(row -> units.add(
                        row.path("what").asText() + " " + row.path("unit").asText()));
        return units;
    }
}
