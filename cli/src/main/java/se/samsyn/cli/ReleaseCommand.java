package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Role;

/** {@code samsyn release}: releases datasets of a running node that are not released by rule. */
@Command(
        name = "release",
        description = "Release what a running node may release of a dataset today and has not released yet.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without periods: all but the held and the withdrawn ones, and that there is nothing where there are no records.",
            "With periods: exactly these, held and withdrawn ones too.",
            "Example: samsyn release --config skane/node.json costs 2025-Q3"
        })
final class ReleaseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "DATASET", description = "The dataset.")
    private String dataset = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PERIOD", description = "The periods.")
    private List<String> periods = List.of();

    @Override
    public Integer call() {
        String query = periods.stream()
                .map(period -> "period=" + ViewCommand.encoded(period))
                .collect(Collectors.joining("&", "?", ""));
        ApiClient client = node.client(Role.OPERATOR);
        print(
                spec.commandLine().getOut(),
                client.post(
                        "/api/v1/releases/" + ViewCommand.encoded(dataset) + query, "application/json", new byte[0]));
        return 0;
    }

    static void print(PrintWriter out, JsonNode report) {
        List<String> released = new ArrayList<>();
        report.path("released").forEach(period -> released.add(period.asText()));
        out.printf(
                Locale.ROOT,
                "  %s: released %s; %d unchanged, %d not yet ended%n",
                report.path("dataset").asText(),
                released.isEmpty() ? "nothing new" : String.join(", ", released),
                report.path("unchanged").asLong(),
                report.path("notYet").asLong());
        report.path("cells")
                .properties()
                .forEach(cells -> out.printf(
                        Locale.ROOT, "    %d cells %s%n", cells.getValue().asLong(), cells.getKey()));
        report.path("waiting")
                .properties()
                .forEach(period -> out.printf(
                        Locale.ROOT,
                        "    %s waits: %s%n",
                        period.getKey(),
                        period.getValue().asText()));
    }
}
