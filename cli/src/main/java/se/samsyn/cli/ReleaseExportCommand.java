package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Role;

/** {@code samsyn release export}: writes a draft to be signed on another machine. */
@Command(
        name = "export",
        description =
                "Write a draft as a file to be signed where the officer's key is, with `samsyn release sign`. It holds what"
                        + " everybody will read once it is released, and nothing of the records.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn release export --config skane/node.json costs 2025-Q3 -o costs-2025-Q3.draft.json"
        })
final class ReleaseExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Mixin
    private DraftOption draft = new DraftOption();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to be written; an existing one is not overwritten.")
    private Path output = Path.of("");

    @Override
    public Integer call() {
        NewFile.requireAbsent(output);
        NewFile.write(output, node.client(Role.OPERATOR).get(draft.path() + "/file"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("written to " + output + "; sign it where the officer's key is:");
        out.println("  samsyn release sign " + output + " --key officer/officer.p12 -o SIGNED");
        out.flush();
        return 0;
    }
}
