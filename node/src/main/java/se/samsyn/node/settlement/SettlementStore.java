package se.samsyn.node.settlement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** All revisions of a quarter between two members, the oldest first. */
    List<Settled> revisions(String issuer, String payer, Period quarter) {
        String of = prefix(issuer, payer, quarter);
        SortedSet<String> keys = new TreeSet<>();
        store.forEach(Columns.SETTLEMENT, (key, signed) -> {
            if (key.startsWith(of)) {
                keys.add(key.substring(0, key.lastIndexOf(BETWEEN) + 1));
            }
        });
        return keys.stream().flatMap(key -> at(key).stream()).toList();
    }

    /** The newest revisions of all quarters that are wanted, by quarter, then issuer and payer. */
    Collection<Settled> newest(Predicate<Of> wanted) {
        Map<String, Of> found = new TreeMap<>();
        store.forEach(Columns.SETTLEMENT, (key, signed) -> {
            String[] parts = key.split(BETWEEN, PARTS);
            Of of = new Of(parts[0], parts[1], Period.parse(parts[2]), Integer.parseInt(parts[REVISION_PART]));
            if (wanted.test(of)) {
                // in the order of the keys, so that the newest comes last
                found.put(parts[2] + BETWEEN + parts[0] + BETWEEN + parts[1], of);
            }
        });
        List<Settled> newest = new ArrayList<>();
        found.values().forEach(of -> newest(of.issuer, of.payer, of.quarter).ifPresent(newest::add));
        return newest;
    }

    /** What a kept document is of. */
    record Of(String issuer, String payer, Period quarter, int revision) {}

    private static String key(Between between) {
        return prefix(between.issuer(), between.payer(), between.quarter())
                + String.format(Locale.ROOT, "%02d", between.revision())
                + BETWEEN;
    }

    private static String prefix(String issuer, String payer, Period quarter) {
        return issuer + BETWEEN + payer + BETWEEN + quarter + BETWEEN;
    }
}
