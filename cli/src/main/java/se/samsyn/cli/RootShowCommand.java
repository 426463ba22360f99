package se.samsyn.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.setup.FirstRoot;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;

/** {@code samsyn root show}: says what a federation root holds and whether enough have signed it. */
@Command(
        name = "show",
        description = "Say what a federation root holds; exit code 1 if too few of its root keys have signed it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn root show root.note"})
final class RootShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ROOT-FILE", description = "The root.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        SignedNote note = RootFiles.readNote(file);
        FederationRoot root = FederationRoot.parse(note.text());
        RootReport.print(spec.commandLine().getOut(), root, note, file);
        spec.commandLine().getOut().flush();
        FirstRoot.verify(root, note);
        return 0;
    }
}
