package se.samsyn.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private static final int MAX_PORT = 65_535;

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
            paramLabel = "PLACES",
            description =
                    "The places it speaks for: county codes, in Halland municipality codes, or - for region unknown;"
                            + " several with commas. Not for an observer.")
    private @Nullable String scope;

    @Option(
            names = "--observer",
            description = "Make a node that follows the others and answers views, but publishes and cosigns nothing.")
    private boolean observer;

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
        Optional<Scope> places = checkedScope(Places.of(files));
        checkDatasets(files);
        check(
                userPort > 0 && userPort <= MAX_PORT,
                "--user-port: " + userPort + " must be 1 to " + MAX_PORT
                        + ", for the commands look for the node there");
        int port = url.getPort() < 0 ? 443 : url.getPort();
        NodeSetup setup = new NodeSetup(
                node,
                url,
                places,
                new Address(peerHost, port),
                new Address("127.0.0.1", userPort),
                observer ? List.of() : release,
                Map.of(),
                pollMillis);
        Path folder =
                (directory == null ? Path.of(node) : directory).toAbsolutePath().normalize();
        if (observer) {
            setup.createObserver(folder, InstantSource.system());
            tellObserver(folder);
            return 0;
        }
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

    private void tellObserver(Path folder) {
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        """
                %s is set up in %s as an observer:
                it follows the others, verifies, and answers views; it publishes nothing.

                What to do next:
                  1. Hand %s to whoever proposes the next version of the federation root.
                  2. With version 1 of the root, and its hash by another channel:
                     samsyn run --config %s --root root.note --root-hash HASH --wait
                """,
                        node,
                        folder,
                        folder.resolve(NodeSetup.OBSERVER_FILE),
                        folder.resolve(NodeSetup.CONFIG_FILE));
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

    private Optional<Scope> checkedScope(Places places) {
        check(
                observer == (scope == null),
                observer
                        ? "--scope: an observer speaks for no place"
                        : "--scope: a member says which places it speaks for; --observer makes a node that only follows");
        try {
            Optional<Scope> parsed = Optional.ofNullable(scope).map(Scope::parse);
            parsed.ifPresent(places::check);
            return parsed;
        } catch (MalformedException e) {
            throw new ParameterException(spec.commandLine(), "--scope: " + e.getMessage(), e);
        }
    }

    private void checkDatasets(NetworkFiles files) {
        release = release.stream().filter(dataset -> !dataset.isBlank()).toList();
        List<String> known = files.definitions().stream()
                .map(DatasetDefinition::dataset)
                .distinct()
                .toList();
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
