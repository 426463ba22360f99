package se.samsyn.node.history;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.release.HeldPeriods;
import se.samsyn.node.restore.RestoreReport;
import se.samsyn.node.setup.SetupException;
import se.samsyn.protocol.dataset.Period;

/** What operators do about disks: backups, putting them back, and restoring from peers. */
final class Recovery {
    private static final int ALL_OTHERS_ARE_ASKED = 4;

    private final GeneratedHistory history;
    private final Stores stores;
    private final Map<String, MemberRecords> records;
    private final Map<String, Backup> backups = new HashMap<>();
    /** Nodes on a store that may be older than what they signed, with the size of the log in it. */
    private final Map<String, Long> put = new TreeMap<>();
    /** Nodes whose store is lost. */
    private final Set<String> lost = new TreeSet<>();

    private record Backup(Path place, MemberRecords records, long logSize) {}

    Recovery(GeneratedHistory history, Stores stores, Map<String, MemberRecords> records) {
        this.history = history;
        this.stores = stores;
        this.records = records;
    }

    /** Stops a node and copies its store. */
    void backUp(GeneratedNode node) {
        if (!node.isUp() || isUnsettled(node)) {
            return;
        }
        history.operations.add("back up " + Request.shortName(node.name()));
        long logSize = GeneratedHistory.logSize(node);
        node.stop();
        Path place = stores.newPlace();
        Stores.copy(node.directory(), place);
        Optional.ofNullable(backups.put(
                        node.name(),
                        new Backup(place, history.records(node.name()).copy(), logSize)))
                .ifPresent(old -> Stores.delete(old.place()));
    }

    /** Whether the node's people do not know yet what of their releases is there: they release nothing. */
    boolean isUnsettled(GeneratedNode node) {
        Long size = put.get(node.name());
        if (size != null && node.isUp() && !node.isHeldBack()) {
            // everybody was asked, and nobody knows more of the log than the store that was put back
            history.acknowledged.goOnFrom(node.name(), size);
            put.remove(node.name());
        }
        return put.containsKey(node.name()) || lost.contains(node.name());
    }

    /** The periods of a dataset that a restore has put on hold. */
    Set<Period> held(GeneratedNode node, String dataset) {
        return new HeldPeriods(Map.of(), node.store(), history.clock).of(dataset);
    }

    /** Something befalls the disk of a node that is down, or it is started. */
    void operate(GeneratedNode node) {
        Backup backup = backups.get(node.name());
        int what = history.random.nextInt(3);
        // what is lost with its entries before a peer could take them is signed anew, and proven to be two histories
        boolean mayLose = !history.seen.isAheadOfPublished(node.name() + "/log");
        if (!history.plan.restores() || isUnsettled(node) || !mayLose) {
            history.start(node);
        } else if (what == 0 && backup != null) {
            putBack(node, backup);
            // a node that is started so asks a quorum alone, which must be all that there are
            if (history.plan.members() != ALL_OTHERS_ARE_ASKED
                    || history.plan.liars() > 0
                    || history.random.nextBoolean()) {
                restore(node);
            } else {
                history.start(node);
            }
        } else if (what == 1 && history.seen.published(node.name() + "/log") > 0) {
            history.operations.add(Request.shortName(node.name()) + " loses its disk");
            node.stop();
            Stores.delete(node.directory());
            history.answers.forget(node.name());
            lost.add(node.name());
            restore(node);
        } else {
            history.start(node);
        }
    }

    /** Starts a node that is down, on a store that can be started on. */
    boolean canStart(GeneratedNode node) {
        return !lost.contains(node.name()) || restore(node);
    }

    /** Restores a node that says that its store is older than what it signed; false if it cannot be done now. */
    boolean restore(GeneratedNode node) {
        history.operations.add("restore " + Request.shortName(node.name()) + " from peers");
        node.stop();
        try {
            RestoreReport report = node.restore(history.network.rootNote().encode());
            report.kept().ifPresent(Stores::delete);
            // those who did not answer may know more of its log
            put.put(node.name(), report.size());
            lost.remove(node.name());
            history.answers.forget(node.name());
        } catch (SetupException | Crash e) {
            history.operations.add("not restored: " + e.getMessage());
            return false;
        }
        history.bringAll(node);
        return true;
    }

    private void putBack(GeneratedNode node, Backup backup) {
        history.operations.add("put back the backup of " + Request.shortName(node.name()));
        node.stop();
        Stores.delete(node.directory());
        Stores.copy(backup.place(), node.directory());
        put.put(node.name(), backup.logSize());
        history.answers.forget(node.name());
        if (history.random.nextBoolean()) {
            records.put(node.name(), backup.records().copy());
        }
        history.bringAll(node);
    }
}
