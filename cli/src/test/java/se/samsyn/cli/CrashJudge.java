package se.samsyn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import se.samsyn.node.fsck.Fsck;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.MerkleTree;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * Holds what a dead node left on its disk against what it had told others while it lived: acknowledged imports and releases, cosignatures
 * that peers got, and roots that anybody saw signed.
 */
final class CrashJudge {
    private final CrashNetwork network;
    private final Map<String, Hash> roots = new HashMap<>();

    CrashJudge(CrashNetwork network) {
        this.network = network;
    }

    /** Judges the victim while it is dead and its peers live. */
    void judgeVictim(String crash, CrashWorkload.Acknowledged acknowledged) {
        try (Store store = open(CrashNetwork.VICTIM)) {
            judge(crash, store, CrashNetwork.VICTIM, acknowledged);
            for (String peer : CrashNetwork.NODES) {
                if (!peer.equals(CrashNetwork.VICTIM)) {
                    network.published(peer, peer).ifPresent(note -> requireHeld(crash, store, peer, note));
                    network.published(peer, CrashNetwork.VICTIM).ifPresent(note -> requireOneRoot(crash, note));
                }
            }
        }
    }

    /** Judges any node's store after it was stopped. */
    void judge(String crash, String node, CrashWorkload.Acknowledged acknowledged) {
        try (Store store = open(node)) {
            judge(crash, store, node, acknowledged);
        }
    }

    private Store open(String node) {
        return Store.openReadOnly(network.configuration(node).dataDirectory());
    }

    private void judge(String crash, Store store, String node, CrashWorkload.Acknowledged acknowledged) {
        assertThat(Fsck.verify(
                                store,
                                CrashNetwork.fullName(node),
                                network.root().hash())
                        .faults())
                .as("%s: faults in the store of %s", crash, node)
                .isEmpty();
        assertThat(acknowledged.trials())
                .as("%s: trials whose import %s acknowledged", crash, node)
                .allMatch(id -> store.get(Columns.TRIAL, id).isPresent());
        assertThat(acknowledged.sites())
                .as("%s: sites whose import %s acknowledged", crash, node)
                .allMatch(id -> store.get(Columns.SITE, id + "\t\t\t" + CrashNetwork.scope(node))
                        .isPresent());
        requireReleased(crash, new StoredLog(store, CrashNetwork.fullName(node)), acknowledged);
        for (String member : CrashNetwork.NODES) {
            StoredLog log = new StoredLog(store, CrashNetwork.fullName(member));
            log.signed().ifPresent(note -> requireOneRoot(crash, note));
            log.published().ifPresent(note -> requireOneRoot(crash, note));
            store.get(Columns.COSIGNED, log.node())
                    .map(bytes -> SignedNote.parse(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)))
                    .ifPresent(note -> requireOneRoot(crash, note));
        }
        store.forEach(
                Columns.REFUSED,
                (key, note) -> assertThat(key.node())
                        .as("%s: origin of a checkpoint that %s refused", crash, node)
                        .isEqualTo(CrashNetwork.fullName(CrashNetwork.PEER)));
    }

    /** The newest body of each year names every trial that an acknowledged release covered. */
    private void requireReleased(String crash, StoredLog log, CrashWorkload.Acknowledged acknowledged) {
        Map<String, String> newest = new TreeMap<>();
        for (byte[] entry : log.entries(0, log.head().size())) {
            if (SignedStatement.verify(entry, network.root(), log.node()).statement()
                    instanceof SummaryStatement summary) {
                newest.put(
                        summary.period().toString(),
                        log.body(summary.sha256())
                                .map(body -> new String(body, UTF_8))
                                .orElse("retracted"));
            }
        }
        assertThat(acknowledged.released())
                .as("%s: trials whose release was acknowledged", crash)
                .allMatch(id -> newest.getOrDefault(id.substring(0, 4), "").contains('"' + id + '"'));
    }

    /** What the victim cosigned and the peer got, the victim holds. */
    private static void requireHeld(String crash, Store store, String peer, SignedNote published) {
        String witness = CrashNetwork.fullName(CrashNetwork.VICTIM) + "/witness";
        if (published.signatures().stream().anyMatch(line -> line.name().equals(witness))) {
            TreeHead cosigned = Checkpoint.parse(published.text()).head();
            StoredLog log = new StoredLog(store, CrashNetwork.fullName(peer));
            assertThat(log.head().size())
                    .as("%s: entries of %s, of which the victim cosigned %s", crash, peer, cosigned.size())
                    .isGreaterThanOrEqualTo(cosigned.size());
            assertThat(MerkleTree.root(cosigned.size(), log.subtrees()))
                    .as("%s: root of %s at size %s", crash, peer, cosigned.size())
                    .isEqualTo(cosigned.root());
        }
    }

    private void requireOneRoot(String crash, SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        Hash root = checkpoint.head().root();
        Hash known =
                roots.putIfAbsent(checkpoint.origin() + " " + checkpoint.head().size(), root);
        assertThat(known == null ? root : known)
                .as(
                        "%s: root of %s at size %s",
                        crash, checkpoint.origin(), checkpoint.head().size())
                .isEqualTo(root);
    }
}
