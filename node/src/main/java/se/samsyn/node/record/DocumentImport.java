package se.samsyn.node.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import se.samsyn.node.record.DocumentReport.Refused;
import se.samsyn.node.registry.DocumentReading;
import se.samsyn.node.registry.Placement;
import se.samsyn.node.registry.RegistryDocuments;
import se.samsyn.node.registry.RegistrySite;
import se.samsyn.node.registry.RegistryTrial;
import se.samsyn.node.registry.Remark;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.dataset.CodeList;
import se.samsyn.protocol.dataset.RegistryNumber;

/**
 * One file of a registry's documents while it is imported: each trial with its sites becomes records as if they had come as rows of {@code
 * trial.csv} and {@code site.csv}. A trial is this node's if a site lies in its scope, or, where the scope has "region unknown", if no site
 * is told or none can be placed. A document is taken whole or refused whole. A column of which it says nothing keeps what the node's record
 * has there; a site that came with an earlier document of the same registry, and that it no longer names, goes.
 */
final class DocumentImport {
    private static final String SITE = "site";
    private static final String REGISTRY = "registry";

    /** The column of a site that says which registry's document named it. */
    private static final String SOURCE = "source";

    private final RegistryDocuments registry;
    private final Records records;
    private final RecordFormats formats;
    private final Warnings warnings = new Warnings();
    private final Map<String, byte[]> trials = new TreeMap<>();
    private final Map<String, byte[]> sites = new TreeMap<>();
    private final Map<String, Long> written = new TreeMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private long documents;
    private final Map<String, String> registryByTrial = new HashMap<>();
    private long repeated;
    private long elsewhere;
    private long sitesElsewhere;
    private long sitesNotPlaced;

    /** What one document holds for this node. */
    private static final class Part {
        private final Map<String, byte[]> trials = new TreeMap<>();
        private final Map<String, byte[]> sites = new TreeMap<>();
        private final Map<String, String> registryByTrial = new HashMap<>();
        private final Warnings warnings = new Warnings();
        private final List<String> troubles = new ArrayList<>();
        private long repeated;
        private long elsewhere;
        private long sitesElsewhere;
        private long sitesNotPlaced;
    }

    DocumentImport(RegistryDocuments registry, AgreedWords words, Records records) {
        this.registry = registry;
        this.records = records;
        // a site comes with its own trial, in the same batch
        this.formats = new RecordFormats(words, records.scope(), KnownTrials.ANY);
    }

    /** Imports a file; on return everything that was taken is kept. */
    DocumentReport run(String name, byte[] file) {
        for (DocumentReading reading : registry.read(name, file)) {
            documents++;
            if (reading instanceof DocumentReading.Read read) {
                written.merge(read.format(), 1L, Long::sum);
                take(read);
            } else if (reading instanceof DocumentReading.Refused no) {
                refused.add(new Refused(no.document(), no.why()));
            }
        }
        Set<String> gone = sitesNoLongerNamed();
        Map<RecordKind, Records.Changes> changes =
                records.put(Map.of(RecordKind.TRIAL, trials, RecordKind.SITE, sites), Map.of(RecordKind.SITE, gone));
        return new DocumentReport(
                name,
                documents,
                written,
                refused,
                DocumentReport.Changes.of(changes.getOrDefault(RecordKind.TRIAL, Records.Changes.NONE)),
                DocumentReport.Changes.of(changes.getOrDefault(RecordKind.SITE, Records.Changes.NONE)),
                gone.size(),
                repeated,
                elsewhere,
                sitesElsewhere,
                sitesNotPlaced,
                warnings.list());
    }

    private void take(DocumentReading.Read read) {
        Part part = new Part();
        read.trials().forEach(trial -> take(trial, part));
        if (!part.troubles.isEmpty()) {
            refused.add(new Refused(read.document(), String.join("; ", part.troubles)));
            return;
        }
        trials.putAll(part.trials);
        sites.putAll(part.sites);
        registryByTrial.putAll(part.registryByTrial);
        warnings.addAll(part.warnings);
        repeated += part.repeated;
        elsewhere += part.elsewhere;
        sitesElsewhere += part.sitesElsewhere;
        sitesNotPlaced += part.sitesNotPlaced;
    }

    /** The keys of sites that an earlier document of the same registry named, and that its newest one does not. */
    private Set<String> sitesNoLongerNamed() {
        Set<String> gone = new TreeSet<>();
        if (!registryByTrial.isEmpty()) {
            records.forEach(RecordKind.SITE, (key, json) -> {
                Map<String, String> site = StoredRecord.parseCells(json);
                String teller = registryByTrial.get(site.getOrDefault(Records.TRIAL_ID, ""));
                if (teller != null && teller.equals(site.get(SOURCE)) && !sites.containsKey(key)) {
                    gone.add(key);
                }
            });
        }
        return gone;
    }

    private void take(RegistryTrial trial, Part part) {
        List<Map<String, String>> own = new ArrayList<>();
        long inSweden = 0;
        long abroad = 0;
        long notPlaced = 0;
        for (RegistrySite site : trial.sites()) {
            Placement placement = registry.place(site);
            if (placement instanceof Placement.InSweden place) {
                inSweden++;
                if (records.scope().covers(place.code())) {
                    own.add(cells(trial, site, place.code()));
                }
            } else if (placement instanceof Placement.Abroad) {
                abroad++;
            } else if (placement instanceof Placement.NotPlaced no) {
                notPlaced++;
                part.warnings.add(SITE, site.city(), "not placed: " + no.why());
            }
        }
        part.sitesElsewhere += inSweden - own.size();
        part.sitesNotPlaced += notPlaced;
        boolean isOfUnknownRegion = inSweden == 0 && (abroad == 0 || notPlaced > 0);
        if (own.isEmpty() && !(isOfUnknownRegion && records.scope().covers(CodeList.UNKNOWN_PLACE))) {
            part.elsewhere++;
            checkedNumber(trial).ifPresent(number -> part.registryByTrial.put(number, registryOf(trial)));
            return;
        }
        for (Remark remark : trial.remarks()) {
            part.warnings.add(remark.field(), remark.value(), remark.meaning());
        }
        record(RecordKind.TRIAL, trial.cells(), trial.where(), part).ifPresent(found -> {
            keep(found, part, trial.where());
            part.registryByTrial.put(found.key(), registryOf(trial));
        });
        for (Map<String, String> cells : own) {
            // two spellings of one hospital can make one site: it counts once
            record(RecordKind.SITE, cells, trial.where(), part)
                    .ifPresent(site -> part.sites.put(site.key(), site.encode()));
        }
    }

    private static String registryOf(RegistryTrial trial) {
        return trial.cells().getOrDefault(REGISTRY, "");
    }

    /** The number that the trial is filed under, if it is one. */
    private static Optional<String> checkedNumber(RegistryTrial trial) {
        try {
            return Optional.of(RegistryNumber.parse(trial.cells().getOrDefault(Records.TRIAL_ID, ""))
                    .toString());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> cells(RegistryTrial trial, RegistrySite site, String place) {
        Map<String, String> cells = new HashMap<>();
        cells.put(Records.TRIAL_ID, trial.cells().getOrDefault(Records.TRIAL_ID, ""));
        cells.put("hospital", site.hospital());
        cells.put("city", site.city());
        cells.put("region", place);
        cells.put("role", site.role());
        cells.put(SOURCE, registryOf(trial));
        return cells;
    }

    /**
     * The record of some cells, over what the node has under its key: what is not told stays. A cell that no record can hold is left out
     * with a warning, unless the record needs it.
     */
    private Optional<StoredRecord> record(RecordKind kind, Map<String, String> told, String where, Part part) {
        RecordFormat format = formats.of(kind);
        Map<String, String> cells = new HashMap<>(told);
        cells.values().removeIf(String::isEmpty);
        Faults first = new Faults();
        var unused = format.read(new Row(0, cells, first, new Warnings()));
        for (Fault fault : first.listed()) {
            boolean isNeeded = format.columns().stream()
                    .anyMatch(column -> column.required() && column.name().equals(fault.column()));
            if (isNeeded) {
                part.troubles.add(where + ": " + fault.toText());
                return Optional.empty();
            }
            cells.remove(fault.column());
            part.warnings.add(fault.column(), fault.value(), "left out: expected " + fault.expected());
        }
        return format.read(new Row(0, cells, new Faults(), part.warnings))
                .map(record -> records.get(kind, record.key())
                        .map(json -> over(StoredRecord.parseCells(json), record, cells.keySet(), kind))
                        .orElse(record));
    }

    private static StoredRecord over(
            SortedMap<String, String> former, StoredRecord record, Set<String> told, RecordKind kind) {
        SortedMap<String, String> cells = new TreeMap<>(record.cells());
        former.forEach((column, value) -> {
            if (!told.contains(column)) {
                cells.put(column, value);
            }
        });
        // a site of the region's own rows stays the region's, whoever else names it
        if (kind == RecordKind.SITE && !former.containsKey(SOURCE)) {
            cells.remove(SOURCE);
        }
        return new StoredRecord(record.key(), cells);
    }

    private void keep(StoredRecord record, Part part, String where) {
        byte[] json = record.encode();
        byte[] former = part.trials.getOrDefault(record.key(), trials.get(record.key()));
        if (former != null && Arrays.equals(former, json)) {
            part.repeated++;
        } else if (former != null) {
            part.troubles.add(where + ": the same trial with other content stands before it in the file;"
                    + " import the newer one alone");
        }
        part.trials.put(record.key(), json);
    }
}
