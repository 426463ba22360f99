package se.samsyn.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import se.samsyn.node.log.StoredLog;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.note.SignedNote;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.Member;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.SignedStatement;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.tlog.Checkpoint;
import se.samsyn.protocol.tlog.TreeHead;

/**
 * What must hold of every log in every store, whatever a test did: the entries make the stored root and every stored checkpoint's root,
 * by the recursion of RFC 6962 and not by the tiles; each statement verifies; each summary that was not retracted has its body, each that
 * was has none.
 */
final class StoreCheck {
    private final FederationRoot root;

    StoreCheck(FederationRoot root) {
        this.root = root;
    }

    void verify(String keeper, Store store) {
        for (Member member : root.members()) {
            verify(keeper, new StoredLog(store, member.node()));
        }
    }

    private void verify(String keeper, StoredLog log) {
        String where = "log of " + log.node() + " as " + keeper + " holds it";
        TreeHead head = log.head();
        List<byte[]> entries = log.entries(0, head.size());
        assertThat(root(entries)).as(where + ": root of the stored entries").isEqualTo(head.root());
        verifyCheckpoint(where + ": signed checkpoint", log.signed(), entries);
        verifyCheckpoint(where + ": published checkpoint", log.published(), entries);
        verifyBodies(where, log, entries);
    }

    private static void verifyCheckpoint(String where, Optional<SignedNote> note, List<byte[]> entries) {
        note.map(signed -> Checkpoint.parse(signed.text()).head()).ifPresent(head -> {
            assertThat(head.size()).as(where).isLessThanOrEqualTo(entries.size());
            assertThat(root(entries.subList(0, (int) head.size()))).as(where).isEqualTo(head.root());
        });
    }

    private void verifyBodies(String where, StoredLog log, List<byte[]> entries) {
        List<SummaryStatement> summaries = new ArrayList<>();
        Set<Hash> retracted = new HashSet<>();
        for (byte[] entry : entries) {
            Statement statement =
                    SignedStatement.verify(entry, root, log.node()).statement();
            if (statement instanceof SummaryStatement summary) {
                summaries.add(summary);
            } else if (statement instanceof Retraction retraction) {
                retracted.add(retraction.sha256());
            }
        }
        for (SummaryStatement summary : summaries) {
            Optional<Hash> stored = log.body(summary.sha256()).map(Hash::sha256);
            Optional<Hash> expected =
                    retracted.contains(summary.sha256()) ? Optional.empty() : Optional.of(summary.sha256());
            assertThat(stored)
                    .as(where + ": body of " + summary.dataset() + " " + summary.period())
                    .isEqualTo(expected);
        }
    }

    /** RFC 6962 section 2.1, word for word. */
    private static Hash root(List<byte[]> entries) {
        if (entries.isEmpty()) {
            return Hash.sha256();
        }
        if (entries.size() == 1) {
            return Hash.sha256(new byte[] {0}, entries.get(0));
        }
        int split = Integer.highestOneBit(entries.size() - 1);
        return Hash.sha256(
                new byte[] {1},
                root(entries.subList(0, split)).toByteArray(),
                root(entries.subList(split, entries.size())).toByteArray());
    }
}
