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

/** {@code samsyn release show}: what would leave with a draft. */
@Command(
        name = "show",
        description =
                "Show cell by cell what would leave with a draft, what happens to each cell that holds records, and why.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn release show --config skane/node.json costs 2025-Q3"})
final class ReleaseShowCommand implements Callable<Integer> {
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
        JsonNode shown = Json.parse(node.client(Role.OPERATOR).get(draft.path()));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(shown.toPrettyString());
            case table -> new DraftPrinter(out).printDraft(shown);
        }
        out.flush();
        return 0;
    }
}
