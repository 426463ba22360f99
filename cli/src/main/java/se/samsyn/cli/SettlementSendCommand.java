package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Role;

/** {@code samsyn settlement send}: a person's word that a quarter's invoice lines may go to those who are to pay. */
@Command(
        name = "send",
        description =
                "Send each other member what it owes for a quarter that has ended, and to nobody else; in the background"
                        + " it is sent again until it is answered.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Once records were put right, on whichever side, send again: a new revision takes the place of the last one.",
            "Example: samsyn settlement send --config skane/node.json 2025-Q3"
        })
final class SettlementSendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "QUARTER", description = "The quarter, such as 2025-Q3.")
    private String quarter = "";

    @Option(
            names = "--revision",
            paramLabel = "NUMBER",
            description =
                    "The first revision to use, for a node that has lost its earlier ones (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    private int revision = 1;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Format format = Format.table;

    @Override
    public Integer call() {
        JsonNode answer = node.client(Role.OPERATOR)
                .post(
                        "/api/v1/settlements/" + ViewCommand.encoded(quarter) + "?revision=" + revision,
                        "application/json",
                        new byte[0]);
        PrintWriter out = spec.commandLine().getOut();
        new SettlementPrinter(out, format).printSent(answer);
        out.flush();
        return 0;
    }
}
