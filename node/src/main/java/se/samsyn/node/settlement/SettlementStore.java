package se.samsyn.node.settlement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.settlement.Between;

/** The documents of both sides, every revision of them, as they were signed. What is put is on the disk on return. */
final class SettlementStore {
    private static final String BETWEEN = " ";
    private static final String PROPOSAL = "1-proposal";
    private static final String ANSWER = "2-answer";
    private static final int PARTS = 5;
    private static final int REVISION_PART = 3;

    private final Store store;

    SettlementStore(Store store) {
        this.store = store;
    }

    /** Keeps proposals, all of them or none. */
    void putProposals(Map<Between, byte[]> signed) {
        store.write(
                FailPoint.WRITE_SETTLEMENT,
                batch -> signed.forEach(
                        (between, bytes) -> batch.put(Columns.SETTLEMENT, key(between) + PROPOSAL, bytes)));
    }

    /** Keeps a proposal together with its answer. */
    void putAnswered(Between between, byte[] signed, byte[] answer) {
        store.write(FailPoint.WRITE_SETTLEMENT, batch -> {
            batch.put(Columns.SETTLEMENT, key(between) + PROPOSAL, signed);
            batch.put(Columns.SETTLEMENT, key(between) + ANSWER, answer);
        });
    }

    /** The newest revision of a quarter between two members. */
    Optional<Settled> newest(String issuer, String payer, Period quarter) {
        String of = prefix(issuer, payer, quarter);
        return store.floor(Columns.SETTLEMENT, of + "~")
                .map(Map.Entry::getKey)
                .filter(key -> key.startsWith(of))
                .map(key -> key.substring(0, key.lastIndexOf(BETWEEN) + 1))
                .flatMap(this::at);
    }

    private Optional<Settled> at(String key) {
        return store.get(Columns.SETTLEMENT, key + PROPOSAL)
                .map(signed -> new Settled(signed, store.get(Columns.SETTLEMENT, key + ANSWER)));
    }

    /** All revisions of a quarter between two members, the oldest first; no other documents are read. */
    List<Settled> revisions(String issuer, String payer, Period quarter) {
        String of = prefix(issuer, payer, quarter);
        List<Settled> newestFirst = new ArrayList<>();
        int atMost = Between.MAX_REVISION;
        while (atMost > 0) {
            Optional<String> last = store.floor(Columns.SETTLEMENT, of + revision(atMost) + "~")
                    .map(Map.Entry::getKey)
                    .filter(key -> key.startsWith(of));
            if (last.isEmpty()) {
                break;
            }
            at(last.get().substring(0, last.get().lastIndexOf(BETWEEN) + 1)).ifPresent(newestFirst::add);
            atMost = Of.parse(last.get()).revision() - 1;
        }
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** The newest revisions of all quarters that are wanted, by quarter, then issuer and payer. */
    Collection<Settled> newest(Predicate<Of> wanted) {
        List<Settled> newest = new ArrayList<>();
        kept(wanted).forEach(of -> newest(of.issuer, of.payer, of.quarter).ifPresent(newest::add));
        return newest;
    }

    /** Of each quarter between two members that is wanted its newest revision, by quarter, then issuer and payer. */
    Collection<Of> kept(Predicate<Of> wanted) {
        Map<String, Of> found = new TreeMap<>();
        store.forEach(Columns.SETTLEMENT, (key, signed) -> {
            Of of = Of.parse(key);
            if (wanted.test(of)) {
                // in the order of the keys, so that the newest comes last
                found.put(of.quarter + BETWEEN + of.issuer + BETWEEN + of.payer, of);
            }
        });
        return found.values();
    }

    /** What a kept document is of. */
    record Of(String issuer, String payer, Period quarter, int revision) {
        private static Of parse(String key) {
            String[] parts = key.split(BETWEEN, PARTS);
            return new Of(parts[0], parts[1], Period.parse(parts[2]), Integer.parseInt(parts[REVISION_PART]));
        }
    }

    private static String key(Between between) {
        return prefix(between.issuer(), between.payer(), between.quarter()) + revision(between.revision()) + BETWEEN;
    }

    private static String revision(int revision) {
        return String.format(Locale.ROOT, "%02d", revision);
    }

    private static String prefix(String issuer, String payer, Period quarter) {
        return issuer + BETWEEN + payer + BETWEEN + quarter + BETWEEN;
    }
}
