package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import se.samsyn.node.Json;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Scope;

/**
 * The node's own records in its store. Tabulation reads them here with sites joined to their trials, and sees only
 * places of the node's scope: a trial with no site in it is not the node's to count, unless the scope has "region
 * unknown".
 */
public final class RecordStore implements RecordSource {
    private final Store store;
    private final Scope scope;

    /** What became of the records that were put. */
    record Changes(long added, long changed, long unchanged) {}

    /** @param scope the node's */
    public RecordStore(Store store, Scope scope) {
        this.store = store;
        this.scope = scope;
    }

    @Override
    public void scan(String recordKind, Consumer<SourceRecord> each) {
        switch (RecordKind.parse(recordKind)) {
            case TRIAL -> scanTrials(each);
            case COST_ITEM -> scanCostItems(each);
            case SITE ->
                throw new IllegalArgumentException("no dataset is made of sites: they are joined to their trials");
        }
    }

    /** How many records of a kind there are. */
    public long count(RecordKind kind) {
        long[] count = {0};
        store.forEach(column(kind), (key, value) -> count[0]++);
        return count[0];
    }

    Scope scope() {
        return scope;
    }

    /** Writes records of one kind, as JSON by their keys, in one batch that is on the disk on return. */
    Changes put(RecordKind kind, Map<String, byte[]> records) {
        Column<String, byte[]> column = column(kind);
        List<Map.Entry<String, byte[]>> writes = new ArrayList<>();
        long added = 0;
        for (Map.Entry<String, byte[]> record : records.entrySet()) {
            Optional<byte[]> stored = store.get(column, record.getKey());
            if (stored.isEmpty()) {
                added++;
            }
            if (stored.isEmpty() || !Arrays.equals(stored.get(), record.getValue())) {
                writes.add(record);
            }
        }
        if (!writes.isEmpty()) {
            store.write(
                    FailPoint.WRITE_RECORDS,
                    batch -> writes.forEach(record -> batch.put(column, record.getKey(), record.getValue())));
        }
        return new Changes(added, writes.size() - added, records.size() - writes.size());
    }

    /** The numbers under which trials are filed. */
    Set<String> trialIds() {
        Set<String> ids = new HashSet<>();
        store.forEach(Columns.TRIAL, (id, json) -> ids.add(id));
        return ids;
    }

    /** All registry numbers of the node's trials, each with the smallest number of the same trial. */
    Map<String, String> trialNames() {
        List<List<String>> trials = new ArrayList<>();
        store.forEach(
                Columns.TRIAL,
                (id, json) -> trials.add(Json.parse(json, Trial.class).names()));
        return Aliases.smallest(trials);
    }

    /** How many trials have no site in the node's scope. */
    long trialsWithoutSite() {
        Set<String> ids = trialIds();
        ids.removeAll(placesByTrial().keySet());
        return ids.size();
    }

    private void scanTrials(Consumer<SourceRecord> each) {
        Map<String, SortedSet<String>> placesByTrial = placesByTrial();
        store.forEach(Columns.TRIAL, (id, json) -> {
            SortedSet<String> places = placesByTrial.getOrDefault(id, new TreeSet<>());
            if (places.isEmpty() && scope.covers(CodeList.UNKNOWN_PLACE)) {
                places.add(CodeList.UNKNOWN_PLACE);
            }
            if (!places.isEmpty()) {
                each.accept(new TrialFields(Json.parse(json, Trial.class), List.copyOf(places)));
            }
        });
    }

    private void scanCostItems(Consumer<SourceRecord> each) {
        // One trial under two numbers is one contributor, or the dominance rule would count it as two.
        Map<String, String> names = trialNames();
        store.forEach(Columns.COST_ITEM, (id, json) -> {
            CostItem item = Json.parse(json, CostItem.class);
            if (scope.covers(item.studyRegion())) {
                each.accept(new CostItemFields(item, names.getOrDefault(item.trial(), item.trial())));
            }
        });
    }

    private Map<String, SortedSet<String>> placesByTrial() {
        Map<String, SortedSet<String>> places = new HashMap<>();
        store.forEach(Columns.SITE, (key, json) -> {
            Site site = Json.parse(json, Site.class);
            if (scope.covers(site.region())) {
                places.computeIfAbsent(site.trial(), id -> new TreeSet<>()).add(site.region());
            }
        });
        return places;
    }

    private static Column<String, byte[]> column(RecordKind kind) {
        return switch (kind) {
            case TRIAL -> Columns.TRIAL;
            case SITE -> Columns.SITE;
            case COST_ITEM -> Columns.COST_ITEM;
        };
    }
}
