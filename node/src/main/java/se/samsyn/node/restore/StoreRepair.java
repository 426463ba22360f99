package se.samsyn.node.restore;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import se.samsyn.node.fsck.FsckReport;
import se.samsyn.node.fsck.LogReport;
import se.samsyn.node.log.Sequencer;
import se.samsyn.node.mirror.Mirror;
import se.samsyn.node.mirror.MirrorSet;
import se.samsyn.node.peer.PeerException;
import se.samsyn.node.peer.Peers;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreException;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.root.RootChain;

/** Repairs logs in a running node's store that were found damaged, each while nothing else changes it. Records have only their backup. */
public final class StoreRepair {
    private final Store store;
    private final RootChain chain;
    private final Peers peers;
    private final Sequencer sequencer;
    private final MirrorSet mirrors;
    private final InstantSource clock;

    public StoreRepair(
            Store store, RootChain chain, Peers peers, Sequencer sequencer, MirrorSet mirrors, InstantSource clock) {
        this.store = store;
        this.chain = chain;
        this.peers = peers;
        this.sequencer = sequencer;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    /**
     * Repairs what can be.
     *
     * @return what was done, and what could not be, a line each
     */
    List<String> repair(FsckReport report) {
        List<String> lines = new ArrayList<>();
        for (LogReport log : report.logs()) {
            if (!log.faults().isEmpty()) {
                lines.add("log of " + log.node() + ": " + repair(report.node(), log.node()));
            }
        }
        return lines;
    }

    private String repair(String self, String node) {
        boolean own = node.equals(self);
        LogRepair repair = new LogRepair(store, chain, peers, clock, node, own);
        Supplier<Integer> alone = own
                ? () -> sequencer.alone(repair::run)
                : () -> mirrors.of(node).map(mirror -> alone(mirror, repair)).orElse(0);
        try {
            return alone.get() + " rows written anew";
        } catch (PeerException | RefutedException | StoreException e) {
            return "not repaired: " + e.getMessage();
        }
    }

    private static int alone(Mirror mirror, LogRepair repair) {
        return mirror.alone(repair::run);
    }
}
