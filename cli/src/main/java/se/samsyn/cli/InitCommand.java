package se.samsyn.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.root.Scope;

/** {@code samsyn init}: makes a new node's keys, configuration, tokens and member lines. */
@Command(
        name = "init",
        description = "Make a new node: keys, configuration, tokens, and the member lines to hand over.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: samsyn init --node skane.swetrial.example --url https://samsyn.skane.example:8443 --scope 12 --dir skane"
        })
final class InitCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--node",
            required = true,
            paramLabel = "NAME",
            description = "The node's name: a-z, 0-9, dot, hyphen.")
    private String node = "";

    @Option(names = "--url", required = true, paramLabel = "URL", description = "Where peers will reach it, https.")
    private URI url = URI.create("");

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "PLACES",
            description =
                    "The places it speaks for: county codes, in Halland municipality codes, or - for region unknown;"
                            + " several with commas.")
    private String scope = "";

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The new folder for its files (default: ${DEFAULT-VALUE}).",
            defaultValue = ".")
    private Path directory = Path.of(".");

    @Option(
            names = "--peer-host",
            paramLabel = "HOST",
            description = "Where the peer listener binds (default: ${DEFAULT-VALUE}); its port is the URL's.",
            defaultValue = "0.0.0.0")
    private String peerHost = "0.0.0.0";

    @Option(
            names = "--user-port",
            paramLabel = "PORT",
            description = "The loopback port of the user listener (default: ${DEFAULT-VALUE}).",
            defaultValue = "8080")
    private int userPort;

    @Option(
            names = "--release",
            paramLabel = "DATASET",
            split = ",",
            description = "Datasets that are released by rule after every import (default: ${DEFAULT-VALUE}).",
            defaultValue = "trials,costs")
    private List<String> release = List.of();

    @Option(
            names = "--poll-millis",
            paramLabel = "N",
            description = "How often the node asks for its peers' checkpoints (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + NodeConfig.DEFAULT_POLL_MILLIS)
    private int pollMillis;

    @Override
    public Integer call() {
        check(node.matches("[a-z0-9.-]{1,245}"), "--node: \"" + node + "\" must consist of a-z, 0-9, dot and hyphen");
        check(
                "https".equals(url.getScheme()) && url.getHost() != null,
                "--url: \"" + url + "\" must be like https://samsyn.skane.example:8443, for peers speak TLS");
        int port = url.getPort() < 0 ? 443 : url.getPort();
        NodeSetup setup = new NodeSetup(
                node,
                url,
                Scope.parse(scope),
                new Address(peerHost, port),
                new Address("127.0.0.1", userPort),
                release,
                Map.of(),
                pollMillis);
        setup.create(directory, InstantSource.system());
        Path folder = directory.toAbsolutePath().normalize();
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        """
                %s is set up in %s

                What to do next:
                  1. Hand %s to whoever puts the federation root together.
                  2. Carry the folder %s off this machine: the root key signs who belongs to the network,
                     and has no business on a node.
                  3. Once you have the root, and its hash by another channel:
                     samsyn run --config %s --root root.note --root-hash HASH
                %n""",
                        node,
                        folder,
                        folder.resolve(NodeSetup.MEMBER_FILE),
                        folder.resolve(NodeSetup.ROOT_KEY_FOLDER),
                        folder.resolve(NodeSetup.CONFIG_FILE));
        return 0;
    }

    /** Before anything is made: what was begun with wrong details would stand in the way of the right ones. */
    private void check(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
