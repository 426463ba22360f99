package se.samsyn.cli.demo;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import se.samsyn.cli.ApiClient;
import se.samsyn.cli.RecordUpload;
import se.samsyn.node.Node;
import se.samsyn.node.config.Role;
import se.samsyn.protocol.root.FederationRoot;

/** A small network of nodes in this process, set up as the demo's is, for tests that say what each node imports. */
public final class TestNetwork implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DemoNetwork network;

    private TestNetwork(DemoNetwork network) {
        this.network = network;
    }

    /** Starts a node for each name, with its scope. */
    public static TestNetwork start(Path directory, Map<String, String> scopes) {
        List<DemoMember> members = scopes.entrySet().stream()
                .map(scope -> new DemoMember(scope.getKey(), scope.getValue()))
                .toList();
        return new TestNetwork(DemoNetwork.start(directory, members, Map.of(), InstantSource.system()));
    }

    public FederationRoot root() {
        return network.root();
    }

    public Node node(String name) {
        return network.node(name).node();
    }

    public Path config(String name) {
        return network.node(name).configFile();
    }

    public ApiClient client(String name) {
        return network.node(name).client(Role.OPERATOR);
    }

    /** Imports one CSV file over the API and releases what rests on it. */
    public void importCsv(String name, String kind, String csv) {
        RecordUpload upload = new RecordUpload(client(name));
        upload.send(kind, csv.getBytes(StandardCharsets.UTF_8));
        upload.release();
        // no rule says that there is nothing in the other periods
        upload.release(kind.equals("cost-item") ? "costs" : "trials");
    }

    /** Waits until all nodes hold and count everything that any of them has released. */
    public void awaitAgreement() {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> network.awaitAgreement(InstantSource.system()));
    }

    /** An instant at which every node can answer, not before the newest time of any log. */
    public Instant instant() {
        long newest = network.nodes().stream()
                .mapToLong(node -> node.node().picture().newestLogTime())
                .max()
                .orElse(0);
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .until(() -> InstantSource.system().instant().getEpochSecond() >= newest);
        return Instant.ofEpochSecond(newest);
    }

    @Override
    public void close() {
        network.close();
    }
}
