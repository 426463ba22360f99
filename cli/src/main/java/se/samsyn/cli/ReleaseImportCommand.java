package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Role;

/** {@code samsyn release import}: releases or retracts what was exported and signed. */
@Command(
        name = "import",
        description =
                "Release or retract what was signed on another machine. The node refuses it unless one of this member's publisher"
                        + " keys that may sign that signed it, and it still fits what was released before.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn release import --config skane/node.json costs-2025-Q3.signed.json"})
final class ReleaseImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "SIGNED", description = "The file that `samsyn release sign` made.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        JsonNode released = node.client(Role.OPERATOR)
                .post("/api/v1/signed-statements", "application/json", RootFiles.readBytes(file));
        PrintWriter out = spec.commandLine().getOut();
        if (released.has("retracted")) {
            ReleaseRetractCommand.print(out, released);
        } else {
            out.printf(
                    Locale.ROOT,
                    "  %s: released %s, signed by the officer%n",
                    released.path("dataset").asText(),
                    released.path("period").asText());
        }
        out.flush();
        return 0;
    }
}
