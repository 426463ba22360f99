package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootSignatures;

/** {@code samsyn root sign}: adds a member's signature to a federation root. */
@Command(
        name = "sign",
        description = "Add root keys' signatures to a version of the federation root, and say what it changes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Read it before: samsyn root show FILE, samsyn root diff OLD NEW",
            "Example: samsyn root sign --key root-key/root-key.p12 --previous root-1.note root-2.note"
        })
final class RootSignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RootKeyOptions keys = new RootKeyOptions();

    @Option(
            names = "--previous",
            paramLabel = "FILE",
            description = "The version before, whose root keys sign as well; not needed for version 1.")
    private @Nullable Path previousFile;

    @Parameters(paramLabel = "ROOT-FILE", description = "The root; the signatures are added to this file.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        SignedNote note = RootFiles.readNote(file);
        FederationRoot root = FederationRoot.parse(note.text());
        Optional<FederationRoot> previous = RootFiles.previous(root, previousFile);
        SignedNote signed = RootSignatures.sign(root, previous, note.signatures(), keys.open());
        RootSignatures signatures = RootSignatures.of(signed, root, previous);
        RootFiles.write(file, signed.encode());
        PrintWriter out = spec.commandLine().getOut();
        if (previous.isPresent()) {
            RootDiffCommand.print(out, previous.get(), root);
        }
        RootReport.print(out, root, signatures, file);
        return 0;
    }
}
