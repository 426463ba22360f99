package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.setup.OfficerKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.SummaryStatement;

/** {@code samsyn release key}: makes a release officer's key. */
@Command(
        name = "key",
        description = {
            "Make a release officer's publisher key, on the machine where she works, and say which lines the federation root needs.",
            "With a `may` line for the node's own key that leaves summaries out, nothing leaves the region without the officer's"
                    + " signature."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn release key skane.swetrial.example --dir officer"})
final class ReleaseKeyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NODE", description = "The name of the member's node.")
    private String node = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            required = true,
            description = "The new folder for the key and its password.")
    private Path folder = Path.of("");

    @Override
    public Integer call() {
        if (!node.matches("[a-z0-9.-]{1,245}")) {
            throw new ParameterException(
                    spec.commandLine(), "NODE: \"" + node + "\" must consist of a-z, 0-9, dot and hyphen");
        }
        VerifierKey key = OfficerKey.create(folder, node, InstantSource.system());
        PrintWriter out = spec.commandLine().getOut();
        out.println("the officer's key and its password are in " + folder + ". The federation root needs these lines,");
        out.println("by `samsyn root propose --add LINE`, or in the member lines of a new network:");
        out.println("  publisher " + key.encode());
        out.println("  may " + key.ref() + " " + Retraction.KIND + "," + SummaryStatement.KIND);
        out.println("and so that the node's own key releases nothing, with that key's name and ID:");
        out.println("  may " + key.name() + "+ID evidence,retraction,root-accepted");
        out.flush();
        return 0;
    }
}
