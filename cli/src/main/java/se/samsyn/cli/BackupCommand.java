package se.samsyn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import se.samsyn.node.Json;
import se.samsyn.node.config.Role;
import se.samsyn.node.setup.StoppedNode;
import se.samsyn.node.store.StoreException;

/** {@code samsyn backup}: has a node make a backup of its store, or makes it where the node does not run. */
@Command(
        name = "backup",
        description = {
            "Make a backup of a node's store, as it is at one moment, in the configuration's backupDirectory."
                    + " The running node makes it, and goes on meanwhile; if it does not run, this command does.",
            "It has no keys in it: keep configuration, key file and password in a backup of their own, elsewhere."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: samsyn backup --config skane/node.json"})
final class BackupCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/backups";
    private static final String JOB = "job";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NodeAccess node = new NodeAccess();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private BackupFormat format = BackupFormat.table;

    /** How the answer is printed. */
    enum BackupFormat {
        table,
        json
    }

    @Override
    public Integer call() {
        JsonNode backup = make();
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case json -> out.println(Json.pretty(backup));
            case table ->
                out.printf(
                        Locale.ROOT,
                        "made: %s%n  %,d bytes, as the store was at %s%n",
                        backup.path("directory").asText(),
                        backup.path("bytes").asLong(),
                        backup.path("time").asText());
        }
        out.flush();
        return 0;
    }

    private JsonNode make() {
        ApiClient client = node.client(Role.OPERATOR);
        try {
            JsonNode answer = post(client, PATH);
            while (answer.has(JOB)) {
                // it takes its time; the node answers again and again before the connection counts as idle
                answer = post(client, PATH + "?" + JOB + "=" + answer.path(JOB).asLong());
            }
            return answer;
        } catch (ApiException e) {
            if (!(e.getCause() instanceof ConnectException) || node.local().isEmpty()) {
                throw e;
            }
            return ofStoppedNode(node.local().get(), e);
        }
    }

    private static JsonNode post(ApiClient client, String path) {
        return client.post(path, "application/json", new byte[0]);
    }

    /** Nothing listens: then the store is free, or the node is one that starts, stops, or listens elsewhere. */
    private static JsonNode ofStoppedNode(Path config, ApiException unreachable) {
        try {
            return StoppedNode.backUp(config, InstantSource.system()).toJson();
        } catch (StoreException e) {
            throw new ApiException(
                    unreachable.getMessage() + " The store cannot be backed up without it: " + e.getMessage(), e);
        }
    }
}
