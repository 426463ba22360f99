package se.samsyn.node.record;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import se.samsyn.node.store.Column;
import se.samsyn.node.store.Columns;
import se.samsyn.node.store.FailPoint;
import se.samsyn.node.store.Scratch;
import se.samsyn.node.store.SortedWrite;
import se.samsyn.node.store.SortedWrite.Change;
import se.samsyn.node.store.Store;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Scope;

/**
 * The node's own records in its store. Tabulation reads them here with sites joined to their trials, and sees only
 * places of the node's scope: a trial with no site in it is not the node's to count, unless the scope has "region
 * unknown".
 */
public final class RecordStore extends Records implements RecordSource {
    private static final int YEAR_LENGTH = 4;

    private final Store store;
    /** Of each kind: the keys of records that are passed over. */
    private final Map<RecordKind, Set<String>> passedOver;

    /** @param scope the node's */
    public RecordStore(Store store, Scope scope) {
        this(store, scope, Map.of());
    }

    private RecordStore(Store store, Scope scope, Map<RecordKind, Set<String>> passedOver) {
        super(scope);
        this.store = store;
        this.passedOver = passedOver;
    }

    /** The same records without some, to see what would be if they were deleted. */
    RecordSource without(RecordKind kind, Set<String> keys) {
        return new RecordStore(store, scope(), Map.of(kind, Set.copyOf(keys)));
    }

    @Override
    public void scan(String recordKind, Consumer<SourceRecord> each) {
        DerivedKind.of(recordKind)
                .ifPresentOrElse(
                        derived -> {
                            switch (derived) {
                                case LEAD_TIME -> new LeadTimes(this).scan(each);
                                case FINDING -> new Findings(this).scan((record, key, finding) -> each.accept(finding));
                            }
                        },
                        () -> scan(RecordKind.parse(recordKind), each));
    }

    private void scan(RecordKind kind, Consumer<SourceRecord> each) {
        switch (kind) {
            case TRIAL -> scanTrials(each);
            case PARTICIPATION, COST_ITEM -> scanOfTrials(kind, "study_region", each);
            case RECEIVED_INVOICE -> scanOfTrials(kind, "receiving_region", each);
            case TRIAL_UNIT, ATMP_CENTRE, COHORT_COUNT -> scanOwn(kind, each);
            case GRANT -> scanAll(kind, each);
            case MEASURE_STATUS -> scanLastOfEachYear(each);
            case SITE ->
                throw new IllegalArgumentException("no dataset is made of sites: they are joined to their trials");
        }
    }

    @Override
    void forEach(RecordKind kind, BiConsumer<String, byte[]> each) {
        Set<String> without = passedOver.getOrDefault(kind, Set.of());
        store.forEach(column(kind), (key, json) -> {
            if (!without.contains(key)) {
                each.accept(key, json);
            }
        });
    }

    @Override
    Optional<byte[]> get(RecordKind kind, String key) {
        return store.get(column(kind), key);
    }

    /** More records than are held in memory go to a table of their own, which the store takes in at once. */
    @Override
    Changes put(RecordKind kind, Reading file) {
        return file.isLarge() ? SortedWrite.run(store, column(kind), write -> put(write, file)) : super.put(kind, file);
    }

    private static Changes put(SortedWrite<String> write, Reading file) {
        Map<Change, Long> counts = new EnumMap<>(Change.class);
        file.takeRecords(record -> counts.merge(write.put(record.keyText(), record.json()), 1L, Long::sum));
        write.commit(FailPoint.WRITE_RECORDS);
        return new Changes(
                counts.getOrDefault(Change.ADDED, 0L),
                counts.getOrDefault(Change.CHANGED, 0L),
                counts.getOrDefault(Change.UNCHANGED, 0L));
    }

    @Override
    Scratch scratch() {
        return Scratch.of(store);
    }

    /** In one batch that is on the disk on return. */
    @Override
    void write(Map<RecordKind, Map<String, byte[]>> records, Map<RecordKind, Set<String>> gone) {
        store.write(FailPoint.WRITE_RECORDS, batch -> {
            records.forEach((kind, byKey) -> byKey.forEach((key, json) -> batch.put(column(kind), key, json)));
            gone.forEach((kind, keys) -> keys.forEach(key -> batch.delete(column(kind), key)));
        });
    }

    /** Deletes records in one batch that is on the disk on return; a trial's sites go with it. */
    void delete(RecordKind kind, Set<String> keys) {
        Set<String> sites = new TreeSet<>();
        if (kind == RecordKind.TRIAL) {
            forEach(RecordKind.SITE, (key, json) -> {
                if (keys.contains(StoredRecord.parseCells(json).getOrDefault(TRIAL_ID, ""))) {
                    sites.add(key);
                }
            });
        }
        write(Map.of(), sites.isEmpty() ? Map.of(kind, keys) : Map.of(kind, keys, RecordKind.SITE, sites));
    }

    private void scanTrials(Consumer<SourceRecord> each) {
        RecordFormat format = RecordFormats.SHIPPED.of(RecordKind.TRIAL);
        Map<String, List<SiteText>> sitesByTrial = sitesByTrial();
        forEach(RecordKind.TRIAL, (id, json) -> {
            List<SiteText> sites = sitesByTrial.getOrDefault(id, List.of());
            SortedSet<String> places = new TreeSet<>();
            sites.forEach(site -> places.add(site.place()));
            if (places.isEmpty() && scope().covers(CodeList.UNKNOWN_PLACE)) {
                places.add(CodeList.UNKNOWN_PLACE);
            }
            if (!places.isEmpty()) {
                SortedMap<String, String> cells = StoredRecord.parseCells(json);
                each.accept(new RecordFields(
                        format,
                        id,
                        cells,
                        Map.of(
                                "ids",
                                names(cells),
                                "places",
                                List.copyOf(places),
                                "sites",
                                sites.stream().map(SiteText::toString).toList(),
                                "recruitedShare",
                                List.of(RecruitedShare.of(cells)))));
            }
        });
    }

    /**
     * One trial under two numbers is one contributor, or the dominance rule would count it as two. What area of therapy it is of is joined,
     * by the first of its records that knows.
     */
    private void scanOfTrials(RecordKind kind, String place, Consumer<SourceRecord> each) {
        RecordFormat format = RecordFormats.SHIPPED.of(kind);
        Map<String, String> names = trialNames();
        Map<String, String> areas = therapyAreas(names);
        forEach(kind, (key, json) -> {
            SortedMap<String, String> cells = StoredRecord.parseCells(json);
            if (scope().covers(cells.getOrDefault(place, ""))) {
                String trial = cells.getOrDefault(TRIAL_ID, "");
                String name = names.getOrDefault(trial, trial);
                List<String> area = List.of(areas.getOrDefault(name, CodeList.UNKNOWN));
                each.accept(new RecordFields(format, key, cells, Map.of("trial", List.of(name), "therapyArea", area)));
            }
        });
    }

    private Map<String, String> therapyAreas(Map<String, String> names) {
        Map<String, String> areas = new HashMap<>();
        forEach(RecordKind.TRIAL, (id, json) -> {
            String area = StoredRecord.parseCells(json).getOrDefault("therapy_area", CodeList.UNKNOWN);
            if (!area.equals(CodeList.UNKNOWN)) {
                areas.putIfAbsent(names.getOrDefault(id, id), area);
            }
        });
        return areas;
    }

    private void scanOwn(RecordKind kind, Consumer<SourceRecord> each) {
        scanAll(kind, record -> {
            if (scope().covers(record.text("region"))) {
                each.accept(record);
            }
        });
    }

    /** A measure has one colour a year: the last that was set. */
    private void scanLastOfEachYear(Consumer<SourceRecord> each) {
        Map<List<String>, SourceRecord> last = new LinkedHashMap<>();
        // in the order of the keys, so of one measure the newest comes last
        scanAll(
                RecordKind.MEASURE_STATUS,
                status -> last.put(
                        List.of(status.text("proposal"), status.text("date").substring(0, YEAR_LENGTH)), status));
        last.values().forEach(each);
    }

    private void scanAll(RecordKind kind, Consumer<SourceRecord> each) {
        RecordFormat format = RecordFormats.SHIPPED.of(kind);
        forEach(
                kind,
                (key, json) -> each.accept(new RecordFields(format, key, StoredRecord.parseCells(json), Map.of())));
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
