package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.RootDiff;

/** {@code samsyn root diff}: says what changes from one version of the root to another. */
@Command(
        name = "diff",
        description = "Say what changes from one version of the federation root to another: + new, - gone, ~ another.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn root diff root-1.note root-2.note"})
final class RootDiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "One version.")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "Another version.")
    private Path after = Path.of("");

    @Override
    public Integer call() {
        print(spec.commandLine().getOut(), RootFiles.readRoot(before), RootFiles.readRoot(after));
        return 0;
    }

    static void print(PrintWriter out, FederationRoot before, FederationRoot after) {
        RootDiff diff = RootDiff.between(before, after);
        out.printf(
                Locale.ROOT,
                "from version %d to version %d of the federation root of %s:%n",
                before.version(),
                after.version(),
                after.network());
        diff.changes().forEach(change -> out.println("  " + change));
        if (diff.changes().isEmpty()) {
            out.println("  nothing");
        }
        out.println();
    }
}
