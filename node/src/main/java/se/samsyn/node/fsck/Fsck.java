package se.samsyn.node.fsck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import se.samsyn.node.config.ConfigFile;
import se.samsyn.node.config.NodeConfig;
import se.samsyn.node.record.RecordFsck;
import se.samsyn.node.setup.Launch;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreReader;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.root.VerifiedRoot;

/**
 * Verifies a whole store: that it is this node's and this network's, its federation root, every log in it, and that every record can be
 * read. Needs no key and no password, asks nobody and changes nothing.
 */
public final class Fsck {
    private static final long FIRST_VERSION = 1;
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
        Optional<FederationRoot> root = root();
        List<LogReport> logs = root.map(this::logs).orElse(List.of());
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

    private Optional<FederationRoot> root() {
        List<FederationRoot> verified = new ArrayList<>();
        faults.guard("federation root", () -> {
            byte[] note = store.get(Columns.ROOT, FIRST_VERSION)
                    .orElseThrow(() -> new RefutedException("there is none, so that no log could be checked"));
            verified.add(
                    VerifiedRoot.verifyFirst(SignedNote.parse(note), network).root());
        });
        faults.guard(
                "federation root",
                () -> store.forEach(Columns.ROOT, (version, note) -> {
                    if (version != FIRST_VERSION) {
                        faults.add("has a version " + version
                                + " of the federation root, which this program cannot verify");
                    }
                }));
        return verified.stream().findFirst();
    }

    private List<LogReport> logs(FederationRoot root) {
        StoredRows rows = new StoredRows(store, unreadable);
        List<String> members = root.members().stream().map(Member::node).toList();
        rows.nodes().stream()
                .filter(stored -> !members.contains(stored))
                .forEach(stored -> faults.add("holds something of a log of " + stored + ", which is no member"));
        List<String> ordered = new ArrayList<>(members);
        ordered.sort(null);
        if (ordered.remove(node)) {
            ordered.add(0, node);
        } else {
            faults.add("is of " + node + ", which is no member of the network");
        }
        return ordered.stream()
                .map(member -> new LogFsck(store, rows, root, member, node).run())
                .toList();
    }
}
