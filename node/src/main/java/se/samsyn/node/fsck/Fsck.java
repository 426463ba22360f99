package se.samsyn.node.fsck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.record.RecordFsck;
import se.samsyn.node.root.RootKeeper;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreReader;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.root.RootChain;
import se.samsyn.protocol.witness.Evidence;

/**
 * Verifies a whole store: that it is this node's and this network's, its federation root, every log in it, and that every record can be
 * read. Needs no key and no password, asks nobody and changes nothing.
 */
public final class Fsck {
    private static final String WRONG_STORE =
            "Check dataDirectory in the configuration and network-hash beside it; if they are right, restore the store from a backup";
    private static final String UNREADABLE =
            "Check the disk; then, with the node stopped, run `samsyn restore --from-peers`, which keeps this store beside";
    private static final String RECORDS = "Import the files again that the records came from, or restore a backup";

    private final StoreReader store;
    private final String node;
    private final Hash network;
    private final Faults faults = new Faults("store", WRONG_STORE);
    private final Faults unreadable = new Faults("store", UNREADABLE);

    private Fsck(StoreReader store, String node, Hash network) {
        this.store = store;
        this.node = node;
        this.network = network;
    }

    /**
     * Verifies the store of a node that is not running.
     *
     * @throws se.samsyn.node.config.ConfigException if the configuration cannot be read
     * @throws se.samsyn.node.setup.SetupException if the node has not joined a network
     * @throws se.samsyn.node.store.StoreException if there is no store, or a running process uses it
     */
    public static FsckReport stoppedNode(Path configFile) {
        NodeConfig config = ConfigFile.read(configFile);
        Hash network = Launch.joinedNetwork(configFile);
        try (Store store = Store.openReadOnly(config.dataDirectory())) {
            return verify(store, config.node(), network);
        }
    }

    /**
     * Verifies an open store, which nobody must write to meanwhile: read a running node's {@linkplain Store#atOneMoment at one moment}.
     *
     * @param node whose store it must be
     * @param network the hash of the first version of the federation root, as it was told on another channel
     */
    public static FsckReport verify(StoreReader store, String node, Hash network) {
        return new Fsck(store, node, network).run();
    }

    private FsckReport run() {
        requireIdentity("node", node, store.node());
        requireIdentity("network", network.toHex(), store.network());
        Optional<RootChain> chain = chain();
        List<LogReport> logs = chain.map(this::logs).orElse(List.of());
        chain.ifPresent(this::evidence);
        Faults recordFaults = new Faults("records", RECORDS);
        Map<String, Long> records = RecordFsck.verify(store, recordFaults::add);
        List<FsckFault> others = new ArrayList<>(faults.list());
        others.addAll(unreadable.list());
        others.addAll(recordFaults.list());
        return new FsckReport(node, network.toHex(), logs, records, others);
    }

    private void requireIdentity(String what, String expected, String found) {
        if (!found.equals(expected)) {
            faults.add("is of " + what + " " + found + ", expected " + expected);
        }
    }

    private Optional<RootChain> chain() {
        List<RootChain> verified = new ArrayList<>();
        faults.guard("federation root", () -> verified.add(RootKeeper.read(store, network)));
        return verified.stream().findFirst();
    }

    private void evidence(RootChain chain) {
        List<VerifierKey> keys = EvidenceKeys.of(chain.roots());
        unreadable.guard(
                "evidence",
                () -> store.forEach(Columns.EVIDENCE, (sha256, bytes) -> {
                    if (!Hash.sha256(bytes).equals(sha256)) {
                        unreadable.add("evidence " + sha256 + " has SHA-256 " + Hash.sha256(bytes));
                    } else {
                        unreadable.guard(
                                "evidence " + sha256,
                                () -> Evidence.parse(bytes).verify(keys));
                    }
                }));
    }

    private List<LogReport> logs(RootChain chain) {
        StoredRows rows = new StoredRows(store, unreadable);
        Set<String> members = chain.members();
        rows.nodes().stream()
                .filter(stored -> !members.contains(stored))
                .forEach(stored -> faults.add("holds something of a log of " + stored + ", which is no member"));
        List<String> ordered = new ArrayList<>(members);
        // an observer has no log of its own
        if (ordered.remove(node)) {
            ordered.add(0, node);
        }
        return ordered.stream()
                .map(member -> new LogFsck(store, rows, chain, member, node).run())
                .toList();
    }
}
