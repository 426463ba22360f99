package se.samsyn.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.cli.audit.RootHash;
import se.samsyn.node.Node;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.Hash;

/** {@code samsyn run}: runs a node until it is told to stop. */
@Command(
        name = "run",
        description = "Run a node until it is told to stop.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example, the first time: samsyn run --config skane/node.json --root root.note --root-hash 4f1c…"
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The node's configuration (default: ${DEFAULT-VALUE}).",
            defaultValue = NodeSetup.CONFIG_FILE)
    private Path config = Path.of(NodeSetup.CONFIG_FILE);

    @ArgGroup(exclusive = false)
    private @Nullable Joining joining;

    /** What a node needs the first time. */
    static final class Joining {
        @Option(
                names = "--root",
                required = true,
                paramLabel = "FILE",
                description = "The first time: the federation root.")
        private Path root = Path.of("");

        @Option(
                names = "--root-hash",
                required = true,
                paramLabel = "HASH",
                converter = RootHash.class,
                description = "The first time: its hash, as you were told it on another channel.")
        private Hash hash = Hash.sha256();

        @Option(
                names = "--wait",
                description = "The first time, in a network that runs already: join although version 1 of the root does"
                        + " not list this node, and follow its later versions until one does.")
        private boolean waits;
    }

    @Override
    public Integer call() {
        Optional<Launch.Invitation> invitation =
                Optional.ofNullable(joining).map(j -> new Launch.Invitation(j.root, j.hash, j.waits));
        Node node = Launch.open(config, invitation, InstantSource.system());
        Thread closing = new Thread(node::close, "stop");
        try {
            node.start();
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(closing);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "running: peers at https://%s, users at http://%s%n",
                        node.peerAddress(),
                        node.userAddress());
        awaitEnd(node);
        return 0;
    }

    /** Waits until the node is stopped, or cannot go on under a new version of the root. */
    private static void awaitEnd(Node node) {
        try {
            node.ended().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
