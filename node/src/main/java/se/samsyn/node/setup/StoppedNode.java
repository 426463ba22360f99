package se.samsyn.node.setup;

import java.nio.file.Path;
import java.time.InstantSource;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.ops.Backup;
import se.samsyn.node.ops.Backups;
import se.samsyn.node.store.FailPoints;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;

/** What can be done with a node that does not run. */
public final class StoppedNode {
    private StoppedNode() {}

    /**
     * Makes a backup of its store, as the running node does; no password is needed.
     *
     * @throws se.samsyn.node.config.ConfigException if the configuration cannot be read
     * @throws SetupException if the node has not joined a network
     * @throws se.samsyn.node.store.StoreException if there is no store, or a running process uses it
     * @throws se.samsyn.protocol.RefutedException if the configuration says not where, or the store is not sound
     * @throws se.samsyn.node.ops.BackupException if the backup cannot be made
     */
    public static Backup backUp(Path configFile, InstantSource clock) {
        NodeConfig config = ConfigFile.read(configFile);
        Backups backups = new Backups(config, clock);
        StoreIdentity identity = new StoreIdentity(config.node(), Launch.joinedNetwork(configFile));
        try (Store store = Store.open(config.dataDirectory(), identity, FailPoints.NONE, backups)) {
            return backups.make(store);
        }
    }
}
