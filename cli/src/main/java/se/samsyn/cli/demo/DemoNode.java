package se.samsyn.cli.demo;

import java.net.URI;
import java.nio.file.Path;
import se.samsyn.cli.ApiClient;
import se.samsyn.node.Node;
import se.samsyn.node.config.Role;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.node.setup.PrivateFiles;

/** A running node of the demo network, with its folder. */
record DemoNode(DemoMember member, Path directory, Node node) {
    Path configFile() {
        return directory.resolve(NodeSetup.CONFIG_FILE);
    }

    URI url() {
        return URI.create("http://" + node.userAddress());
    }

    /** A client that asks the node over its user listener, as anybody else would. */
    ApiClient client(Role role) {
        return new ApiClient(url(), PrivateFiles.readSecret(NodeSetup.tokenFile(configFile(), role)));
    }
}
