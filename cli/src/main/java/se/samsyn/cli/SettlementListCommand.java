package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;

/** {@code samsyn settlement list}: how it stands with whom. */
@Command(
        name = "list",
        description = "List every quarter with every other member: waiting for an answer, agreed, or open, and what the"
                + " lines come to.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn settlement list --config skane/node.json"})
final class SettlementListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        JsonNode answer = Json.parse(node.client(Role.OPERATOR).get("/api/v1/settlements"));
        PrintWriter out = spec.commandLine().getOut();
        new SettlementPrinter(out, format).printList(answer);
        out.flush();
        return 0;
    }
}
