package se.samsyn.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootSignatures;

/** {@code samsyn root show}: says what a federation root holds and whether enough have signed it. */
@Command(
        name = "show",
        description =
                "Say what a version of the federation root holds, who has signed it and whose signature it waits for;"
                        + " exit code 1 if too few have signed it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn root show --previous root-1.note root-2.note"})
final class RootShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--previous",
            paramLabel = "FILE",
            description = "The version before, whose root keys sign as well; not needed for version 1.")
    private @Nullable Path previousFile;

    @Parameters(paramLabel = "ROOT-FILE", description = "The root.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        SignedNote note = RootFiles.readNote(file);
        FederationRoot root = FederationRoot.parse(note.text());
        RootSignatures signatures = RootSignatures.of(note, root, RootFiles.previous(root, previousFile));
        RootReport.print(spec.commandLine().getOut(), root, signatures, file);
        spec.commandLine().getOut().flush();
        signatures.requireComplete();
        return 0;
    }
}
