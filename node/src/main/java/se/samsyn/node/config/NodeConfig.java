package se.samsyn.node.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.protocol.dataset.Period;

/**
 * How one node runs. Relative paths are relative to the configuration file.
 *
 * @param node the node's name in the federation root
 * @param dataDirectory where the store is
 * @param keyFile the encrypted PKCS#12 file with the node's keys
 * @param passwordFile the file that holds the key file's password
 * @param peer where the peer listener binds (TLS)
 * @param user where the user listener binds (plain HTTP: loopback only)
 * @param tokens who may use the user listener
 * @param automaticRelease datasets that are released by rule after every import
 * @param heldPeriods by dataset: periods that the rule leaves to a person
 * @param minimumPersons by dataset: persons a published cell must cover, where this region asks for more than the network
 * @param pollMillis how often a peer's checkpoint is asked for
 * @param scrubHours how long after the last one everything in the store is read and verified again
 * @param backups where backups of the store are made, if they are
 * @param records what is done with the region's own records without being asked
 * @param networkDirectory a folder like {@code config/network}, where the network uses other definitions than this program ships with
 */
public record NodeConfig(
        String node,
        Path dataDirectory,
        Path keyFile,
        Path passwordFile,
        Address peer,
        Address user,
        List<Token> tokens,
        Set<String> automaticRelease,
        Map<String, Set<Period>> heldPeriods,
        Map<String, Integer> minimumPersons,
        int pollMillis,
        int scrubHours,
        Optional<BackupPlan> backups,
        RecordPlan records,
        Optional<Path> networkDirectory) {
    /** Default of {@code pollMillis}. */
    public static final int DEFAULT_POLL_MILLIS = 15_000;

    /** Default of {@code scrubHours}. */
    public static final int DEFAULT_SCRUB_HOURS = 24;

    public NodeConfig {
        tokens = List.copyOf(tokens);
        automaticRelease = Set.copyOf(automaticRelease);
        heldPeriods = Map.copyOf(heldPeriods);
        minimumPersons = Map.copyOf(minimumPersons);
    }
}
