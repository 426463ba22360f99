package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
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
    private static final String TRIAL_ID = "trial_id";

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
        RecordKind kind = RecordKind.parse(recordKind);
        switch (kind) {
            case TRIAL -> scanTrials(each);
            case PARTICIPATION, COST_ITEM -> scanOfTrials(kind, "study_region", each);
            case RECEIVED_INVOICE -> scanOfTrials(kind, "receiving_region", each);
            case TRIAL_UNIT, ATMP_CENTRE, COHORT_COUNT -> scanOwn(kind, each);
            case GRANT, MEASURE_STATUS -> scanAll(kind, each);
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
        store.forEach(Columns.TRIAL, (id, json) -> trials.add(names(StoredRecord.parseCells(json))));
        return Aliases.smallest(trials);
    }

    /** How many trials have no site in the node's scope. */
    long trialsWithoutSite() {
        Set<String> ids = trialIds();
        ids.removeAll(placesByTrial().keySet());
        return ids.size();
    }

    private void scanTrials(Consumer<SourceRecord> each) {
        RecordFormat format = RecordFormats.SHIPPED.of(RecordKind.TRIAL);
        Map<String, SortedSet<String>> placesByTrial = placesByTrial();
        store.forEach(Columns.TRIAL, (id, json) -> {
            SortedSet<String> places = placesByTrial.getOrDefault(id, new TreeSet<>());
            if (places.isEmpty() && scope.covers(CodeList.UNKNOWN_PLACE)) {
                places.add(CodeList.UNKNOWN_PLACE);
            }
            if (!places.isEmpty()) {
                SortedMap<String, String> cells = StoredRecord.parseCells(json);
                each.accept(new RecordFields(
                        format, id, cells, Map.of("ids", names(cells), "places", List.copyOf(places))));
            }
        });
    }

    /** One trial under two numbers is one contributor, or the dominance rule would count it as two. */
    private void scanOfTrials(RecordKind kind, String place, Consumer<SourceRecord> each) {
        RecordFormat format = RecordFormats.SHIPPED.of(kind);
        Map<String, String> names = trialNames();
        store.forEach(column(kind), (key, json) -> {
            SortedMap<String, String> cells = StoredRecord.parseCells(json);
            if (scope.covers(cells.getOrDefault(place, ""))) {
                String trial = cells.getOrDefault(TRIAL_ID, "");
                each.accept(new RecordFields(
                        format, key, cells, Map.of("trial", List.of(names.getOrDefault(trial, trial)))));
            }
        });
    }

    private void scanOwn(RecordKind kind, Consumer<SourceRecord> each) {
        scanAll(kind, record -> {
            if (scope.covers(record.text("region"))) {
                each.accept(record);
            }
        });
    }

    private void scanAll(RecordKind kind, Consumer<SourceRecord> each) {
        RecordFormat format = RecordFormats.SHIPPED.of(kind);
        store.forEach(
                column(kind),
                (key, json) -> each.accept(new RecordFields(format, key, StoredRecord.parseCells(json), Map.of())));
    }

    private Map<String, SortedSet<String>> placesByTrial() {
        Map<String, SortedSet<String>> places = new HashMap<>();
        store.forEach(Columns.SITE, (key, json) -> {
            Map<String, String> site = StoredRecord.parseCells(json);
            String region = site.getOrDefault("region", "");
            if (scope.covers(region)) {
                places.computeIfAbsent(site.getOrDefault(TRIAL_ID, ""), id -> new TreeSet<>())
                        .add(region);
            }
        });
        return places;
    }

    /** All registry numbers of a trial, sorted. */
    private static List<String> names(Map<String, String> trial) {
        SortedSet<String> names = new TreeSet<>();
        names.add(trial.getOrDefault(TRIAL_ID, ""));
        String others = trial.getOrDefault("other_ids", "");
        if (!others.isEmpty()) {
            names.addAll(Arrays.asList(others.split("\\|", -1)));
        }
        return List.copyOf(names);
    }

    /** Where records of a kind are kept, as JSON by their keys. */
    static Column<String, byte[]> column(RecordKind kind) {
        return switch (kind) {
            case TRIAL -> Columns.TRIAL;
            case SITE -> Columns.SITE;
            case PARTICIPATION -> Columns.PARTICIPATION;
            case COST_ITEM -> Columns.COST_ITEM;
            case RECEIVED_INVOICE -> Columns.RECEIVED_INVOICE;
            case TRIAL_UNIT -> Columns.TRIAL_UNIT;
            case ATMP_CENTRE -> Columns.ATMP_CENTRE;
            case GRANT -> Columns.GRANT;
            case MEASURE_STATUS -> Columns.MEASURE_STATUS;
            case COHORT_COUNT -> Columns.COHORT_COUNT;
        };
    }
}
