package se.samsyn.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.network.NetworkFiles;
import se.samsyn.node.network.Places;
import se.samsyn.node.setup.NodeSetup;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.DatasetDefinition;
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
            description = "The new folder for its files (default: the node's name, below this folder).")
    private @Nullable Path directory;

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
            names = "--network-dir",
            paramLabel = "DIR",
            description =
                    "A folder with datasets/ and code-lists/, by which places and datasets are checked (default: what this"
                            + " program ships with); networkDirectory in the configuration names it to the node.")
    private @Nullable Path networkDirectory;

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
        NetworkFiles files = networkDirectory == null ? NetworkFiles.shipped() : NetworkFiles.in(networkDirectory);
        Scope places = checkedScope(Places.of(files));
        checkDatasets(files);
        int port = url.getPort() < 0 ? 443 : url.getPort();
        NodeSetup setup = new NodeSetup(
                node,
                url,
                places,
                new Address(peerHost, port),
                new Address("127.0.0.1", userPort),
                release,
                Map.of(),
                pollMillis);
        Path folder =
                (directory == null ? Path.of(node) : directory).toAbsolutePath().normalize();
        setup.create(folder, InstantSource.system());
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

                %s%n""",
                        node,
                        folder,
                        folder.resolve(NodeSetup.MEMBER_FILE),
                        folder.resolve(NodeSetup.ROOT_KEY_FOLDER),
                        folder.resolve(NodeSetup.CONFIG_FILE),
                        releaseNotice());
        return 0;
    }

    /** What leaves the node without anybody's further word must not come as a surprise. */
    private String releaseNotice() {
        return release.isEmpty()
                ? "Nothing is released by rule: `samsyn release approve DATASET` does it."
                        + " automaticRelease in node.json lists what a rule releases."
                : "NOTE: after every import " + String.join(" and ", release)
                        + " are RELEASED BY RULE, which means signed and sent to"
                        + " all members\nafter disclosure control, unless automaticRelease and heldPeriods in node.json say otherwise.";
    }

    private Scope checkedScope(Places places) {
        try {
            Scope parsed = Scope.parse(scope);
            places.check(parsed);
            return parsed;
        } catch (MalformedException e) {
            throw new ParameterException(spec.commandLine(), "--scope: " + e.getMessage(), e);
        }
    }

    private void checkDatasets(NetworkFiles files) {
        release = release.stream().filter(dataset -> !dataset.isBlank()).toList();
        List<String> known =
                files.definitions().stream().map(DatasetDefinition::dataset).toList();
        for (String dataset : release) {
            check(
                    known.contains(dataset),
                    "--release: there is no dataset \"" + dataset + "\"; there are " + String.join(", ", known)
                            + ", and \"\" releases none by rule");
        }
    }

    /** Before anything is made: what was begun with wrong details would stand in the way of the right ones. */
    private void check(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
