package se.samsyn.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.setup.FirstRoot;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;

/** {@code samsyn root sign}: adds a member's signature to a federation root. */
@Command(
        name = "sign",
        description = "Add root keys' signatures to a federation root, after reading what it says.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn root sign --key root-key/root-key.p12 root.note"})
final class RootSignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "A root key to sign with; may be given several times.")
    private List<Path> keys = List.of();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The password of the root keys (default: the file `password` beside each key).")
    private @Nullable Path passwordFile;

    @Parameters(paramLabel = "ROOT-FILE", description = "The root; the signatures are added to this file.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        SignedNote note = RootFiles.readNote(file);
        FederationRoot root = FederationRoot.parse(note.text());
        SignedNote signed =
                FirstRoot.sign(root, note.signatures(), RootFiles.openKeys(keys, Optional.ofNullable(passwordFile)));
        RootFiles.write(file, signed.encode());
        RootReport.print(spec.commandLine().getOut(), root, signed, file);
        return 0;
    }
}
