package se.samsyn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.key.KeyFile;
import se.samsyn.node.key.Purpose;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;

/** {@code samsyn key add}: makes a key beside the one that it is to replace. */
@Command(
        name = "add",
        description = "Make a new key beside the one that it is to replace, and print its line for the federation root."
                + " The node works with it from the version on that lists the old one no more.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A key is rotated in two versions of the root: one that lists the new key beside the old one, and, once all"
                    + " have accepted that, one without the old key.",
            "Example: samsyn key add witness --config skane/node.json"
        })
final class KeyAddCommand implements Callable<Integer> {
    /** What a key can be for. */
    enum Use {
        log,
        log_ml_dsa,
        witness,
        publisher,
        tls;

        @Override
        public String toString() {
            return name().replace('_', '-');
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The node's configuration (default: ${DEFAULT-VALUE}).",
            defaultValue = NodeSetup.CONFIG_FILE)
    private Path config = Path.of(NodeSetup.CONFIG_FILE);

    @Parameters(paramLabel = "USE", description = "What it is for: ${COMPLETION-CANDIDATES}.")
    private Use use = Use.log;

    @Override
    public Integer call() {
        NodeConfig node = ConfigFile.read(config);
        char[] password = PrivateFiles.readSecret(node.passwordFile()).toCharArray();
        Instant now = InstantSource.system().instant();
        String line = switch (use) {
            case log -> "logkey " + added(node, password, Purpose.LOG, now);
            case log_ml_dsa -> "logkey " + added(node, password, Purpose.LOG_ML_DSA, now);
            case witness -> "witness " + added(node, password, Purpose.WITNESS, now);
            case publisher -> "publisher " + added(node, password, Purpose.PUBLISHER, now);
            case tls ->
                "tls " + node.node() + " "
                        + KeyFile.addTls(node.keyFile(), password, node.node(), now)
                                .newestTls()
                                .pin()
                                .toBase64();
        };
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s has a new key; back it up. Its line for the federation root:%n", node.keyFile());
        out.printf(Locale.ROOT, "  %s%n%n", line);
        out.printf(
                Locale.ROOT,
                "What to do next: have it taken into the next version (samsyn root propose --add LINE …). Until a later"
                        + " version lists the old key no more (--remove), the node works with that.%n");
        return 0;
    }

    private static String added(NodeConfig node, char[] password, Purpose purpose, Instant now) {
        return KeyFile.add(node.keyFile(), password, node.node(), purpose, now)
                .newest(purpose)
                .verifierKey()
                .encode();
    }
}
