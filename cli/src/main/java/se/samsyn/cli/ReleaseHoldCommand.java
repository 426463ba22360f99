package se.samsyn.cli;

import java.io.PrintWriter;
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

/** {@code samsyn release hold}: keeps periods from release by rule. */
@Command(
        name = "hold",
        description =
                "Keep periods of a dataset from release by rule, also over restarts, until `samsyn release approve` names them.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn release hold --config skane/node.json costs 2025-Q3"})
final class ReleaseHoldCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "DATASET", description = "The dataset.")
    private String dataset = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PERIOD", description = "The periods.")
    private List<String> periods = List.of();

    @Override
    public Integer call() {
        String query = periods.stream()
                .map(period -> "period=" + ViewCommand.encoded(period))
                .collect(Collectors.joining("&", "?", ""));
        node.client(Role.OPERATOR)
                .post("/api/v1/holds/" + ViewCommand.encoded(dataset) + query, "application/json", new byte[0]);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "no rule releases %s %s until a person does: samsyn release approve %s %s%n",
                dataset,
                String.join(", ", periods),
                dataset,
                String.join(" ", periods));
        out.flush();
        return 0;
    }
}
