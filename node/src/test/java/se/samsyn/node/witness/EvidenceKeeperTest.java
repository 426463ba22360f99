package se.samsyn.node.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.TestFederation.soon;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import se.samsyn.node.RegionNode;
import se.samsyn.node.TestFederation;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.mirror.ForeignTree;
import se.samsyn.node.store.Store;
import se.samsyn.node.store.StoreIdentity;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.EvidenceKeys;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;
import se.samsyn.protocol.witness.Evidence;

/** What is remembered of checkpoints that nobody can judge yet. */
class EvidenceKeeperTest {
    private static final int RENEWALS = 3 * RememberedNotes.MAX_REMEMBERED;

    @RegisterExtension
    final TestFederation federation = TestFederation.of("norra", "sodra", "vastra");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aCheckpointThatIsRenewedAgainAndAgainPushesOutNoOther() {
        RegionNode vastra = federation.node("vastra");
        Queue<Evidence> told = new ConcurrentLinkedQueue<>();
        try (Store store = store();
                EvidenceKeeper keeper = keeper(store, new RememberedNotes())) {
            keeper.start(told::add, () -> {});

            keeper.offered(vastra.name(), signed(vastra, 3, "one"));
            for (int time = 1; time <= RENEWALS; time++) {
                SignedNote renewed = signed(vastra, 5, "of both");
                keeper.offered(
                        vastra.name(),
                        renewed.with(federation.node("sodra").keys().witness().cosignNote(time, renewed.text())));
            }
            keeper.offered(vastra.name(), signed(vastra, 3, "other"));

            requireTwoRoots(told);
        }
    }

    @Test
    void whatIsNoCheckpointOfTheLogHidesNothingWhoeverSignedIt() {
        RegionNode vastra = federation.node("vastra");
        Queue<Evidence> told = new ConcurrentLinkedQueue<>();
        try (Store store = store();
                EvidenceKeeper keeper = keeper(store, new RememberedNotes())) {
            keeper.start(told::add, () -> {});
            for (String text : List.of("nonsense\n", vastra.name() + "/log\nthree\nAAAA\n")) {
                SignedNote nonsense = SignedNote.of(
                        text, List.of(vastra.keys().logKeys().get(0).signNote(text)));
                keeper.offered(vastra.name(), nonsense);
                keeper.refused(vastra.name(), nonsense, ForeignTree.UNKNOWN);
            }

            keeper.offered(vastra.name(), signed(vastra, 3, "one"));
            keeper.grown(vastra.name());
            keeper.offered(vastra.name(), signed(vastra, 3, "other"));

            requireTwoRoots(told);
        }
    }

    @Test
    void aCheckpointThatCouldNotBeJudgedIsRememberedWhenTheNodeIsWiredAnew() {
        RegionNode vastra = federation.node("vastra");
        RememberedNotes remembered = new RememberedNotes();
        Queue<Evidence> told = new ConcurrentLinkedQueue<>();
        try (Store store = store()) {
            try (EvidenceKeeper former = keeper(store, remembered)) {
                former.offered(vastra.name(), signed(vastra, 3, "one"));
            }
            try (EvidenceKeeper keeper = keeper(store, remembered)) {
                keeper.start(told::add, () -> {});
                keeper.offered(vastra.name(), signed(vastra, 3, "other"));

                requireTwoRoots(told);
            }
        }
    }

    private void requireTwoRoots(Queue<Evidence> told) {
        soon().until(() -> !told.isEmpty());
        assertThat(told.element().verify(EvidenceKeys.of(List.of(federation.root()))))
                .allSatisfy(accusation -> {
                    assertThat(accusation.fault()).isEqualTo(Evidence.Fault.TWO_ROOTS);
                    assertThat(accusation.size()).isEqualTo(3);
                });
    }

    private Store store() {
        return Store.create(
                folder.resolve("store"),
                new StoreIdentity(
                        federation.node("norra").name(), federation.root().hash()));
    }

    private EvidenceKeeper keeper(Store store, RememberedNotes remembered) {
        String vastra = federation.node("vastra").name();
        return new EvidenceKeeper(
                store,
                new StoredLog(store, federation.node("norra").name()),
                Map.of(vastra, new StoredLog(store, vastra)),
                () -> List.of(federation.root()),
                remembered,
                new ScheduledThreadPoolExecutor(1));
    }

    private static SignedNote signed(RegionNode node, long size, String root) {
        String text =
                new Checkpoint(node.name() + "/log", new TreeHead(size, Hash.sha256(root.getBytes(UTF_8)))).encode();
        return SignedNote.of(
                text,
                node.keys().logKeys().stream().map(key -> key.signNote(text)).toList());
    }
}
