package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import se.samsyn.node.store.Scratch;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.root.Scope;

/** Where imported records go, and what an import has to know of those that are there. */
abstract class Records {
    static final String TRIAL_ID = "trial_id";

    private final Scope scope;

    /** What became of the records that were put. */
    record Changes(long added, long changed, long unchanged) {
        static final Changes NONE = new Changes(0, 0, 0);
    }

    /** @param scope the node's */
    Records(Scope scope) {
        this.scope = scope;
    }

    /** Gives every record of a kind as JSON by its key, in the order of the keys. */
    abstract void forEach(RecordKind kind, BiConsumer<String, byte[]> each);

    /** A record as JSON. */
    abstract Optional<byte[]> get(RecordKind kind, String key);

    /** Writes records of several kinds, as JSON by their keys, and deletes others, all of it or nothing. */
    abstract void write(Map<RecordKind, Map<String, byte[]>> records, Map<RecordKind, Set<String>> gone);

    final Scope scope() {
        return scope;
    }

    /** How many records of a kind there are. */
    public final long count(RecordKind kind) {
        long[] count = {0};
        forEach(kind, (key, value) -> count[0]++);
        return count[0];
    }

    /**
     * Puts all records of a file; on return all of them are kept.
     *
     * @throws ImportRefusal with every fault, if there is any; then nothing is kept
     */
    Changes put(RecordKind kind, Reading file) {
        Map<String, byte[]> byKey = new LinkedHashMap<>();
        file.takeRecords(record -> byKey.put(record.keyText(), record.json()));
        return put(Map.of(kind, byKey), Map.of()).getOrDefault(kind, Changes.NONE);
    }

    /** Where files for the moment may lie. */
    abstract Scratch scratch();

    /** Puts records of several kinds, as JSON by their keys, and deletes the keys that are gone; on return all of it is kept. */
    final Map<RecordKind, Changes> put(
            Map<RecordKind, Map<String, byte[]>> records, Map<RecordKind, Set<String>> gone) {
        Map<RecordKind, Map<String, byte[]>> writes = new EnumMap<>(RecordKind.class);
        Map<RecordKind, Changes> changes = new EnumMap<>(RecordKind.class);
        records.forEach((kind, byKey) -> {
            Map<String, byte[]> other = new TreeMap<>();
            long added = 0;
            for (Map.Entry<String, byte[]> record : byKey.entrySet()) {
                Optional<byte[]> stored = get(kind, record.getKey());
                if (stored.isEmpty()) {
                    added++;
                }
                if (stored.isEmpty() || !Arrays.equals(stored.get(), record.getValue())) {
                    other.put(record.getKey(), record.getValue());
                }
            }
            changes.put(kind, new Changes(added, other.size() - added, byKey.size() - other.size()));
            if (!other.isEmpty()) {
                writes.put(kind, other);
            }
        });
        if (!writes.isEmpty() || gone.values().stream().anyMatch(keys -> !keys.isEmpty())) {
            write(writes, gone);
        }
        return changes;
    }

    /** The numbers under which trials are filed. */
    final Set<String> trialIds() {
        Set<String> ids = new HashSet<>();
        forEach(RecordKind.TRIAL, (id, json) -> ids.add(id));
        return ids;
    }

    /** All registry numbers of the trials, each with the smallest number of the same trial. */
    public final Map<String, String> trialNames() {
        List<List<String>> trials = new ArrayList<>();
        forEach(RecordKind.TRIAL, (id, json) -> trials.add(names(StoredRecord.parseCells(json))));
        return Aliases.smallest(trials);
    }

    /** How many trials have no site in the node's scope. */
    final long trialsWithoutSite() {
        Set<String> ids = trialIds();
        ids.removeAll(placesByTrial().keySet());
        return ids.size();
    }

    /** Where in the node's scope each trial has sites, by the number that it is filed under. */
    final Map<String, SortedSet<String>> placesByTrial() {
        Map<String, SortedSet<String>> places = new HashMap<>();
        sitesByTrial()
                .forEach((trial, sites) -> places.put(
                        trial, sites.stream().map(SiteText::place).collect(Collectors.toCollection(TreeSet::new))));
        return places;
    }

    /** The sites in the node's scope of each trial, by the number that it is filed under. */
    final Map<String, List<SiteText>> sitesByTrial() {
        Map<String, List<SiteText>> sites = new HashMap<>();
        forEach(RecordKind.SITE, (key, json) -> {
            Map<String, String> site = StoredRecord.parseCells(json);
            String region = site.getOrDefault("region", "");
            if (scope.covers(region)) {
                sites.computeIfAbsent(site.getOrDefault(TRIAL_ID, ""), id -> new ArrayList<>())
                        .add(new SiteText(
                                region,
                                site.getOrDefault("role", CodeList.UNKNOWN),
                                site.getOrDefault("hospital", "")));
            }
        });
        return sites;
    }

    /** All registry numbers of a trial, sorted. */
    static List<String> names(Map<String, String> trial) {
        SortedSet<String> names = new TreeSet<>();
        names.add(trial.getOrDefault(TRIAL_ID, ""));
        String others = trial.getOrDefault("other_ids", "");
        if (!others.isEmpty()) {
            names.addAll(Arrays.asList(others.split("\\|", -1)));
        }
        return List.copyOf(names);
    }
}
