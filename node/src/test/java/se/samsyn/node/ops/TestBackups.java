package se.samsyn.node.ops;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import se.samsyn.node.config.Address;
import se.samsyn.node.config.BackupPlan;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.config.RecordPlan;

/** Configurations of which nothing but the store and its backups matters. */
public final class TestBackups {
    private TestBackups() {}

    /** One with backups on request. */
    public static NodeConfig config(String node, Path data, Path directory, int kept) {
        return config(node, data, Optional.of(new BackupPlan(directory, OptionalInt.empty(), kept)));
    }

    static NodeConfig config(String node, Path data, Optional<BackupPlan> plan) {
        Address nowhere = new Address("127.0.0.1", 0);
        return new NodeConfig(
                node,
                data,
                data,
                data,
                nowhere,
                nowhere,
                List.of(),
                Set.of(),
                Map.of(),
                Map.of(),
                NodeConfig.DEFAULT_POLL_MILLIS,
                NodeConfig.DEFAULT_SCRUB_HOURS,
                plan,
                RecordPlan.NONE,
                Optional.empty());
    }
}
