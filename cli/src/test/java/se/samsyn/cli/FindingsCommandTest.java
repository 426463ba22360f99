package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.demo.TestNetwork;

/** What {@code samsyn findings} lists of a running node's records. */
final class FindingsCommandTest {
    @TempDir
    private static Path folder;

    private static TestNetwork network;

    @BeforeAll
    static void startNetwork() {
        network = TestNetwork.start(folder, Map.of("sodra", "12", "agency", "-"));
        network.importCsv(
                "sodra", "trial", "trial_id,submitted_date,decision_date\n2019-000001-11,2019-03-01,2019-02-01\n");
        network.importCsv("sodra", "site", "trial_id,hospital,region\n2019-000001-11,SUS,12\n");
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @Test
    void areListedWithTheirColumns() {
        CommandRun listed = findings("--kind", "dates-out-of-order", "--format", "csv");

        assertThat(listed.err()).isEmpty();
        assertThat(listed.out()).isEqualToNormalizingNewlines("""
                        kind,record,key,columns
                        dates-out-of-order,trial,2019-000001-11,submitted_date decision_date
                        """);
    }

    @Test
    void areCountedAlsoWhereNotAllAreListed() {
        assertThat(findings("--limit", "1").out())
                .endsWith("6 findings, of which the first 1 are listed: --limit lists more\n");
    }

    @Test
    void areOfKindsThatThereAre() {
        CommandRun unknown = findings("--kind", "ugly");

        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no kind of finding \"ugly\", expected one of dates-out-of-order");
    }

    private static CommandRun findings(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "findings", "--config", network.config("sodra").toString()),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }
}
