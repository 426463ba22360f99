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

/** {@code samsyn release diff}: what a draft changes. */
@Command(
        name = "diff",
        description = "Show what a draft changes of the last release: cells of tables, and rows of registers.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn release diff --config skane/node.json costs 2025-Q3"})
final class ReleaseDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Mixin
    private DraftOption draft = new DraftOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private DraftFormat format = DraftFormat.table;

    @Override
    public Integer call() {
        JsonNode shown = Json.parse(node.client(Role.OPERATOR).get(draft.path() + "/difference"));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(shown.toPrettyString());
            case table -> new DraftPrinter(out).printDifference(shown);
        }
        out.flush();
        return 0;
    }
}
