package se.samsyn.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.config.Role;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;
import se.samsyn.node.setup.SetupException;

/** The options that say which running node a command asks, and with which token. */
final class NodeAccess {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The node's configuration; its address and tokens are found there (default: ${DEFAULT-VALUE}).",
            defaultValue = NodeSetup.CONFIG_FILE)
    private Path config = Path.of(NodeSetup.CONFIG_FILE);

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The node's user listener, instead of the configuration's.")
    private @Nullable URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token, instead of the one beside the configuration.")
    private @Nullable Path tokenFile;

    /** A client for that node, with the token of the role unless another is given. */
    ApiClient client(Role role) {
        // the address first: without a configuration its complaint is the one that helps
        URI address = url == null ? configuredUrl() : checked(url);
        Path secret = tokenFile == null ? NodeSetup.tokenFile(config, role) : tokenFile;
        return new ApiClient(address, PrivateFiles.readSecret(secret));
    }

    /** The configuration of a node on this machine, unless another one is named by its address. */
    Optional<Path> local() {
        return url == null ? Optional.of(config) : Optional.empty();
    }

    private static URI checked(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new SetupException("--url: \"" + url + "\" must be like http://127.0.0.1:8080");
        }
        return url;
    }

    private URI configuredUrl() {
        NodeConfig node = ConfigFile.read(config);
        return URI.create("http://" + node.user());
    }
}
