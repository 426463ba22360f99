package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn settlement show}: a quarter line by line. */
@Command(
        name = "show",
        description =
                "Show a quarter invoice by invoice: matched, differing, disputed and why, or unknown to one of the two.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn settlement show --config skane/node.json 2025-Q3 --with vastra.example"})
final class SettlementShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "QUARTER", description = "The quarter, such as 2025-Q3.")
    private String quarter = "";

    @Option(names = "--with", paramLabel = "NODE", description = "Only with this member.")
    private @Nullable String with;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        String path = "/api/v1/settlements/" + ViewCommand.encoded(quarter);
        JsonNode answer = Json.parse(
                node.client(Role.OPERATOR).get(with == null ? path : path + "?with=" + ViewCommand.encoded(with)));
        PrintWriter out = spec.commandLine().getOut();
        new SettlementPrinter(out, format).printLines(answer);
        out.flush();
        return 0;
    }
}
