package se.samsyn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.cli.demo.TestNetwork;
import se.samsyn.node.Json;

/** {@code samsyn feasibility}: a question from one of two members, answered by the other. */
final class FeasibilityCommandTest {
    private static final int REFUSED = 1;

    @TempDir
    private static Path folder;

    private static TestNetwork network;

    @BeforeAll
    static void startNetwork() {
        network = TestNetwork.start(folder, Map.of("sodra", "12", "vastra", "14"));
    }

    @AfterAll
    static void stopNetwork() {
        network.close();
    }

    @Test
    void isAskedListedAnsweredAndShown() {
        String deadline = LocalDate.now(ZoneOffset.UTC).plusDays(14).toString();

        CommandRun unknown = on(
                "sodra", "ask", "Gene therapy", "--criterion", "sex=X", "--start", "2030-03", "--deadline", deadline);
        CommandRun asked = on(
                "sodra",
                "ask",
                "Gene therapy",
                "--criterion",
                "condition-group=C00-C80",
                "--start",
                "2030-03",
                "--deadline",
                deadline);
        assertThat(asked.err()).isEmpty();
        network.awaitAgreement();
        CommandRun listed = on("vastra", "list", "--format", "csv");
        String request = Json.parse(
                        on("vastra", "list", "--format", "json").out().getBytes(StandardCharsets.UTF_8))
                .path("requests")
                .path(0)
                .path("feasibility")
                .asText();
        CommandRun countless = on("vastra", "answer", request, "--interest", "yes");
        CommandRun answered = on(
                "vastra",
                "answer",
                request,
                "--interest",
                "perhaps",
                "--capacity",
                "3",
                "--site",
                "Sahlgrenska=main",
                "--cohorts",
                "none");
        network.awaitAgreement();
        CommandRun shown = on("sodra", "show", request);

        assertThat(unknown.exitCode()).isEqualTo(REFUSED);
        assertThat(unknown.err()).contains("has no code \"X\"").doesNotContain("\tat ");
        assertThat(asked.out()).startsWith("asked 2 members on ").contains("to be answered by " + deadline);
        assertThat(listed.out()).startsWith("feasibility,node,title").contains("Gene therapy", deadline);
        assertThat(countless.exitCode()).isEqualTo(REFUSED);
        assertThat(countless.err()).contains("--cohorts none");
        assertThat(answered.out()).contains("perhaps, eligible not told");
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out()).contains("answered", "perhaps", "Sahlgrenska", "awaited");
    }

    private static CommandRun on(String node, String command, String... arguments) {
        return CommandRun.of(Stream.of(
                        List.of("feasibility", command),
                        List.of(arguments),
                        List.of("--config", network.config(node).toString()))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }
}
